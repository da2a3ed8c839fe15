import AgentControl
import AgentModel
import JSON
import ManagementCore
import MobileIPv4
import Synchronization

/// Makes changes: an agent at its control socket, or a management daemon that passes them on.
///
/// Every method throws `CommandFailure`: status 1 if the object to change does not exist, 3 if the target cannot be reached, 4 if the
/// change is refused.
protocol ChangeTarget: Sendable {
    /// Makes one change, or only lets it be checked. Returns the command that undoes it, if it can be undone.
    func apply(_ change: AgentChange, validate: Bool) async throws -> String?
    /// Ends the bindings and visits of a home address. Returns how many were ended, and what they were; nil for some of each.
    func revoke(
        homeAddress: IPv4Address, careOfAddress: IPv4Address?
    ) async throws -> (count: Int, kind: RegistrationKind?)
    func undo(_ token: String) async throws
    /// Whether the agent keeps changes over a restart; false too for an agent that does not report it, nil if it cannot be asked.
    func keepsChanges() async -> Bool?
    /// Whether the agent has a binding or a visit of a home address, with this care-of address if one is given.
    func has(_ kind: RegistrationKind, of homeAddress: IPv4Address, at careOfAddress: IPv4Address?) async throws -> Bool
}

/// An agent at its control socket.
struct SocketTarget: ChangeTarget {
    let path: String
    /// How long the agent may send nothing before the call fails.
    let timeout: Duration

    func apply(_ change: AgentChange, validate: Bool) async throws -> String? {
        let token = try await perform { try await $0.apply([change], validate: validate) }.undo
        return token.map { "mip-mib undo \(Self.quoted($0)) --socket \(Self.quoted(path))" }
    }

    /// The text as one word of a shell.
    private static func quoted(_ text: String) -> String {
        let isPlain =
            !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "/._-+:@%,".utf8.contains(byte)
                }
            }
        return isPlain ? text : "'" + text.replacing("'", with: "'\\''") + "'"
    }

    func revoke(
        homeAddress: IPv4Address, careOfAddress: IPv4Address?
    ) async throws -> (count: Int, kind: RegistrationKind?) {
        let roles = try await perform { try await $0.information() }.information.roles
        let possible = RegistrationKind.allCases.filter { roles.contains($0.role) }
        var kinds = possible.count > 1 ? [] : possible
        if possible.count > 1 {
            for kind in possible where try await has(kind, of: homeAddress, at: careOfAddress) { kinds.append(kind) }
        }
        let ended = try await perform { try await $0.revokeBinding(homeAddress: homeAddress, careOfAddress: careOfAddress) }
        return (ended, kinds.count == 1 ? kinds[0] : nil)
    }

    func undo(_ token: String) async throws { try await perform { try await $0.undo(token) } }

    func keepsChanges() async -> Bool? { try? await perform { try await $0.information() }.information.keepsChanges }

    func has(_ kind: RegistrationKind, of homeAddress: IPv4Address, at careOfAddress: IPv4Address?) async throws -> Bool {
        @Sendable func isWanted(_ home: IPv4Address, _ careOf: IPv4Address) -> Bool {
            home == homeAddress && (careOfAddress == nil || careOf == careOfAddress)
        }
        let found = Mutex(false)
        do {
            let agent = AgentCommands(socketPath: path, limit: timeout)
            try await agent.pages(
                name: LocalAgents.alias(of: path), topics: [kind.topic],
                matching: RowFilter(homeAddresses: IPv4Prefix(host: homeAddress))
            ) { page in
                let isHere =
                    page.bindings.contains { isWanted($0.row.homeAddress, $0.row.careOfAddress) }
                    || page.visitors.contains { isWanted($0.row.homeAddress, $0.row.careOfAddress) }
                if isHere { found.withLock { $0 = true } }
                return !isHere
            }
        } catch {
            throw CommandFailure.unreachable(error.sentence(about: path))
        }
        return found.withLock { $0 }
    }

    private func perform<R: Sendable>(
        _ body: @escaping @Sendable (AgentControlClient.Calls) async throws -> R
    ) async throws -> R {
        do {
            return try await AgentCommands(socketPath: path, limit: timeout).run(body)
        } catch {
            switch error {
            case .bindingNotFound: throw CommandFailure(message: error.description, status: 1)
            case .changeRefused(let refusal) where refusal.problem == .notFound:
                throw CommandFailure(message: "the agent found nothing to change: \(refusal.reason)", status: 1)
            case .changeRefused(let refusal):
                throw CommandFailure.refused(
                    "the agent refused" + (refusal.field.map { " \($0)" } ?? "") + ": \(refusal.reason)")
            case .refused: throw CommandFailure.refused(error.description)
            default: throw CommandFailure.unreachable(error.sentence(about: path))
            }
        }
    }
}

/// An agent of a management daemon.
struct DaemonTarget: ChangeTarget {
    let daemon: DaemonSource
    /// The agent's name in the daemon.
    let agent: String

    func apply(_ change: AgentChange, validate: Bool) async throws -> String? {
        if case .endBinding(let home, let care) = change {
            _ = try await end(home, at: care, validate: validate)
            return nil
        }
        let request = try Self.request(change, agent: agent)
        try await daemon.change(request.method, request.path, request.body, validate: validate)
        return nil
    }

