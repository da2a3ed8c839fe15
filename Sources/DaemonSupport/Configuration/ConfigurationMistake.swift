/// One mistake in a configuration file: where it is, what is wrong, what is expected.
public struct ConfigurationMistake: Hashable, Sendable, CustomStringConvertible {
    /// The file, as named by the user.
    public let file: String
    /// Position counted from 1, with columns in Unicode scalars; nil if the mistake concerns the whole file.
    public let position: ConfigurationPosition?
    /// What is wrong, including the offending value but never a key.
    public let problem: String
    /// What is expected.
    public let remedy: String

    /// `FILE:LINE:COLUMN: problem; remedy`, on one line, without characters that a terminal must not get.
    public var description: String {
        let place = position.map { "\(file):\($0.line):\($0.column)" } ?? file
        return "\(place): \(problem); \(remedy)".printable
    }
}

/// A position in a configuration file, counted from 1.
public struct ConfigurationPosition: Hashable, Sendable, Comparable {
    /// Line, counted from 1.
    public let line: Int
    /// Column, counted from 1 in Unicode scalars.
    public let column: Int

    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    public static func < (a: Self, b: Self) -> Bool { (a.line, a.column) < (b.line, b.column) }
}

/// All mistakes found in a file, ordered by position.
public struct ConfigurationMistakes: Error, Hashable, Sendable, CustomStringConvertible {
    /// At least one, and at most the 1,000 that were found first.
    public let mistakes: [ConfigurationMistake]
    /// How many further mistakes there are.
    public let omitted: Int

    /// One line per mistake, without a trailing newline. If there are further ones, the last line is their number.
    public var description: String {
        (mistakes.map(\.description) + (omitted > 0 ? ["and \(omitted) more"] : [])).joined(separator: "\n")
    }
}
