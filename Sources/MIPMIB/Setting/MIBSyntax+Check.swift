extension MIBSyntax {
    /// Why a value does not conform to this syntax; nil if it does. Checks in the order that RFC 3416 §4.2.5 requires: type, length,
    /// encoding, value.
    package func fault(in content: MIBAssignment.Content) -> (status: MIBSetStatus, reason: String)? {
        guard case .value(let value) = content else {
            return content == .malformed
                ? (.wrongEncoding, "the encoding of the value is invalid; expected \(base.rawValue)")
                : (.wrongType, "the type of the value is invalid; expected \(base.rawValue)")
        }
        switch (base, value) {
        case (.integer32, .integer(let number)): return outOfRange(Int64(number))
        case (.enumeration, .integer(let number)):
            guard names.contains(where: { $0.number == Int(number) }) else {
                let known = names.map { "\($0.label)(\($0.number))" }.joined(separator: ", ")
                return (.wrongValue, "\(number) is invalid; expected one of \(known)")
            }
            return nil
        case (.unsigned32, .unsigned(let number)), (.unsigned32, .gauge(let number)), (.gauge32, .gauge(let number)),
            (.gauge32, .unsigned(let number)):
            return outOfRange(Int64(number))
        case (.ipAddress, .ipAddress), (.counter32, .counter), (.counter64, .counter64), (.timeTicks, .timeTicks): return nil
        case (.octetString, .octets(let octets)):
            guard ranges.isEmpty || ranges.contains(where: { $0.contains(Int64(octets.count)) }) else {
                return (.wrongLength, "a length of \(octets.count) octets is invalid; expected \(rangeText)")
            }
            return nil
        case (.bits, .octets(let octets)):
            // Trailing zero bits may be left out or added (RFC 2578 §7.1.4).
            guard octets.count <= (names.count + 7) / 8 else {
                return (
                    .wrongLength,
                    "a length of \(octets.count) octets is invalid; expected at most \((names.count + 7) / 8) for \(names.count) bits"
                )
            }
            for position in 0..<(octets.count * 8) where octets[position / 8] & (0x80 >> UInt8(position % 8)) != 0 {
                guard names.contains(where: { $0.number == position }) else {
                    return (.wrongValue, "bit \(position) is invalid; it has no meaning")
                }
            }
            return nil
        default: return (.wrongType, "the type of the value is invalid; expected \(base.rawValue)")
        }
    }

    private func outOfRange(_ number: Int64) -> (status: MIBSetStatus, reason: String)? {
        ranges.isEmpty || ranges.contains { $0.contains(number) }
            ? nil : (.wrongValue, "\(number) is invalid; expected \(rangeText)")
    }

    private var rangeText: String { ranges.map { "\($0.lowerBound)..\($0.upperBound)" }.joined(separator: " | ") }
}
