extension String {
    /// Untrusted text made safe for a terminal, a log or a table: characters that move the cursor, change the writing direction or are
    /// invisible are shown as `\u{…}`.
    package var printable: String {
        // Nearly all text is ASCII without control characters.
        if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return self }
        var text = ""
        for scalar in unicodeScalars { text.appendPrintable(scalar) }
        return text
    }

    /// Appends a character, or its escape if it must not reach a terminal.
    mutating func appendPrintable(_ scalar: Unicode.Scalar) {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
            self += "\\u{" + String(scalar.value, radix: 16) + "}"
        default: unicodeScalars.append(scalar)
        }
    }
}
