extension MIBSyntax {
    /// Why a value is none of this syntax; nil when it is one. In the order that RFC 3416 §4.2.5 wants: type, length, encoding, value.
    package func fault(in content: MIBAssignment.Content) -> (status: MIBSetStatus, reason: String)? {
        guard case .value(let value) = content else {
            return content == .malformed
                ? (.wrongEncoding, "the value's encoding does not fit its type, which is \(base.rawValue)")
                : (.wrongType, "the value has another type than \(base.rawValue)")
        }
        switch (base, value) {
        case (.integer32, .integer(let number)): return outOfRange(Int64(number))
        case (.enumeration, .integer(let number)):
            guard names.contains(where: { $0.number == Int(number) }) else {
                let known = names.map { "\($0.label)(\($0.number))" }.joined(separator: ", ")
                return (.wrongValue, "\(number) is none of \(known)")
            }
            return nil
        case (.unsigned32, .unsigned(let number)), (.unsigned32, .gauge(let number)), (.gauge32, .gauge(let number)),
            (.gauge32, .unsigned(let number)):
            return outOfRange(Int64(number))
        case (.ipAddress, .ipAddress), (.counter32, .counter), (.counter64, .counter64), (.timeTicks, .timeTicks): return nil
        case (.octetString, .octets(let octets)):
            guard ranges.isEmpty || ranges.contains(where: { $0.contains(Int64(octets.count)) }) else {
                return (.wrongLength, "\(octets.count) octets are not \(rangeText)")
            }
            return nil
        case (.bits, .octets(let octets)):
            // Trailing zero bits may be left out or added (RFC 2578 §7.1.4).
            guard octets.count <= (names.count + 7) / 8 else {
                return (.wrongLength, "\(octets.count) octets are more than \(names.count) bits need")
            }
            for position in 0..<(octets.count * 8) where octets[position / 8] & (0x80 >> UInt8(position % 8)) != 0 {
                guard names.contains(where: { $0.number == position }) else {
                    return (.wrongValue, "bit \(position) has no meaning")
                }
            }
            return nil
        default: return (.wrongType, "the value has another type than \(base.rawValue)")
        }
    }

    private func outOfRange(_ number: Int64) -> (status: MIBSetStatus, reason: String)? {
        ranges.isEmpty || ranges.contains { $0.contains(number) } ? nil : (.wrongValue, "\(number) is not in \(rangeText)")
    }

    private var rangeText: String { ranges.map { "\($0.lowerBound)..\($0.upperBound)" }.joined(separator: " | ") }
}
