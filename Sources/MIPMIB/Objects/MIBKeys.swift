import AgentModel
import ManagementCore
import MobileIPv4

// The keys of the mirror's tables as indexes in the MIB modules.

extension IPv4Address: MIBIndexed {
    func appendIndex(to listener: inout some IndexListener) { listener.append(self) }
}

extension BindingKey: MIBIndexed {
    func appendIndex(to listener: inout some IndexListener) {
        listener.append(homeAddress)
        listener.append(careOfAddress)
    }
}

extension NodeRegistrationKey: MIBIndexed {
    func appendIndex(to listener: inout some IndexListener) {
        listener.append(agentAddress)
        listener.append(careOfAddress)
    }
}

extension KnownForeignAgentKey: MIBIndexed {
    func appendIndex(to listener: inout some IndexListener) {
        listener.append(address)
        listener.append(careOfAddress)
    }
}

/// RFC 2006 identifies peers by address only. The other peers, which have no row, come after every address here and in the mirror's order.
extension PeerIdentity: MIBIndexed {
    func appendIndex(to listener: inout some IndexListener) {
        if case .address(let address) = self { listener.append(address) } else { listener.append(UInt32.max) }
    }
}

extension SecurityAssociationKey: MIBIndexed {
    func appendIndex(to listener: inout some IndexListener) {
        peer.appendIndex(to: &listener)
        listener.append(spi.rawValue)
    }
}

extension MobilityTunnelKey: MIBIndexed {
    func appendIndex(to listener: inout some IndexListener) {
        listener.append(localAddress)
        listener.append(remoteAddress)
        listener.append(encapsulation.number)
    }
}

/// The index of mipExtNodeAddressTable. No two nodes have the same home address.
extension IdentityKey: MIBIndexed where Rest == IPv4Address {
    func appendIndex(to listener: inout some IndexListener) {
        listener.append(identity)
        listener.append(rest)
    }
}

// Keys of which the index is only a part.

/// RFC 2006 identifies visitors by the source address of their request.
extension VisitorKey: MIBSharedKey {
    func appendSharedIndex(to listener: inout some IndexListener) { listener.append(sourceAddress) }

    func sharesIndex(with other: Self) -> Bool { sourceAddress == other.sourceAddress }
}

extension IdentityKey: MIBSharedKey where Rest: MIBIndexRest {
    func appendSharedIndex(to listener: inout some IndexListener) {
        listener.append(identity)
        rest.appendRest(to: &listener)
    }

    func sharesIndex(with other: Self) -> Bool { rest.sharesRest(with: other.rest) && identity == other.identity }
}

/// What comes after an identity in a key. By default none of it is in the index.
protocol MIBIndexRest {
    /// Passes the sub-identifiers of the part that is in the index to the listener.
    func appendRest(to listener: inout some IndexListener)
    /// Whether that part is the same.
    func sharesRest(with other: Self) -> Bool
}

extension MIBIndexRest {
    func appendRest(to listener: inout some IndexListener) {}

    func sharesRest(with other: Self) -> Bool { true }
}

extension IPv4Address: MIBIndexRest {}
extension PeerIdentity: MIBIndexRest {}
extension VisitorPlace: MIBIndexRest {}
extension PendingPlace: MIBIndexRest {}

extension AssociationPlace: MIBIndexRest {
    func appendRest(to listener: inout some IndexListener) { listener.append(key.spi.rawValue) }

    func sharesRest(with other: Self) -> Bool { key.spi == other.key.spi }
}
