import MobileIPv4

/// What a text may be that an operator sends in a message string (RFC 4917), on its own or with a revocation.
public enum OperatorText {
    /// Checks a text: 1 to 254 bytes of UTF-8 on one line, without control characters and such that change the writing direction.
    ///
    /// - Throws: `invalidValue` for the member `text`; `index` is 0.
    public static func check(_ text: String) throws(ChangeRefusal) {
        let length = text.utf8.count
        guard MessageString.lengths.contains(length) else {
            throw refusal(of: "the text has \(length) bytes; expected 1 to 254 bytes of UTF-8")
        }
        let isOneLine = text.unicodeScalars.allSatisfy {
            switch $0.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: false
            default: true
            }
        }
        guard isOneLine else { throw refusal(of: "the text has a control character or a line break; expected one line") }
        guard !text.unicodeScalars.contains(where: \.properties.isBidiControl) else {
            throw refusal(of: "the text has a character that changes the writing direction, which receivers do not show")
        }
    }

    private static func refusal(of reason: String) -> ChangeRefusal {
        ChangeRefusal(index: 0, field: "text", problem: .invalidValue, reason: reason)
    }
}
