import AgentModel
import MobileIPv4

/// A `StateChange` as it travels: an object with exactly one member (`type Change`).
struct ChangeRecord: Codable {
    let change: StateChange

    init(_ change: StateChange) { self.change = change }

    enum Member: String, CodingKey, CaseIterable {
        case information, counters, binding, bindingRemoved, visitor, visitorRemoved, association, associationRemoved
        case violation, violationRemoved, mobileNode, mobileNodeRemoved
        case mobileNodeStatus, registration, registrationRemoved, foreignAgent, foreignAgentRemoved
        case pending, pendingRemoved
        case tunnel, tunnelRemoved, traffic, trafficRemoved, advertising, advertisingRemoved, event
    }

    private struct BindingRemoved: Codable {
        var homeAddress: IPv4Address
        var careOfAddress: IPv4Address
        var reason: EndReason
    }

    private struct VisitorRemoved: Codable {
        var sourceAddress: IPv4Address
        var homeAddress: IPv4Address
        var nai: NetworkAccessIdentifier?
        var reason: EndReason
    }

    private struct ViolationRemoved: Codable {
        var violator: PeerIdentity
    }

    private struct MobileNodeRemoved: Codable {
        var homeAddress: IPv4Address
    }

    private struct AdvertisingRemoved: Codable {
        var address: IPv4Address
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Member.self)
        switch change {
        case .information(let row): try members.encode(row, forKey: .information)
        case .counters(let row): try members.encode(row, forKey: .counters)
        case .binding(let row): try members.encode(row, forKey: .binding)
        case .bindingRemoved(let key, let reason):
            try members.encode(
                BindingRemoved(homeAddress: key.homeAddress, careOfAddress: key.careOfAddress, reason: reason),
                forKey: .bindingRemoved)
        case .visitor(let row): try members.encode(row, forKey: .visitor)
        case .visitorRemoved(let key, let reason):
            try members.encode(
                VisitorRemoved(
                    sourceAddress: key.sourceAddress, homeAddress: key.homeAddress, nai: key.nai, reason: reason),
                forKey: .visitorRemoved)
        case .association(let row): try members.encode(row, forKey: .association)
        case .associationRemoved(let key): try members.encode(key, forKey: .associationRemoved)
        case .violation(let row): try members.encode(row, forKey: .violation)
        case .violationRemoved(let key):
            try members.encode(ViolationRemoved(violator: key), forKey: .violationRemoved)
        case .mobileNode(let row): try members.encode(row, forKey: .mobileNode)
        case .mobileNodeRemoved(let key):
            try members.encode(MobileNodeRemoved(homeAddress: key), forKey: .mobileNodeRemoved)
        case .mobileNodeStatus(let row): try members.encode(row, forKey: .mobileNodeStatus)
        case .registration(let row): try members.encode(row, forKey: .registration)
        case .registrationRemoved(let key): try members.encode(key, forKey: .registrationRemoved)
        case .foreignAgent(let row): try members.encode(row, forKey: .foreignAgent)
        case .foreignAgentRemoved(let key): try members.encode(key, forKey: .foreignAgentRemoved)
        case .pending(let row): try members.encode(row, forKey: .pending)
        case .pendingRemoved(let key): try members.encode(key, forKey: .pendingRemoved)
        case .tunnel(let row): try members.encode(row, forKey: .tunnel)
        case .tunnelRemoved(let key): try members.encode(key, forKey: .tunnelRemoved)
        case .traffic(let row): try members.encode(row, forKey: .traffic)
        case .trafficRemoved(let key): try members.encode(key, forKey: .trafficRemoved)
        case .advertising(let row): try members.encode(row, forKey: .advertising)
        case .advertisingRemoved(let address):
            try members.encode(AdvertisingRemoved(address: address), forKey: .advertisingRemoved)
        case .event(let event): try members.encode(event, forKey: .event)
        }
    }

    init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Member.self)
        guard let member = members.allKeys.first, members.allKeys.count == 1 else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "a change must have exactly one known member"))
        }
        switch member {
        case .information: change = .information(try members.decode(AgentInformation.self, forKey: member))
        case .counters: change = .counters(try members.decode(AgentCounters.self, forKey: member))
        case .binding: change = .binding(try members.decode(Binding.self, forKey: member))
        case .bindingRemoved:
            let removed = try members.decode(BindingRemoved.self, forKey: member)
            let key = BindingKey(homeAddress: removed.homeAddress, careOfAddress: removed.careOfAddress)
            change = .bindingRemoved(key, removed.reason)
        case .visitor: change = .visitor(try members.decode(Visitor.self, forKey: member))
        case .visitorRemoved:
            let removed = try members.decode(VisitorRemoved.self, forKey: member)
            let key = VisitorKey(
                sourceAddress: removed.sourceAddress, homeAddress: removed.homeAddress, nai: removed.nai)
            change = .visitorRemoved(key, removed.reason)
        case .association: change = .association(try members.decode(SecurityAssociation.self, forKey: member))
        case .associationRemoved:
            change = .associationRemoved(try members.decode(SecurityAssociationKey.self, forKey: member))
        case .violation: change = .violation(try members.decode(SecurityViolation.self, forKey: member))
        case .violationRemoved:
            change = .violationRemoved(try members.decode(ViolationRemoved.self, forKey: member).violator)
        case .mobileNode: change = .mobileNode(try members.decode(MobileNodeService.self, forKey: member))
        case .mobileNodeRemoved:
            change = .mobileNodeRemoved(try members.decode(MobileNodeRemoved.self, forKey: member).homeAddress)
        case .mobileNodeStatus: change = .mobileNodeStatus(try members.decode(MobileNodeStatus.self, forKey: member))
        case .registration: change = .registration(try members.decode(NodeRegistration.self, forKey: member))
        case .registrationRemoved:
            change = .registrationRemoved(try members.decode(NodeRegistrationKey.self, forKey: member))
        case .foreignAgent: change = .foreignAgent(try members.decode(KnownForeignAgent.self, forKey: member))
        case .foreignAgentRemoved:
            change = .foreignAgentRemoved(try members.decode(KnownForeignAgentKey.self, forKey: member))
        case .pending: change = .pending(try members.decode(PendingRegistration.self, forKey: member))
        case .pendingRemoved:
            change = .pendingRemoved(try members.decode(PendingRegistrationKey.self, forKey: member))
        case .tunnel: change = .tunnel(try members.decode(MobilityTunnel.self, forKey: member))
        case .tunnelRemoved: change = .tunnelRemoved(try members.decode(MobilityTunnelKey.self, forKey: member))
        case .traffic: change = .traffic(try members.decode(ForwardedTraffic.self, forKey: member))
        case .trafficRemoved: change = .trafficRemoved(try members.decode(ForwardedTrafficKey.self, forKey: member))
        case .advertising: change = .advertising(try members.decode(AdvertisingInterface.self, forKey: member))
        case .advertisingRemoved:
            change = .advertisingRemoved(try members.decode(AdvertisingRemoved.self, forKey: member).address)
        case .event: change = .event(try members.decode(AgentEvent.self, forKey: member))
        }
    }
}
