/// One mistake in a configuration file: where it is, what is wrong, what is expected.
public struct ConfigurationMistake: Hashable, Sendable, CustomStringConvertible {
    /// The file as the user named it.
    public let file: String
    /// Counted from 1, columns in Unicode scalars; nil when the whole file is meant.
    public let position: ConfigurationPosition?
    /// What is wrong, with the offending value; never a key.
    public let problem: String
    /// What is expected.
    public let remedy: String

    /// `FILE:LINE:COLUMN: problem; remedy`, one line.
    public var description: String {
        let place = position.map { "\(file):\($0.line):\($0.column)" } ?? file
        return "\(place): \(problem); \(remedy)"
    }
}

/// A place in a configuration file, counted from 1.
public struct ConfigurationPosition: Hashable, Sendable, Comparable {
    /// Line, counted from 1.
    public let line: Int
    /// Column in characters, counted from 1.
    public let column: Int

    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    public static func < (a: Self, b: Self) -> Bool { (a.line, a.column) < (b.line, b.column) }
}

/// Every mistake found in a file, in the order of their places.
public struct ConfigurationMistakes: Error, Hashable, Sendable, CustomStringConvertible {
    /// At least one.
    public let mistakes: [ConfigurationMistake]

    /// One line a mistake, without a newline at the end.
    public var description: String { mistakes.map(\.description).joined(separator: "\n") }
}
