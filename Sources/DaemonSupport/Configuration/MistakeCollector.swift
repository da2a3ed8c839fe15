import MobileIPv4

/// Collects mistakes while a file is read, so that the user sees all of them at once.
final class MistakeCollector {
    let file: String
    /// The first mistakes, and the number of all.
    private(set) var mistakes: [ConfigurationMistake] = []
    private(set) var mistakeCount = 0
    /// Every section handed out. At the end each is checked for names that were never requested.
    var sections: [ConfigurationSection] = []

    /// Places that the daemon will use, in the order in which they were requested.
    var places: [ConfigurationPlace] = []
    /// The folders of files with keys that are among the places.
    var keyFolders: Set<String> = []

    /// Whether a secret was read from the file itself.
    var holdsSecret = false
    /// The first warnings, and the number of all.
    private(set) var warnings: [ConfigurationMistake] = []
    private(set) var warningCount = 0

    /// The maximum number of mistakes and of warnings that are kept; nobody reads more.
    static let maximum = 1000

    init(file: String) { self.file = file }

    func warn(_ position: ConfigurationPosition?, _ problem: String, _ remedy: String) {
        warningCount += 1
        guard warnings.count < Self.maximum else { return }
        warnings.append(ConfigurationMistake(file: file, position: position, problem: problem, remedy: remedy))
    }

    func add(_ position: ConfigurationPosition?, _ problem: String, _ remedy: String) {
        mistakeCount += 1
        guard mistakes.count < Self.maximum else { return }
        mistakes.append(ConfigurationMistake(file: file, position: position, problem: problem, remedy: remedy))
    }

    /// The mistakes by position; those about the whole file come first.
    var sorted: ConfigurationMistakes {
        ConfigurationMistakes(
            mistakes: mistakes.enumerated().sorted { a, b in
                switch (a.element.position, b.element.position) {
                case (let p?, let q?) where p != q: p < q
                case (nil, .some): true
                case (.some, nil): false
                default: a.offset < b.offset
                }
            }.map(\.element), omitted: mistakeCount - mistakes.count)
    }
}

/// Text of unknown origin, on one line and in single quotes: characters that a terminal must not get are escaped, and it is cut after 80
/// characters. What may be a key in the wrong place is not shown.
func quoted(_ text: some StringProtocol) -> String {
    guard !isKeyLike(text) else { return "a value (not shown)" }
    var result = "'"
    for scalar in text.unicodeScalars.prefix(80) {
        switch scalar {
        case "\n": result += "\\n"
        case "\t": result += "\\t"
        default: result.appendPrintable(scalar)
        }
    }
    return result + (text.unicodeScalars.count > 80 ? "…'" : "'")
}

/// Whether the text consists of at least 16 hexadecimal digits.
private func isKeyLike(_ text: some StringProtocol) -> Bool {
    text.utf8.count >= 16 && Hexadecimal.octets(text.utf8.count % 2 == 0 ? text[...] : text.dropLast(), allowsPrefix: true) != nil
}
