import AgentModel
import MobileIPv4
import MobilityAgent

/// What nodes ask for besides a binding, experimental messages, and operators who move nodes to other home agents.
extension StressWorld {
    /// Extensions for the part of a request that the node signs.
    mutating func wishes() -> [MessageDraft.Part] {
        var wishes: [MessageDraft.Part] = []
        if dice.once(in: 6) {
            let homeAgent = dice.pick([StressPlan.homeAgent.address] + StressPlan.otherHomeAgents)
            wishes.append(.made(DynamicHomeAgent(purpose: .requested, address: homeAgent, isShortForm: dice.once(in: 4))))
        }
        if dice.once(in: 6), let identity = dice.pick([StressPlan.homeIdentity, StressPlan.otherIdentity]) {
            wishes.append(.made(NAICarrying(owner: dice.once(in: 3) ? .homeAAA : .homeAgent, nai: identity)))
        }
        if dice.once(in: 5), let service = dice.pick(StressPlan.services.map(Optional.some) + [ServiceIdentifier("unknown")]) {
            wishes.append(.made(ServiceSelection(service)))
        }
        if dice.once(in: 5) {
            wishes.append(.made(NormalVendorSpecific(HostConfiguration.request(selector: 0).vendorSpecific)))
        }
        if dice.once(in: 8) { wishes.append(.made(NonSkippableExperimental(subtype: subtype(), content: dice.octets(2)))) }
        if dice.once(in: 8) { wishes.append(.made(SkippableExperimental(subtype: subtype(), content: dice.octets(2)))) }
        return wishes
    }

    /// A Sub-Type that is accepted, refused or unknown.
    private mutating func subtype() -> UInt8 { UInt8(dice.number(1...3)) }

    /// Sends an experimental message to one of the agents, signed or not.
    mutating func experiment() throws(Finding) {
        let peer = dice.pick(plan.peers)
        var payload: [UInt8] = []
        ExperimentalMessage().encode(into: &payload)
        let wishes = self.wishes()
        for case .octets(let octets) in wishes { payload += octets }
        let isAtHome = dice.once(in: 2)
        if dice.once(in: 2), let nai = peer.nai { payload += [131, UInt8(nai.octets.count)] + nai.octets }
        if dice.once(in: 2) {
            peer.association.append(.mobileHomeAuthentication, to: &payload)
        } else if let own = peer.mobileForeign {
            own.append(.mobileForeignAuthentication, to: &payload)
        } else if !dice.once(in: 3) {
            plan.relayAssociation.append(.foreignHomeAuthentication, to: &payload)
        }
        let source = TransportEndpoint(
            dice.pick([peer.homeAddress, StressPlan.homeAgent.address, StressPlan.foreignAgent.address]), port: 5002)
        let sent = try deliver(payload, from: source, to: isAtHome ? StressPlan.homeAgent : StressPlan.foreignAgent)
        guard sent.allSatisfy({ $0.payload.first != MessageType.registrationReply.rawValue }) else {
            throw Finding("an experimental message was answered: \(sent)")
        }
    }

    /// An operator moves nodes to other home agents, stops that, or changes what an agent offers.
    mutating func discoveryChange() -> AgentChange {
        switch dice.number(0...5) {
        case 0:
            let text = dice.once(in: 2) ? "moved to another site" : ""
            return .drain(DrainOrder(homeAgents: Array(StressPlan.otherHomeAgents.prefix(dice.number(1...2))), text: text))
        case 1, 2: return .endDrain
        default:
            let isOn = !dice.once(in: 3)
            switch dice.number(0...3) {
            case 0: return .discovery(DiscoverySettings { $0.dynamicHomeAgent = isOn })
            case 1: return .discovery(DiscoverySettings { $0.hostConfiguration = isOn })
            case 2: return .discovery(DiscoverySettings { $0.serviceSelection = isOn })
            default: return .discovery(DiscoverySettings { $0.experimental = isOn })
            }
        }
    }
}

extension MessageDraft.Part {
    /// An extension as its bytes.
    fileprivate static func made(_ value: some MobileIPExtension) -> MessageDraft.Part {
        var octets: [UInt8] = []
        // All that is made here fits.
        try? value.encode(into: &octets)
        return .octets(octets)
    }
}
