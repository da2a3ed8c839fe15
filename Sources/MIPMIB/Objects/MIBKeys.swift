import AgentModel
import ManagementCore
import MobileIPv4

// The keys of the mirror's tables as indexes of the modules.

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

/// RFC 2006 keys visitors by the source address of their request; of several with one address the first shows.
extension VisitorKey: MIBIndexed {
    func appendIndex(to listener: inout some IndexListener) { listener.append(sourceAddress) }
}

/// RFC 2006 knows peers by address alone; the others, which are greater in the mirror's order too, lie past every address.
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

/// What comes after an identity in an index.
protocol IndexTail {
    func appendTail(to listener: inout some IndexListener)
}

extension IdentityKey: MIBIndexed where Rest: IndexTail {
    func appendIndex(to listener: inout some IndexListener) {
        listener.append(identity)
        rest.appendTail(to: &listener)
    }
}

extension SecurityParameterIndex: IndexTail {
    func appendTail(to listener: inout some IndexListener) { listener.append(rawValue) }
}

// These only keep rows of one identity apart and are no part of the index.

extension PeerIdentity: IndexTail {
    func appendTail(to listener: inout some IndexListener) {}
}

extension IPv4Address: IndexTail {
    func appendTail(to listener: inout some IndexListener) {}
}

extension IdentityIndexes.AddressPair: IndexTail {
    func appendTail(to listener: inout some IndexListener) {}
}

extension MobilityTunnelKey: MIBIndexed {
    func appendIndex(to listener: inout some IndexListener) {
        listener.append(localAddress)
        listener.append(remoteAddress)
        listener.append(encapsulation.number)
    }
}
