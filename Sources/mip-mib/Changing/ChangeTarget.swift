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
    /// Ends all registrations that an order is about, or only lets the agent count them. Returns how many, at least 1.
    func revoke(_ order: RevocationOrder, validate: Bool) async throws -> Int
    /// Sends texts, or only lets them be checked. At a control socket, all or none of them are sent.
    func send(_ orders: [NotificationOrder], validate: Bool) async throws
    /// The notifications that the agent has sent or is to send, with a number greater than this one.
    func deliveries(after number: UInt32) async throws -> [Delivery]
    func undo(_ token: String) async throws
    /// Whether the agent keeps changes over a restart; false too for an agent that does not report it, nil if it cannot be asked.
    func keepsChanges() async -> Bool?
    /// The home agent's drain, and how many bindings it still has; nil while it does not drain.
    func drain() async throws -> DrainProgress?
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

    func revoke(_ order: RevocationOrder, validate: Bool) async throws -> Int {
        try await perform { try await $0.apply([.revoke(order)], validate: validate) }.ended ?? 0
    }

    func send(_ orders: [NotificationOrder], validate: Bool) async throws {
        _ = try await perform { try await $0.apply(orders.map(AgentChange.notify), validate: validate) }
    }

    func deliveries(after number: UInt32) async throws -> [Delivery] {
        let found = Mutex<[Delivery]>([])
        do {
            let agent = AgentCommands(socketPath: path, limit: timeout)
            try await agent.pages(name: LocalAgents.alias(of: path), topics: [.exchanges]) { page in
                let deliveries = page.exchanges.compactMap { Delivery($0.row) }.filter { $0.number > number }
                found.withLock { $0 += deliveries }
                return true
            }
        } catch {
            throw CommandFailure.unreachable(error.sentence(about: path))
        }
        return found.withLock { $0 }
    }

    func undo(_ token: String) async throws { try await perform { try await $0.undo(token) } }

    func drain() async throws -> DrainProgress? {
        try await perform { try await $0.information() }.information.drain.map { DrainProgress($0) }
    }

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
                    || page.visitors.contains {
                        $0.row.state == .accepted && isWanted($0.row.homeAddress, $0.row.careOfAddress)
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

    func revoke(_ order: RevocationOrder, validate: Bool) async throws -> Int {
        let members: [(String, String?)] = [
            ("agent", agent), ("homeAddress", order.homeAddresses.map { "\($0)" }), ("nai", order.nai?.value),
            ("careOfAddress", order.careOfAddress.map { "\($0)" }), ("homeAgent", order.homeAgent.map { "\($0)" }),
            ("all", order == RevocationOrder(role: order.role, text: order.text) ? "true" : nil),
            ("text", order.text.isEmpty ? nil : order.text),
        ]
        let query = members.compactMap { name, value in value.map { "\(name)=\(DaemonSource.escaped($0))" } }
            .joined(separator: "&")
        // An agent with both roles has bindings and visits, and the API ends them one after the other: what is refused should be refused
        // before anything ends.
        if order.role == nil, !validate { _ = try await revoke(order, validate: true) }
        var ended = 0
        var missing: CommandFailure?
        for kind in RegistrationKind.allCases where (order.role ?? kind.role) == kind.role {
            do {
                ended += try await daemon.end("\(kind.list.resource)?\(query)", validate: validate)
            } catch let failure as CommandFailure {
                guard failure.status == 1 else { throw validate ? failure : failure.after(ended, .binding, "the visits") }
                missing = failure
            }
        }
        if ended == 0, let missing { throw missing }
        return ended
    }

    func send(_ orders: [NotificationOrder], validate: Bool) async throws {
        // The API takes one at a time: what is refused should be refused before anything is sent.
        if orders.count > 1, !validate { try await send(orders, validate: true) }
        for order in orders { _ = try await apply(.notify(order), validate: validate) }
    }

    func deliveries(after number: UInt32) async throws -> [Delivery] {
        let collected = CollectedRows()
        let condition = RowCondition(path: "agent", comparison: .equal, operand: agent)
        _ = try await daemon.read(.exchanges, where: [condition]) { rows in
            collected.append(rows.filter { $0.text("agent") == agent })
        }
        return collected.rows.compactMap { Delivery($0) }.filter { $0.number > number }
    }

    func undo(_ token: String) async throws {
        throw CommandFailure.usage("a change can be undone only at the agent's control socket; give --socket")
    }

    func drain() async throws -> DrainProgress? {
        let collected = CollectedRows()
        let condition = RowCondition(path: "agent", comparison: .equal, operand: agent)
        _ = try await daemon.read(DrainProgress.list, where: [condition]) { rows in
            collected.append(rows.filter { $0.text("agent") == agent })
        }
        return collected.rows.first.flatMap { DrainProgress($0) }
    }

    func keepsChanges() async -> Bool? {
        let row = try? await daemon.status().first { $0.text("agent") == agent }
        return row?.member(at: "information.keepsChanges").map(\.isTrue)
    }

    func has(_ kind: RegistrationKind, of homeAddress: IPv4Address, at careOfAddress: IPv4Address?) async throws -> Bool {
        try await !registrations(kind, of: homeAddress, at: careOfAddress).isEmpty
    }

    /// Ends the bindings and the visits of a home address; an error if there are none.
    private func end(
        _ home: IPv4Address, at careOf: IPv4Address?, validate: Bool
    ) async throws -> (count: Int, kind: RegistrationKind?) {
        var found: [(kind: RegistrationKind, row: Row)] = []
        for kind in RegistrationKind.allCases {
            found += try await registrations(kind, of: home, at: careOf).map { (kind: kind, row: $0) }
        }
        guard !found.isEmpty else {
            throw CommandFailure(message: "'\(agent)' has no binding or visit of \(home)", status: 1)
        }
        // One request ends the binding and all visits of the home address at a care-of address.
        var ended: Set<String> = []
        for (kind, row) in found {
            let careOfAddress = row.text("careOfAddress") ?? ""
            guard !ended.contains(careOfAddress) else { continue }
            do {
                try await daemon.change(.delete, path(kind, row), nil, validate: validate)
            } catch let failure as CommandFailure {
                let count = validate ? 0 : found.count { ended.contains($0.row.text("careOfAddress") ?? "") }
                throw failure.after(count, nil, "the others")
            }
            ended.insert(careOfAddress)
        }
        let kinds = Set(found.map { $0.kind })
        return (found.count, kinds.count == 1 ? kinds.first : nil)
    }

    /// The bindings or visits of a home address, with this care-of address if one is given.
    private func registrations(
        _ kind: RegistrationKind, of home: IPv4Address, at careOf: IPv4Address?
    ) async throws -> [Row] {
        let collected = CollectedRows()
        let wanted: [(String, String?)] = [
            ("homeAddress", "\(home)"), ("agent", agent), ("careOfAddress", careOf.map { "\($0)" }),
            // A request that waits for its first reply is no visit yet.
            ("state", kind == .visit ? VisitorState.accepted.rawValue : nil),
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
        case .notify(let order):
            let members: [(String, String?)] = [
                ("text", order.text), ("to", order.to.rawValue), ("homeAddresses", order.homeAddresses.map { "\($0)" }),
                ("nai", order.nai?.value),
            ]
            var body = Row(members.compactMap { name, value in value.map { (name, .string($0)) } })
            body["agent"] = .string(agent)
            body["acknowledged"] = .bool(order.acknowledged)
            return (.post, "exchanges", body)
        case .drain(let order):
            var body = Row([("homeAgents", .array(order.homeAgents.map { .string("\($0)") }))])
            if !order.text.isEmpty { body["text"] = .string(order.text) }
            return (.put, "drain/\(name)", body)
        case .endDrain: return (.delete, "drain/\(name)", nil)
        default: throw CommandFailure.usage("this change needs the agent's control socket; give --socket")
        }
    }

    private static func path(_ key: SecurityAssociationKey, _ agent: String) -> String {
        "associations/\(agent)/\(DaemonSource.escaped("\(key.peer)"))/\(key.spi.rawValue)"
    }
}

extension CommandFailure {
    /// The failure of the rest of a change, after a part of it was made.
    ///
    /// - Parameters:
    ///   - ended: How many registrations ended, and of what kind; nil for some of each. With 0, the failure is that of the whole change.
    ///   - rest: What the failure is about.
    fileprivate func after(_ ended: Int, _ kind: RegistrationKind?, _ rest: String) -> CommandFailure {
        guard ended > 0 else { return self }
        return CommandFailure(
            message: "\(RegistrationKind.counted(ended, kind)) ended, but this failed for \(rest): \(message)",
            status: status, daemon: daemon)
    }
}
