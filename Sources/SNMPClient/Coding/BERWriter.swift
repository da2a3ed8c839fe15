/// Writes elements in the basic encoding rules, one after another.
struct BERWriter {
    private(set) var octets: [UInt8] = []

    mutating func constructed(_ tag: UInt8 = BERTag.sequence, _ body: (inout BERWriter) -> Void) {
        var inner = BERWriter()
        body(&inner)
        element(tag, inner.octets)
    }

    /// Appends elements that are already encoded.
    mutating func append(_ elements: [UInt8]) { octets += elements }

    mutating func element(_ tag: UInt8, _ content: [UInt8]) {
        octets.append(tag)
        switch content.count {
        case ..<0x80: octets.append(UInt8(content.count))
        case ..<0x100: octets += [0x81, UInt8(content.count)]
        default: octets += [0x82, UInt8(truncatingIfNeeded: content.count >> 8), UInt8(truncatingIfNeeded: content.count)]
        }
        octets += content
    }

    mutating func integer(_ value: Int64, _ tag: UInt8 = BERTag.integer) {
        var content = (0..<8).map { UInt8(truncatingIfNeeded: value >> (56 - $0 * 8)) }
        while content.count > 1, content[0] == 0 && content[1] & 0x80 == 0 || content[0] == 0xFF && content[1] & 0x80 != 0 {
            content.removeFirst()
        }
        element(tag, content)
    }

    mutating func unsigned(_ value: UInt64, _ tag: UInt8) {
        var content = [0] + (0..<8).map { UInt8(truncatingIfNeeded: value >> (56 - $0 * 8)) }
        while content.count > 1, content[0] == 0, content[1] & 0x80 == 0 { content.removeFirst() }
        element(tag, content)
    }

    mutating func octetString(_ value: [UInt8]) { element(BERTag.octetString, value) }

    /// The first two parts share an octet; an identifier with fewer parts is padded with zeros.
    mutating func objectIdentifier(_ value: [UInt32]) {
        var content: [UInt8] = []
        let first = UInt64(min(value.first ?? 0, 2)) * 40 + UInt64(value.dropFirst().first ?? 0)
        for identifier in [first] + value.dropFirst(2).map(UInt64.init) {
            var groups = [UInt8(identifier & 0x7F)]
            var rest = identifier >> 7
            while rest > 0 {
                groups.append(UInt8(rest & 0x7F) | 0x80)
                rest >>= 7
            }
            content += groups.reversed()
        }
        element(BERTag.objectIdentifier, content)
    }

    mutating func value(_ value: SNMPValue) {
        switch value {
        case .integer(let value): integer(Int64(value))
        case .octets(let value): octetString(value)
        case .objectIdentifier(let value): objectIdentifier(value)
        case .ipAddress(let value): element(BERTag.ipAddress, value)
        case .counter32(let value): unsigned(UInt64(value), BERTag.counter32)
        case .gauge32(let value): unsigned(UInt64(value), BERTag.gauge32)
        case .timeTicks(let value): unsigned(UInt64(value), BERTag.timeTicks)
        case .opaque(let value): element(BERTag.opaque, value)
        case .counter64(let value): unsigned(value, BERTag.counter64)
        case .null: element(BERTag.null, [])
        case .noSuchObject: element(BERTag.noSuchObject, [])
        case .noSuchInstance: element(BERTag.noSuchInstance, [])
        case .endOfMibView: element(BERTag.endOfMibView, [])
        }
    }
}
