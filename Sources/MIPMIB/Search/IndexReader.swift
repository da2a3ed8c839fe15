import ManagementCore
import MobileIPv4

/// Decodes the sub-identifiers of an instance according to its index (RFC 2578 §7.7). Sub-identifiers that no index could have read as nil.
struct IndexReader {
    private var rest: ArraySlice<UInt>

    init(_ subidentifiers: [UInt]) { rest = subidentifiers[...] }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func number() -> UInt32? {
        guard let first = rest.popFirst() else { return nil }
        return UInt32(exactly: first)
    }

    mutating func address() -> IPv4Address? {
        guard let octets = octets(4) else { return nil }
        return IPv4Address(octets[0], octets[1], octets[2], octets[3])
    }

    private mutating func octets(_ count: Int) -> [UInt8]? {
        guard rest.count >= count else { return nil }
        var octets: [UInt8] = []
        for part in rest.prefix(count) {
            guard let octet = UInt8(exactly: part) else { return nil }
            octets.append(octet)
        }
        rest = rest.dropFirst(count)
        return octets
    }

    /// MipEntityIdentifierType and MipEntityIdentifier. An identifier whose realm has capital letters is not the index of a row; it
    /// reads as an abbreviation, which has its own letters.
    mutating func identity() -> EntityIdentity? {
        guard let type = number(), let count = number(), (1...64).contains(count), let octets = octets(Int(count)) else {
            return nil
        }
        switch type {
        case 1: return .other(octets)
        case 2: return octets.count == 4 ? .address(IPv4Address(octets[0], octets[1], octets[2], octets[3])) : nil
        case 3:
            guard let nai = NetworkAccessIdentifier(octets: octets), nai.comparedOctets == octets else {
                return .abbreviatedNAI(octets)
            }
            return .nai(nai)
        default: return nil
        }
    }
}
