import AgentControl
import AgentModel
import ArgumentParser
import JSON
import ManagementCore
import MobileIPv4

/// Selects the agent to change.
struct TargetOptions: ParsableArguments {
    @OptionGroup var source: SourceOptions

    /// An agent that may be meant.
    private struct Candidate: Sendable {
        let name: String
        /// What distinguishes it from others of its name; nil if names are unique.
        let path: String?
        /// The roles it plays; nil if it did not answer.
        let roles: [AgentRole]?
        /// Why it did not answer.
        var problem: String?
        let target: any ChangeTarget
    }

    /// The agent to change: the one that `--agent` names, the only one there is, or the only one that the change can be meant for.
    ///
    /// - Parameter change: nil if any agent can be meant.
    /// - Throws: A usage `CommandFailure` with the names of the agents, if none or several match.
    func target(for change: AgentChange? = nil) async throws -> any ChangeTarget {
        let settings = try source.settings()
        if let url = settings.target.url { return try await target(of: try DaemonSource(settings, url: url), settings, change) }
        if settings.target.snmpHost != nil {
            throw CommandFailure.usage("changes need a control socket or a mip-mibd; give --socket or --url")
        }
        let paths = try source.sockets(settings)
        func candidate(_ agent: LocalAgents.Agent) -> Candidate {
            Candidate(
                name: agent.name, path: agent.path, roles: agent.information?.roles,
                problem: agent.problem?.sentence(about: agent.path),
                target: SocketTarget(path: agent.path, timeout: settings.socketTimeout))
        }
        // A single agent need not be asked who it is.
        if paths.count == 1, settings.agents.isEmpty { return SocketTarget(path: paths[0], timeout: settings.socketTimeout) }
        let all = await LocalAgents(paths: paths, timeout: settings.socketTimeout).all()
        guard settings.agents.isEmpty else {
            return try Self.only(try LocalAgents.named(settings.agents, among: all).map(candidate), settings.agents)
        }
        // Nothing can be changed where no program listens.
        let running = all.filter { !$0.isGone }
        if running.isEmpty, let problem = all.first?.problem {
            throw CommandFailure.unreachable(problem.sentence(about: all[0].path))
        }
        return try await Self.choose(change, among: (change?.role == nil ? all : running).map(candidate))
    }

    private func target(
        of daemon: DaemonSource, _ settings: Settings, _ change: AgentChange?
    ) async throws -> any ChangeTarget {
        let rows: [Row]
        do {
            rows = try await daemon.status()
        } catch let failure as CommandFailure {
            // The change itself reports what is wrong, in words about the change.
            guard settings.agents.count == 1 else { throw failure }
            return DaemonTarget(daemon: daemon, agent: settings.agents[0])
        }
        let chosen = try daemon.chosen(among: rows)
        let candidates = rows.filter { chosen?.contains($0.text("agent") ?? "") ?? true }.map { row in
            let name = row.text("agent") ?? ""
            return Candidate(
                name: name, path: nil, roles: (row.member(at: "information.roles")?.array ?? []).compactMap(Self.role),
                target: DaemonTarget(daemon: daemon, agent: name))
        }
        guard !candidates.isEmpty else { throw CommandFailure.usage("no agent to change; the management daemon has none") }
        return settings.agents.isEmpty
            ? try await Self.choose(change, among: candidates) : try Self.only(candidates, settings.agents)
    }

    private static func role(_ value: JSONValue) -> AgentRole? { value.text.flatMap(AgentRole.init) }

    /// The only candidate that plays the role of the change, or the only one that has the row to change.
    private static func choose(_ change: AgentChange?, among all: [Candidate]) async throws -> any ChangeTarget {
        guard let role = change?.role, all.count > 1 else { return try only(all, []) }
        if let (home, care) = change?.registration { return try await holder(of: home, at: care, among: all) }
        // One that did not answer may play the role.
        var candidates = all.filter { $0.roles?.contains(role) ?? true }
        if candidates.isEmpty, let role = change?.otherRole { candidates = all.filter { $0.roles?.contains(role) ?? false } }
        if candidates.isEmpty { throw CommandFailure.usage("this change needs a \(role.words); the agents are \(names(all))") }
        return try only(candidates, [])
    }

