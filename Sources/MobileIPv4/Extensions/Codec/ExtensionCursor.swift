/// Walks the chain of extensions after the fixed part of a message (RFC 5944 §1.8).
///
/// Padding is skipped. The form follows from the type; unknown types are read in the short form.
public struct ExtensionCursor: Sendable {
    /// The longest UDP payload.
    static let longestDatagram = 65_535

    /// Where the next extension begins.
    public private(set) var offset: Int

    /// - Parameter offset: bytes from the start of the datagram to the first extension.
    public init(offset: Int) { self.offset = max(0, offset) }

    /// The next extension, nil at the end of the datagram.
    ///
    /// Throws `extensionOverrun` when a header is truncated or a Length reaches past the end; the cursor then does not move.
    public mutating func next(in datagram: RawSpan) throws(MessageError) -> LocatedExtension? {
        guard let type = nextType(in: datagram) else { return nil }
        let located = try locate(type, in: datagram)
        offset = located.end
        return located
    }

    /// Skips padding and returns the type of the next extension without reading further.
    mutating func nextType(in datagram: RawSpan) -> ExtensionType? {
        while offset < datagram.byteCount {
            let type = datagram.octet(at: offset)
            if type != ExtensionType.padding.rawValue { return ExtensionType(rawValue: type) }
            offset += 1
        }
        return nil
    }

    /// Reads the header at `offset`; the caller has checked that there is an octet.
    private func locate(_ type: ExtensionType, in datagram: RawSpan) throws(MessageError) -> LocatedExtension {
        let room = datagram.byteCount - offset
        let form = type.form
        var isLong = form == .long
        if form == .longOrShort {
            // The short form has a Length of 5 followed by one of the two Sub-Types. A long form with these octets would have Sub-Type 5,
            // which no RFC defines, and a Length of 256 to 767.
            isLong = room < 4 || datagram.octet(at: offset + 1) != 5 || !(1...2).contains(datagram.octet(at: offset + 2))
        }
        let header = isLong ? 4 : 2
        guard room >= header else { throw overrun(type) }
        var length = isLong ? Int(datagram.uint16(at: offset + 2)) : Int(datagram.octet(at: offset + 1))
        // The Length that the RFC gives leaves out the identification that its own layout contains (RFC 4857 §9.3).
        if form == .replayProtectionStyle && length == 2 { length = 10 }
        guard length <= room - header, offset + header + length <= Self.longestDatagram else { throw overrun(type) }
        let end = offset + header + length
        if isLong {
            return LocatedExtension(
                type: type, subtype: datagram.octet(at: offset + 1), start: offset, data: (offset + header)..<end)
        }
        if form.hasSubtypeInData && length > 0 {
            return LocatedExtension(type: type, subtype: datagram.octet(at: offset + 2), start: offset, data: (offset + 3)..<end)
        }
        return LocatedExtension(type: type, subtype: nil, start: offset, data: (offset + header)..<end)
    }

    private func overrun(_ type: ExtensionType) -> MessageError { .extensionOverrun(type: type.rawValue, offset: offset) }
}
