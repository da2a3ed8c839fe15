extension String {
    /// The text of an example in docs/examples with the settings that are commented out there: no space follows their `#`.
    public var withAllSettings: String {
        let lines = split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
            let indentation = line.prefix { $0 == " " }
            let rest = line.dropFirst(indentation.count)
            guard rest.first == "#", let next = rest.dropFirst().first, next != " " else { return String(line) }
            return String(indentation) + String(rest.dropFirst())
        }
        return lines.joined(separator: "\n")
    }
}
