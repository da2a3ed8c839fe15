import ManagementCore
import MobileIPv4

/// A key that is the index of a conceptual row, encoded as its sub-identifiers (RFC 2578 §7.7). Different keys have different indexes, and
/// the order of keys is that of the indexes. A key of which the index is only a part is a `MIBSharedKey`.
protocol MIBIndexed {
    /// Passes the sub-identifiers to the listener in order.
    func appendIndex(to listener: inout some IndexListener)
}

/// A key whose first part is the index of a conceptual row, so that several keys may share one index. The order of keys is that of the
/// indexes first.
protocol MIBSharedKey {
    /// Passes the sub-identifiers of the index to the listener in order.
    func appendSharedIndex(to listener: inout some IndexListener)
    /// Whether the other key has the same index.
    func sharesIndex(with other: Self) -> Bool
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
        case .nai(let nai): for octet in nai.comparedOctets { append(UInt32(octet)) }
        case .abbreviatedNAI(let octets): for octet in octets { append(UInt32(octet)) }
        }
    }
}

/// Appends the sub-identifiers to the name of an instance.
struct IndexWriter: IndexListener {
    var name: [UInt]

    mutating func append(_ part: UInt32) { name.append(UInt(part)) }
}
