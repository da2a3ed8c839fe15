extension String {
    /// The parts of a camel-case name, in JSON or in the source: `gratuitousARPsSent` is `gratuitous`, `ARPs`, `Sent`. A part begins at
    /// each capital letter that follows anything but a capital.
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