    func revoke(
        homeAddress: IPv4Address, careOfAddress: IPv4Address?
    ) async throws -> (count: Int, kind: RegistrationKind?) {
        try await end(homeAddress, at: careOfAddress, validate: false)
    }

    func undo(_ token: String) async throws {
        throw CommandFailure.usage("a change can be undone only at the agent's control socket; give --socket")
    }

    func keepsChanges() async -> Bool? {
        let row = try? await daemon.status().first { $0.text("agent") == agent }
        return row?.member(at: "information.keepsChanges").map(\.isTrue)
    }

    func has(_ kind: RegistrationKind, of homeAddress: IPv4Address, at careOfAddress: IPv4Address?) async throws -> Bool {
        try await !registrations(kind, of: homeAddress, at: careOfAddress).isEmpty
    }

    /// Ends the bindings of a home address, otherwise its visits; an error if there are none. An agent with both ends both.
    private func end(
        _ home: IPv4Address, at careOf: IPv4Address?, validate: Bool
    ) async throws -> (count: Int, kind: RegistrationKind?) {
        for kind in RegistrationKind.allCases {
            let found = try await registrations(kind, of: home, at: careOf)
            guard !found.isEmpty else { continue }
            // One request ends all visits of the home address at a care-of address.
            var ended: Set<String> = []
            for row in found where ended.insert(row.text("careOfAddress") ?? "").inserted {
                try await daemon.change(.delete, path(kind, row), nil, validate: validate)
            }
            return (found.count, kind)
        }
        throw CommandFailure(message: "'\(agent)' has no binding or visit of \(home)", status: 1)
    }

    /// The bindings or visits of a home address, with this care-of address if one is given.
    private func registrations(
        _ kind: RegistrationKind, of home: IPv4Address, at careOf: IPv4Address?
    ) async throws -> [Row] {
        let collected = CollectedRows()
        let wanted: [(String, String?)] = [
            ("homeAddress", "\(home)"), ("agent", agent), ("careOfAddress", careOf.map { "\($0)" }),
        ]
        let conditions = wanted.compactMap { path, operand in
            operand.map { RowCondition(path: path, comparison: .equal, operand: $0) }
        }
        _ = try await daemon.read(kind.list, where: conditions) { rows in
            collected.append(rows.filter { row in conditions.allSatisfy { $0.holds(for: row) } })
        }
        return collected.rows
    }

    /// The path of a binding's or visit's row after `/v1/`.
    private func path(_ kind: RegistrationKind, _ row: Row) -> String {
        let key =
            switch kind {
            case .binding: AgentTables.bindings.keyMembers
            case .visit: AgentTables.visitors.keyMembers
            }
        let parts = [agent] + key.map { row.text($0) ?? AgentTables.absent }
        return ([kind.list.resource] + parts.map(DaemonSource.escaped)).joined(separator: "/")
    }

    // MARK: - Changes as HTTP requests

    private static func request(
        _ change: AgentChange, agent: String
    ) throws -> (method: DaemonSource.Method, path: String, body: Row?) {
        let name = DaemonSource.escaped(agent)
        switch change {
        case .enabled(let enabled): return (.patch, "settings/\(name)", Row([("enabled", .bool(enabled))]))
        case .association(let change):
            var body = Row(
                [
                    ("peerRole", change.peerRole?.rawValue), ("algorithm", change.algorithm?.rawValue),
                    ("replayMethod", change.replayMethod?.rawValue), ("storage", change.storage?.rawValue),
                    ("key", change.key?.hexadecimal),
                ].compactMap { name, value in value.map { (name, .string($0)) } })
            if let tolerance = change.replayTolerance { body["replayTolerance"] = JSONValue(tolerance) }
            guard change.creation == .mustNotExist else {
                return (.patch, path(SecurityAssociationKey(peer: change.peer, spi: change.spi), name), body)
            }
            body["agent"] = .string(agent)
            body["peer"] = .string("\(change.peer)")
            body["spi"] = JSONValue(change.spi.rawValue)
            return (.post, "associations", body)
        case .removeAssociation(let key): return (.delete, path(key, name), nil)
        case .advertising(let change):
            let numbers = [
                ("maximumRegistrationLifetime", change.maximumRegistrationLifetime.map(Int.init)),
                ("maximumInterval", change.maximumInterval), ("minimumInterval", change.minimumInterval),
                ("advertisementLifetime", change.advertisementLifetime.map(Int.init)),
            ]
            let truths = [
                ("onlyOnSolicitation", change.onlyOnSolicitation), ("includesPrefixLength", change.includesPrefixLength),
            ]
            let members =
                numbers.compactMap { name, value in value.map { (name, JSONValue($0)) } }
                + truths.compactMap { name, value in value.map { (name, JSONValue.bool($0)) } }
            return (.patch, "advertisements/\(name)/\(change.address)", Row(members))
        case .addCareOfAddress(let address):
            return (.post, "care-of-addresses", Row([("agent", .string(agent)), ("address", .string("\(address)"))]))
        case .removeCareOfAddress(let address): return (.delete, "care-of-addresses/\(name)/\(address)", nil)
        default: throw CommandFailure.usage("this change needs the agent's control socket; give --socket")
        }
    }

    private static func path(_ key: SecurityAssociationKey, _ agent: String) -> String {
        "associations/\(agent)/\(DaemonSource.escaped("\(key.peer)"))/\(key.spi.rawValue)"
    }
}
