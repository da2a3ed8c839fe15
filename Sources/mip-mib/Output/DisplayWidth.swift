extension String {
    /// The number of terminal cells the text occupies. A terminal gives most characters one cell, those of East Asian writing and emoji
    /// two, and marks that combine with the character before them none.
    var terminalWidth: Int {
        if utf8.allSatisfy({ $0 < 0x80 }) { return utf8.count }
        return unicodeScalars.reduce(0) { $0 + DisplayWidth.cells(of: $1) }
    }

    /// As much of the text as fits in this many terminal cells.
    func prefix(cells limit: Int) -> String {
        if terminalWidth <= limit { return self }
        var (text, used) = ("", 0)
        for scalar in unicodeScalars {
            used += DisplayWidth.cells(of: scalar)
            if used > limit { break }
            text.unicodeScalars.append(scalar)
        }
        return text
    }
}

/// The terminal cells of single characters.
enum DisplayWidth {
    static func cells(of scalar: Unicode.Scalar) -> Int {
        if scalar.value < 0x300 { return 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: break
        }
        // Medial and final letters of Hangul join the initial one before them.
        if (0x1160...0x11FF).contains(scalar.value) { return 0 }
        if scalar.properties.isEmojiPresentation { return 2 }
        return wide.contains { $0.contains(scalar.value) } ? 2 : 1
    }

    /// The blocks that UAX #11 (East Asian Width) gives the width W or F, in ascending order. Unassigned places in them count as well, as
    /// UAX #11 recommends.
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x3247, 0x3250...0x4DBF, 0x4E00...0xA4CF,
        0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6B, 0xFF01...0xFF60, 0xFFE0...0xFFE6,
        0x16FE0...0x18AFF, 0x1AFF0...0x1B2FB, 0x1F200...0x1F265, 0x20000...0x2FFFD, 0x30000...0x3FFFD,
    ]
}
