import AgentModel
import MobileIPv4
import MobilityAgent

/// Changes to advertising while the agent runs, on its configured interfaces.
extension Discovery {
    /// Undoes one change.
    struct Undo {
        fileprivate let link: Int
        fileprivate let configuration: AdvertisementConfiguration?
        fileprivate let storage: StorageType?
    }

    /// - Parameter isTrial: True to only check whether the change could be made.
    func apply(_ change: AdvertisingChange, at now: Moment, isTrial: Bool) throws(ChangeRefusal) -> Undo {
        let index = try index(of: change.address)
        let link = links[index]
        switch (change.creation, link.advertiser) {
        case (.mustNotExist, .some):
            throw ChangeRefusal(
                index: 0, problem: .alreadyExists, reason: "the agent already advertises itself at \(change.address)")
        case (.mustExist, nil):
            throw ChangeRefusal(
                index: 0, problem: .notFound, reason: "the agent does not advertise itself at \(change.address)")
        default: break
        }
        let storage = try RowStorage.decide(change.storage, old: link.storage, keepsChanges: keepsChanges)
        guard var configuration = link.advertiser?.configuration ?? link.usual, socket != nil else {
            throw ChangeRefusal(
                index: 0, field: "address", problem: .resourceUnavailable,
                reason: "the agent cannot receive solicitations because it was started without an interface that advertises")
        }
        if let destination = change.destination {
            guard let known = AdvertisementConfiguration.Destination.allCases.first(where: { $0.address == destination }) else {
                throw ChangeRefusal(
                    index: 0, field: "destination", problem: .invalidValue,
                    reason: "\(destination) is invalid; expected 224.0.0.1 or 255.255.255.255")
            }
            configuration.destination = known
        }
        configuration.maximumRegistrationLifetime =
            change.maximumRegistrationLifetime ?? configuration.maximumRegistrationLifetime
        configuration.includesPrefixLength = change.includesPrefixLength ?? configuration.includesPrefixLength
        configuration.maximumInterval = change.maximumInterval ?? configuration.maximumInterval
        configuration.minimumInterval = change.minimumInterval ?? configuration.minimumInterval
        configuration.advertisementLifetime = change.advertisementLifetime ?? configuration.advertisementLifetime
        configuration.onlyOnSolicitation = change.onlyOnSolicitation ?? configuration.onlyOnSolicitation
        if let problem = configuration.problems.first {
            throw ChangeRefusal(index: 0, problem: .inconsistent, reason: problem)
        }
        let undo = Undo(link: index, configuration: link.advertiser?.configuration, storage: link.storage)
        if !isTrial { setAdvertising(index, configuration, storage, at: now) }
        return undo
    }

    func removeAdvertising(at address: IPv4Address, at now: Moment, isTrial: Bool) throws(ChangeRefusal) -> Undo {
        let index = try index(of: address)
        guard let configuration = links[index].advertiser?.configuration else {
            throw ChangeRefusal(index: 0, problem: .notFound, reason: "the agent does not advertise itself at \(address)")
        }
        guard !links[index].isConfigured else {
            throw ChangeRefusal(
                index: 0, problem: .notPermitted,
                reason: "advertising at \(address) is set in the agent's configuration file; remove it there")
        }
        let undo = Undo(link: index, configuration: configuration, storage: links[index].storage)
        if !isTrial { setAdvertising(index, nil, nil, at: now) }
        return undo
    }

    func undo(_ undo: Undo, at now: Moment) {
        let link = links[undo.link]
        guard link.advertiser?.configuration != undo.configuration || link.storage != undo.storage else { return }
        setAdvertising(undo.link, undo.configuration, undo.storage, at: now)
    }

    /// Makes advertisements match what the agent offers, on interfaces with foreign agent service.
    func follow(careOfAddresses: [IPv4Address], registrationRequired: Bool, offersRevocation: Bool, at now: Moment) {
        for index in links.indices {
            guard let before = links[index].advertiser?.configuration, before.foreignAgentService else { continue }
            var configuration = before
            configuration.careOfAddresses = careOfAddresses
            configuration.registrationRequired = registrationRequired
            if offersRevocation {
                configuration.capabilities.insert(.revocation)
            } else {
                configuration.capabilities.remove(.revocation)
            }
            guard configuration != before else { continue }
            setAdvertising(index, configuration, links[index].storage, at: now)
        }
    }

    /// The changes to restore after a restart.
    var keptChanges: [AgentChange] {
        links.compactMap { link in
            guard link.storage == .nonVolatile, let configuration = link.advertiser?.configuration else { return nil }
            return .advertising(
                AdvertisingChange(
                    address: link.address, maximumRegistrationLifetime: configuration.maximumRegistrationLifetime,
                    includesPrefixLength: configuration.includesPrefixLength, destination: configuration.destination.address,
                    maximumInterval: configuration.maximumInterval, minimumInterval: configuration.minimumInterval,
                    advertisementLifetime: configuration.advertisementLifetime,
                    onlyOnSolicitation: configuration.onlyOnSolicitation, storage: .nonVolatile))
        }
    }

    private func index(of address: IPv4Address) throws(ChangeRefusal) -> Int {
        guard let index = links.firstIndex(where: { $0.address == address }) else {
            throw ChangeRefusal(
                index: 0, field: "address", problem: .notFound,
                reason: "\(address) is not on an interface in this agent's configuration")
        }
        return index
    }
}
