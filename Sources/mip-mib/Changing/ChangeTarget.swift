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
    /// Ends the bindings of a home address. Returns how many were ended.
    func revoke(homeAddress: IPv4Address, careOfAddress: IPv4Address?) async throws -> Int
    func undo(_ token: String) async throws
    /// Whether the agent keeps changes over a restart; false too for an agent that does not report it, nil if it cannot be asked.
    func keepsChanges() async -> Bool?
    /// Whether the agent has a binding of a home address, with this care-of address if one is given.
    func hasBinding(of homeAddress: IPv4Address, at careOfAddress: IPv4Address?) async throws -> Bool
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

    func revoke(homeAddress: IPv4Address, careOfAddress: IPv4Address?) async throws -> Int {
        try await perform { try await $0.revokeBinding(homeAddress: homeAddress, careOfAddress: careOfAddress) }
    }

    func undo(_ token: String) async throws { try await perform { try await $0.undo(token) } }

    func keepsChanges() async -> Bool? { try? await perform { try await $0.information() }.information.keepsChanges }

    func hasBinding(of homeAddress: IPv4Address, at careOfAddress: IPv4Address?) async throws -> Bool {
        let found = Mutex(false)
        do {
            let agent = AgentCommands(socketPath: path, limit: timeout)
            try await agent.pages(
                name: LocalAgents.alias(of: path), topics: [.bindings],
                matching: RowFilter(homeAddresses: IPv4Prefix(host: homeAddress))
            ) { page in
                let isHere = page.bindings.contains { entry in
                    entry.row.homeAddress == homeAddress && (careOfAddress == nil || entry.row.careOfAddress == careOfAddress)
                }
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
        let request = try Self.request(change, agent: agent)
        if case .endBinding(let home, let care) = change, care == nil {
            for address in try await careOfAddresses(home) {
                let one = try Self.request(.endBinding(homeAddress: home, careOfAddress: address), agent: agent)
                try await daemon.change(one.method, one.path, nil, validate: validate)
            }
            return nil
        }
        try await daemon.change(request.method, request.path, request.body, validate: validate)
        return nil
    }

    func revoke(homeAddress: IPv4Address, careOfAddress: IPv4Address?) async throws -> Int {
        let addresses = if let careOfAddress { [careOfAddress] } else { try await careOfAddresses(homeAddress) }
        for address in addresses {
            _ = try await apply(.endBinding(homeAddress: homeAddress, careOfAddress: address), validate: false)
        }
        return addresses.count
    }

    func undo(_ token: String) async throws {
        throw CommandFailure.usage("a change can be undone only at the agent's control socket; give --socket")
    }

    func keepsChanges() async -> Bool? {
        let row = try? await daemon.status().first { $0.text("agent") == agent }
        return row?.member(at: "information.keepsChanges").map(\.isTrue)
    }

    func hasBinding(of homeAddress: IPv4Address, at careOfAddress: IPv4Address?) async throws -> Bool {
        let addresses = try await bindings(homeAddress)
        return careOfAddress.map(addresses.contains) ?? !addresses.isEmpty
    }

    /// The care-of addresses of a home address's bindings; an error if there are none.
    private func careOfAddresses(_ home: IPv4Address) async throws -> [IPv4Address] {
        let addresses = try await bindings(home)
        if addresses.isEmpty { throw CommandFailure(message: "'\(agent)' has no binding of \(home)", status: 1) }
        return addresses
    }

    /// The care-of addresses of a home address's bindings.
    private func bindings(_ home: IPv4Address) async throws -> [IPv4Address] {
        let collected = CollectedRows()
        let conditions = [("homeAddress", "\(home)"), ("agent", agent)].map {
            RowCondition(path: $0, comparison: .equal, operand: $1)
        }
        _ = try await daemon.read(.bindings, where: conditions) { rows in
            collected.append(rows.filter { row in conditions.allSatisfy { $0.holds(for: row) } })
        }
        return collected.rows.compactMap { $0.text("careOfAddress").flatMap(IPv4Address.init) }
    }

    // MARK: - Changes as HTTP requests

    private static func request(
        _ change: AgentChange, agent: String
    ) throws -> (method: DaemonSource.Method, path: String, body: Row?) {
        let name = DaemonSource.escaped(agent)
        switch change {
        case .enabled(let enabled): return (.patch, "settings/\(name)", Row([("enabled", .bool(enabled))]))
        case .endBinding(let home, let care):
            return (.delete, "bindings/\(name)/\(home)/\(care.map { "\($0)" } ?? "")", nil)
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
