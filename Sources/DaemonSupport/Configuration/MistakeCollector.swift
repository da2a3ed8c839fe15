/// Collects mistakes while a file is read, so that the user sees all of them at once.
final class MistakeCollector {
    let file: String
    private(set) var mistakes: [ConfigurationMistake] = []
    /// Every section handed out. At the end each is checked for names that were never requested.
    var sections: [ConfigurationSection] = []

    init(file: String) { self.file = file }

    func add(_ position: ConfigurationPosition?, _ problem: String, _ remedy: String) {
        mistakes.append(ConfigurationMistake(file: file, position: position, problem: problem, remedy: remedy))
    }

    /// All mistakes by position; those about the whole file come first.
    var sorted: ConfigurationMistakes {
        ConfigurationMistakes(
            mistakes: mistakes.enumerated().sorted { a, b in
                switch (a.element.position, b.element.position) {
                case (let p?, let q?) where p != q: p < q
                case (nil, .some): true
                case (.some, nil): false
                default: a.offset < b.offset
                }
            }.map(\.element))
    }
}

/// Text of unknown origin, on one line and in single quotes: control characters are escaped, and it is cut after 80 characters.
func quoted(_ text: some StringProtocol) -> String {
    var result = "'"
    for scalar in text.unicodeScalars.prefix(80) {
        switch scalar {
        case "\n": result += "\\n"
        case "\t": result += "\\t"
        default:
            if scalar.properties.generalCategory == .control {
                result += "\\u{" + String(scalar.value, radix: 16) + "}"
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
    }
    return result + (text.unicodeScalars.count > 80 ? "…'" : "'")
}