    /// The only home agent that has a binding of a home address, otherwise the only foreign agent that has a visit of it.
    private static func holder(
        of home: IPv4Address, at careOf: IPv4Address?, among all: [Candidate]
    ) async throws -> any ChangeTarget {
        func mayPlay(_ candidate: Candidate, _ kind: RegistrationKind) -> Bool {
            candidate.roles?.contains(kind.role) ?? true
        }
        let candidates = all.filter { candidate in RegistrationKind.allCases.contains { mayPlay(candidate, $0) } }
        if candidates.isEmpty {
            throw CommandFailure.usage("this change needs a home agent or a foreign agent; the agents are \(names(all))")
        }
        guard candidates.count > 1 else { return try only(candidates, []) }
        // It may have the registration as well; asking it again would only take as long again.
        if let problem = candidates.compactMap(\.problem).first { throw CommandFailure.unreachable(problem) }
        for kind in RegistrationKind.allCases {
            var holders: [Candidate] = []
            for candidate in candidates where mayPlay(candidate, kind) {
                if try await candidate.target.has(kind, of: home, at: careOf) { holders.append(candidate) }
            }
            if !holders.isEmpty { return try only(holders, []) }
        }
        throw CommandFailure(
            message: "there is no binding or visit for home address \(home) at \(names(candidates))", status: 1)
    }

    private static func only(_ candidates: [Candidate], _ wanted: [String]) throws -> any ChangeTarget {
        if let only = candidates.first, candidates.count == 1 { return only.target }
        let names = candidates.map(\.name)
        if let name = names.first, names.allSatisfy({ $0 == name }) {
            let paths = candidates.compactMap(\.path).joined(separator: ", ")
            throw CommandFailure.usage("several agents are named '\(name)': \(paths). Choose one with --socket PATH")
        }
        if wanted.count > 1 { throw CommandFailure.usage("a change is made at one agent; give --agent once") }
        let isDistinct = Set(names).count == names.count
        throw CommandFailure.usage(
            "several agents: \(Self.names(candidates)). Choose one with --agent NAME" + (isDistinct ? "" : " or --socket PATH"))
    }

    private static func names(_ candidates: [Candidate]) -> String { candidates.map(\.name).joined(separator: ", ") }
}

extension AgentChange {
    /// The role without which an agent has nothing that the change is about; nil if any agent can make it.
    fileprivate var role: AgentRole? {
        switch self {
        // Or a foreign agent, which has visits (`holder`).
        case .endBinding: .homeAgent
        case .revoke(let order): order.homeAgent == nil ? .homeAgent : .foreignAgent
        case .notify(let order): order.to == .homeAgent ? .foreignAgent : .homeAgent
        case .addCareOfAddress, .removeCareOfAddress, .foreignAgent: .foreignAgent
        case .addHomeAgent, .removeHomeAgent: .mobileNode
        case .drain, .endDrain: .homeAgent
        case .enabled, .association, .removeAssociation, .advertising, .removeAdvertising, .limits, .signalling, .discovery: nil
        }
    }

    /// A role with which an agent can make the change as well, if none has the first.
    fileprivate var otherRole: AgentRole? {
        switch self {
        case .revoke(let order): order.homeAgent == nil ? .foreignAgent : .homeAgent
        case .notify(let order): order.to == .mobileNode ? .foreignAgent : .mobileNode
        default: nil
        }
    }

    /// The home address whose registrations the change ends, and their care-of address if that is given; nil for a change of another
    /// kind and for one of several home addresses.
    fileprivate var registration: (homeAddress: IPv4Address, careOfAddress: IPv4Address?)? {
        switch self {
        case .endBinding(let homeAddress, let careOfAddress):
            return (homeAddress: homeAddress, careOfAddress: careOfAddress)
        case .revoke(let order):
            guard let prefix = order.homeAddresses, prefix.length == 32 else { return nil }
            return (homeAddress: prefix.network, careOfAddress: order.careOfAddress)
        default: return nil
        }
    }
}

extension AgentRole {
    fileprivate var words: String {
        switch self {
        case .homeAgent: "home agent"
        case .foreignAgent: "foreign agent"
        case .mobileNode: "mobile node"
        }
    }
}
