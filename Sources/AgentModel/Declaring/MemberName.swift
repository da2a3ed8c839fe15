extension String {
    /// The parts of a name of JSON or of the field: `gratuitousARPsSent` is `gratuitous`, `ARPs`, `Sent`. A part begins at each capital that
    /// follows something else.
    package var nameParts: [Substring] {
        var parts: [Substring] = []
        var start = startIndex
        for index in indices.dropFirst() where self[index].isUppercase && !self[self.index(before: index)].isUppercase {
            parts.append(self[start..<index])
            start = index
        }
        return isEmpty ? [] : parts + [self[start...]]
    }
}
