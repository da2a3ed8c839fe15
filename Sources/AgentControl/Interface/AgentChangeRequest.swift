import AgentModel
import MobileIPv4

/// An `AgentChange` on the wire: an object with exactly one member (`type AgentChangeRequest`).
struct AgentChangeRequest: Codable {
    let change: AgentChange

    init(_ change: AgentChange) { self.change = change }

    enum Member: String, CodingKey, CaseIterable {
        case enabled, endBinding, association, removeAssociation, advertising, removeAdvertising
        case addCareOfAddress, removeCareOfAddress, foreignAgent, limits, addHomeAgent, removeHomeAgent, signalling, notify
        case revoke, discovery, drain, endDrain
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Member.self)
        switch change {
        case .enabled(let enabled): try members.encode(enabled, forKey: .enabled)
        case .endBinding(let homeAddress, let careOfAddress):
            let binding = VarlinkMessages.RevokeBinding(homeAddress: homeAddress, careOfAddress: careOfAddress)
            try members.encode(binding, forKey: .endBinding)
        case .association(let change): try members.encode(AssociationRequest(change), forKey: .association)
        case .removeAssociation(let key): try members.encode(key, forKey: .removeAssociation)
        case .advertising(let change): try members.encode(AdvertisingRequest(change), forKey: .advertising)
        case .removeAdvertising(let address): try members.encode(address, forKey: .removeAdvertising)
        case .addCareOfAddress(let address): try members.encode(address, forKey: .addCareOfAddress)
        case .removeCareOfAddress(let address): try members.encode(address, forKey: .removeCareOfAddress)
        case .foreignAgent(let settings): try members.encode(settings, forKey: .foreignAgent)
        case .limits(let limits): try members.encode(limits, forKey: .limits)
        case .addHomeAgent(let address): try members.encode(address, forKey: .addHomeAgent)
        case .removeHomeAgent(let address): try members.encode(address, forKey: .removeHomeAgent)
        case .signalling(let settings): try members.encode(settings, forKey: .signalling)
        case .notify(let order): try members.encode(order, forKey: .notify)
        case .revoke(let order): try members.encode(order, forKey: .revoke)
        case .discovery(let settings): try members.encode(settings, forKey: .discovery)
        case .drain(let order): try members.encode(order, forKey: .drain)
        case .endDrain: try members.encode(true, forKey: .endDrain)
        }
    }

    init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Member.self)
        guard let member = members.allKeys.first, members.allKeys.count == 1 else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "expected a change with exactly one known member"))
        }
        func address() throws -> IPv4Address { try members.decode(IPv4Address.self, forKey: member) }
        switch member {
        case .enabled: change = .enabled(try members.decode(Bool.self, forKey: member))
        case .endBinding:
            let binding = try members.decode(VarlinkMessages.RevokeBinding.self, forKey: member)
            change = .endBinding(homeAddress: binding.homeAddress, careOfAddress: binding.careOfAddress)
        case .association: change = .association(try members.decode(AssociationRequest.self, forKey: member).change)
        case .removeAssociation:
            change = .removeAssociation(try members.decode(SecurityAssociationKey.self, forKey: member))
        case .advertising: change = .advertising(try members.decode(AdvertisingRequest.self, forKey: member).change)
        case .removeAdvertising: change = .removeAdvertising(try address())
        case .addCareOfAddress: change = .addCareOfAddress(try address())
        case .removeCareOfAddress: change = .removeCareOfAddress(try address())
        case .foreignAgent: change = .foreignAgent(try members.decode(ForeignAgentSettings.self, forKey: member))
        case .limits: change = .limits(try members.decode(AgentLimits.self, forKey: member))
        case .addHomeAgent: change = .addHomeAgent(try address())
        case .removeHomeAgent: change = .removeHomeAgent(try address())
        case .signalling: change = .signalling(try members.decode(SignallingSettings.self, forKey: member))
        case .notify: change = .notify(try members.decode(NotificationOrder.self, forKey: member))
        case .revoke: change = .revoke(try members.decode(RevocationOrder.self, forKey: member))
        case .discovery: change = .discovery(try members.decode(DiscoverySettings.self, forKey: member))
        case .drain: change = .drain(try members.decode(DrainOrder.self, forKey: member))
        case .endDrain:
            guard try members.decode(Bool.self, forKey: member) else {
                throw DecodingError.dataCorruptedError(
                    forKey: member, in: members, debugDescription: "endDrain is false; expected true")
            }
            change = .endDrain
        }
    }
}

/// `type AssociationChange`. The key is written in hexadecimal digits.
private struct AssociationRequest: Codable {
    var peer: PeerIdentity
    var spi: SecurityParameterIndex
    var peerRole: AgentRole?
    var algorithm: AuthenticationAlgorithm?
    var replayMethod: ReplayMethod?
    var replayTolerance: UInt16?
    var key: String?
    var creation: CreationRule?
    var storage: StorageType?

    init(_ change: SecurityAssociationChange) {
        peer = change.peer
        spi = change.spi
        peerRole = change.peerRole
        algorithm = change.algorithm
        replayMethod = change.replayMethod
        replayTolerance = change.replayTolerance
        key = change.key?.hexadecimal
        creation = change.creation
        storage = change.storage
    }

    var change: SecurityAssociationChange {
        get throws {
            var secret: SecretOctets?
            if let key {
                secret = SecretOctets(hexadecimal: key)
                guard secret != nil else {
                    // Never put the text of a key into an error.
                    throw DecodingError.dataCorrupted(
                        .init(codingPath: [], debugDescription: "key: expected an even number of hexadecimal digits"))
                }
            }
            return SecurityAssociationChange(
                peer: peer, spi: spi, peerRole: peerRole, algorithm: algorithm, replayMethod: replayMethod,
                replayTolerance: replayTolerance, key: secret, creation: creation ?? .mayExist, storage: storage)
        }
    }
}

/// `type AdvertisingChange`
private struct AdvertisingRequest: Codable {
    var address: IPv4Address
    var maximumRegistrationLifetime: UInt16?
    var includesPrefixLength: Bool?
    var destination: IPv4Address?
    var maximumInterval: Int?
    var minimumInterval: Int?
    var advertisementLifetime: UInt16?
    var onlyOnSolicitation: Bool?
    var creation: CreationRule?
    var storage: StorageType?

    init(_ change: AdvertisingChange) {
        address = change.address
        maximumRegistrationLifetime = change.maximumRegistrationLifetime
        includesPrefixLength = change.includesPrefixLength
        destination = change.destination
        maximumInterval = change.maximumInterval
        minimumInterval = change.minimumInterval
        advertisementLifetime = change.advertisementLifetime
        onlyOnSolicitation = change.onlyOnSolicitation
        creation = change.creation
        storage = change.storage
    }

    var change: AdvertisingChange {
        AdvertisingChange(
            address: address, maximumRegistrationLifetime: maximumRegistrationLifetime,
            includesPrefixLength: includesPrefixLength, destination: destination, maximumInterval: maximumInterval,
            minimumInterval: minimumInterval, advertisementLifetime: advertisementLifetime,
            onlyOnSolicitation: onlyOnSolicitation, creation: creation ?? .mayExist, storage: storage)
    }
}
