import ManagementCore
import MobileIPv4

/// A key with a place in the order of a conceptual table, encoded as the sub-identifiers of the row's index (RFC 2578 §7.7).
protocol MIBIndexed {
    /// Passes the sub-identifiers to the listener in order.
    func appendIndex(to listener: inout some IndexListener)
}

/// Receives the sub-identifiers of an index one after another.
protocol IndexListener {
    mutating func append(_ part: UInt32)
    /// Four sub-identifiers.
    mutating func append(_ address: IPv4Address)
}

extension IndexListener {
    mutating func append(_ address: IPv4Address) { appendOctets(of: address) }

    mutating func appendOctets(of address: IPv4Address) {
        let (a, b, c, d) = address.octets
        append(UInt32(a))
        append(UInt32(b))
        append(UInt32(c))
        append(UInt32(d))
    }

    /// A number that is never negative.
    mutating func append(_ number: Int32) { append(UInt32(bitPattern: number)) }

    /// MipEntityIdentifierType and MipEntityIdentifier, which is preceded by its length.
    mutating func append(_ identity: EntityIdentity) {
        append(identity.type)
        append(UInt32(truncatingIfNeeded: identity.length))
        switch identity {
        case .other(let octets): for octet in octets { append(UInt32(octet)) }
        case .address(let address): append(address)
        case .nai(let nai): for octet in nai.octets { append(UInt32(octet)) }
        case .abbreviatedNAI(let octets): for octet in octets { append(UInt32(octet)) }
        }
    }
}

/// Appends the sub-identifiers to the name of an instance.
struct IndexWriter: IndexListener {
    var name: [UInt]

    mutating func append(_ part: UInt32) { name.append(UInt(part)) }
}
