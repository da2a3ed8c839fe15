/// Reads the basic encoding rules as restricted by SNMP (RFC 3417 §8): definite lengths and one-octet tags.
struct BERReader {
    private let octets: [UInt8]
    private(set) var offset: Int
    private let end: Int

    init(_ octets: [UInt8]) {
        self.octets = octets
        offset = 0
        end = octets.count
    }

    private init(_ octets: [UInt8], _ range: Range<Int>) {
        self.octets = octets
        offset = range.lowerBound
        end = range.upperBound
    }

    var isAtEnd: Bool { offset >= end }

    /// The tag of the next element; nil at the end.
    var nextTag: UInt8? { isAtEnd ? nil : octets[offset] }

    /// The next element, with any tag, and the range of its content.
    mutating func element() throws(BERError) -> (tag: UInt8, content: Range<Int>) {
        guard end - offset >= 2 else { throw BERError("truncated element", at: offset) }
        let (start, tag) = (offset, octets[offset])
        guard tag & 0x1F != 0x1F else { throw BERError("invalid tag: expected one octet", at: start) }
        var position = offset + 1
        var length = Int(octets[position])
        position += 1
        if length & 0x80 != 0 {
            let count = length & 0x7F
            guard (1...4).contains(count), end - position >= count else { throw BERError("invalid length", at: start) }
            length = 0
            for _ in 0..<count {
                length = length << 8 | Int(octets[position])
                position += 1
            }
        }
        guard length <= end - position else { throw BERError("an element is longer than the one that contains it", at: start) }
        offset = position + length
        return (tag, position..<offset)
    }

    private mutating func content(_ tag: UInt8, _ what: String) throws(BERError) -> Range<Int> {
        let start = offset
        let (found, content) = try element()
        guard found == tag else { throw BERError("tag \(found) is invalid; expected \(what)", at: start) }
        return content
    }

    /// A reader for the content of the next element, which must have this tag.
    mutating func constructed(_ tag: UInt8, _ what: String) throws(BERError) -> BERReader {
        BERReader(octets, try content(tag, what))
    }

    mutating func integer(_ tag: UInt8 = BERTag.integer) throws(BERError) -> Int64 {
        let content = try content(tag, "an integer")
        guard (1...8).contains(content.count) else {
            throw BERError("invalid integer of \(content.count) octets", at: content.lowerBound)
        }
        var value: Int64 = octets[content.lowerBound] & 0x80 != 0 ? -1 : 0
        for index in content { value = value << 8 | Int64(octets[index]) }
        return value
    }

    mutating func integer32() throws(BERError) -> Int32 {
        let start = offset
        guard let value = Int32(exactly: try integer()) else { throw BERError("invalid integer of more than 32 bits", at: start) }
        return value
    }

    /// An unsigned number. Accepts large ones without the leading zero, which some agents omit.
    mutating func unsigned(_ tag: UInt8, octets limit: Int) throws(BERError) -> UInt64 {
        let content = try content(tag, "an unsigned number")
        let digits = octets[content].drop { $0 == 0 }
        guard !content.isEmpty, content.count <= limit + 1, digits.count <= limit else {
            throw BERError("invalid number of \(content.count) octets", at: content.lowerBound)
        }
        return digits.reduce(0) { $0 << 8 | UInt64($1) }
    }

    mutating func octetString(_ tag: UInt8 = BERTag.octetString) throws(BERError) -> [UInt8] {
        Array(octets[try content(tag, "an octet string")])
    }

    /// The range of an octet string's content in the whole message.
    mutating func octetStringRange() throws(BERError) -> Range<Int> { try content(BERTag.octetString, "an octet string") }

    mutating func objectIdentifier() throws(BERError) -> [UInt32] {
        let content = try content(BERTag.objectIdentifier, "an object identifier")
        guard !content.isEmpty else { return [] }
        var identifiers: [UInt32] = []
        var value: UInt64 = 0
        var isOpen = false
        for index in content {
            value = value << 7 | UInt64(octets[index] & 0x7F)
            guard value <= UInt64(UInt32.max) + 80 else {
                throw BERError("invalid sub-identifier of more than 32 bits", at: index)
            }
            isOpen = octets[index] & 0x80 != 0
            guard !isOpen else { continue }
            if identifiers.isEmpty {
                let first = min(value / 40, 2)
                identifiers.append(UInt32(first))
                guard let second = UInt32(exactly: value - first * 40) else {
                    throw BERError("invalid sub-identifier of more than 32 bits", at: index)
                }
                identifiers.append(second)
            } else {
                guard let identifier = UInt32(exactly: value) else {
                    throw BERError("invalid sub-identifier of more than 32 bits", at: index)
                }
                identifiers.append(identifier)
            }
            value = 0
        }
        guard !isOpen else { throw BERError("truncated object identifier", at: content.upperBound) }
        guard identifiers.count <= 128 else {
            throw BERError("invalid object identifier of more than 128 parts", at: content.lowerBound)
        }
        return identifiers
    }

    mutating func value() throws(BERError) -> SNMPValue {
        guard let tag = nextTag else { throw BERError("missing value", at: offset) }
        switch tag {
        case BERTag.integer: return .integer(try integer32())
        case BERTag.octetString: return .octets(try octetString())
        case BERTag.objectIdentifier: return .objectIdentifier(try objectIdentifier())
        case BERTag.ipAddress:
            let start = offset
            let address = try octetString(BERTag.ipAddress)
            guard address.count == 4 else { throw BERError("invalid IpAddress of \(address.count) octets", at: start) }
            return .ipAddress(address)
        case BERTag.counter32: return .counter32(UInt32(truncatingIfNeeded: try unsigned(tag, octets: 4)))
        case BERTag.gauge32: return .gauge32(UInt32(truncatingIfNeeded: try unsigned(tag, octets: 4)))
        case BERTag.timeTicks: return .timeTicks(UInt32(truncatingIfNeeded: try unsigned(tag, octets: 4)))
        case BERTag.opaque: return .opaque(try octetString(BERTag.opaque))
        case BERTag.counter64: return .counter64(try unsigned(tag, octets: 8))
        case BERTag.null: return try exception(.null)
        case BERTag.noSuchObject: return try exception(.noSuchObject)
        case BERTag.noSuchInstance: return try exception(.noSuchInstance)
        case BERTag.endOfMibView: return try exception(.endOfMibView)
        default: throw BERError("value of unknown type \(tag)", at: offset)
        }
    }

    private mutating func exception(_ value: SNMPValue) throws(BERError) -> SNMPValue {
        let start = offset
        guard try element().content.isEmpty else { throw BERError("unexpected content in an element without a value", at: start) }
        return value
    }
}

/// Tags of SNMP's types (RFC 2578, RFC 3416).
enum BERTag {
    static let integer: UInt8 = 0x02
    static let octetString: UInt8 = 0x04
    static let null: UInt8 = 0x05
    static let objectIdentifier: UInt8 = 0x06
    static let sequence: UInt8 = 0x30
    static let ipAddress: UInt8 = 0x40
    static let counter32: UInt8 = 0x41
    static let gauge32: UInt8 = 0x42
    static let timeTicks: UInt8 = 0x43
    static let opaque: UInt8 = 0x44
    static let counter64: UInt8 = 0x46
    static let noSuchObject: UInt8 = 0x80
    static let noSuchInstance: UInt8 = 0x81
    static let endOfMibView: UInt8 = 0x82
}
