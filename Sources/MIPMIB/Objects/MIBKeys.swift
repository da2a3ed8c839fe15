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

/// RFC 2006 identifies visitors by the source address of their request. If several have the same address, the first is shown.
extension VisitorKey: MIBIndexed {
    func appendIndex(to listener: inout some IndexListener) { listener.append(sourceAddress) }
}

/// RFC 2006 identifies peers by address only. The other peers, which are also greater in the mirror's order, come after every address.
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

/// The part of an index after an identity.
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

// These only distinguish rows of one identity and are not part of the index.

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
