import AgentModel
import MobileIPv4

/// Adding, changing and removing security associations while the agent runs.
extension MobilityAgent {
    /// The limit on associations; beyond it operators cannot add any.
    private static let limit = 1_000_000

    mutating func apply(_ change: SecurityAssociationChange, _ effects: inout AgentEffects) throws(ChangeRefusal) -> AgentUndo {
        let key = SecurityAssociationKey(peer: change.peer, spi: change.spi)
        let old = shared.associations.find(key)
        let name = "\(change.peer) with SPI \(change.spi)"
        switch (change.creation, old) {
        case (.mustNotExist, .some):
            throw ChangeRefusal(index: 0, problem: .alreadyExists, reason: "an association with \(name) already exists")
        case (.mustExist, nil):
            throw ChangeRefusal(index: 0, problem: .notFound, reason: "there is no association with \(name)")
        default: break
        }
        if let old, old.secret == nil { throw Self.isConfigured("the association with \(name)") }
        guard let secret = change.key ?? old?.secret else {
            throw ChangeRefusal(
                index: 0, field: "key", problem: .inconsistent, reason: "a new association needs a key of at least one byte")
        }
        let usual = old?.configured.association
        let storage = try RowStorage.decide(change.storage, old: usual?.storage, keepsChanges: configuration.keepsChanges)
        let new = SecurityAssociation(
            peer: change.peer, peerRole: change.peerRole ?? usual?.peerRole ?? .mobileNode, spi: change.spi,
            algorithm: change.algorithm ?? usual?.algorithm ?? .hmacMD5,
            replayMethod: change.replayMethod ?? usual?.replayMethod ?? .timestamps,
            replayTolerance: change.replayTolerance ?? usual?.replayTolerance ?? 7,
            storage: storage)
        guard old != nil || shared.associations.count < Self.limit else {
            throw ChangeRefusal(
                index: 0, problem: .resourceUnavailable, reason: "the limit of \(Self.limit) associations is reached")
        }
        let configured = ConfiguredSecurityAssociation(
            association: new, key: secret.withOctets { AuthenticationKey(octets: $0) })
        if let problem = configured.problems(at: "association").first {
            let field = problem.path.split(separator: ".").last.map(String.init)
            throw ChangeRefusal(
                index: 0, field: field, problem: .invalidValue,
                reason: "'\(problem.value)' is invalid; expected \(problem.expected)"
            )
        }
        let role = configured.ownRole(hasHomeAgent: homeAgent != nil)
        guard role == .homeAgent ? homeAgent != nil : foreignAgent != nil else {
            throw ChangeRefusal(
                index: 0, field: "peerRole", problem: .inconsistent,
                reason: "peer role \(new.peerRole.rawValue) requires the role \(role.rawValue), which this agent does not have")
        }
        put(configured, secret, &effects)
        return AgentUndo { agent, _, effects in
            if let old {
                agent.put(old.configured, old.secret, &effects)
            } else {
                agent.drop(key, &effects)
            }
        }
    }

    mutating func remove(_ key: SecurityAssociationKey, _ effects: inout AgentEffects) throws(ChangeRefusal) -> AgentUndo {
        let name = "\(key.peer) with SPI \(key.spi)"
        guard let old = shared.associations.find(key) else {
            throw ChangeRefusal(index: 0, problem: .notFound, reason: "there is no association with \(name)")
        }
        guard let secret = old.secret else { throw Self.isConfigured("the association with \(name)") }
        drop(key, &effects)
        return AgentUndo { agent, _, effects in agent.put(old.configured, secret, &effects) }
    }

    static func isConfigured(_ what: String) -> ChangeRefusal {
        ChangeRefusal(
            index: 0, problem: .notPermitted, reason: "\(what) is from the agent's configuration file; change it there")
    }

    private mutating func put(
        _ configured: ConfiguredSecurityAssociation, _ secret: SecretOctets?, _ effects: inout AgentEffects
    ) {
        forget(configured.association.key)
        let entered = shared.associations.put(configured, secret: secret)
        switch (entered.ownRole(hasHomeAgent: homeAgent != nil), entered.association.peerRole) {
        case (.homeAgent, .mobileNode): homeAgent?.mobileNodeAssociations.add(entered)
        case (.homeAgent, _): homeAgent?.foreignAgentAssociations.add(entered)
        case (_, .mobileNode): foreignAgent?.mobileNodeAssociations.add(entered)
        default: foreignAgent?.homeAgentAssociations.add(entered)
        }
        homeAgent?.drain?.lookAgain()
        effects.changes.append(.association(entered.association))
    }

    private mutating func drop(_ key: SecurityAssociationKey, _ effects: inout AgentEffects) {
        forget(key)
        shared.associations.remove(key)
        homeAgent?.drain?.lookAgain()
        effects.changes.append(.associationRemoved(key))
    }

    /// Removes the association from the directory that holds it.
    private mutating func forget(_ key: SecurityAssociationKey) {
        guard let old = shared.associations.find(key)?.configured else { return }
        switch (old.ownRole(hasHomeAgent: homeAgent != nil), old.association.peerRole) {
        case (.homeAgent, .mobileNode): homeAgent?.mobileNodeAssociations.remove(key)
        case (.homeAgent, _): homeAgent?.foreignAgentAssociations.remove(key)
        case (_, .mobileNode): foreignAgent?.mobileNodeAssociations.remove(key)
        default: foreignAgent?.homeAgentAssociations.remove(key)
        }
    }
}
