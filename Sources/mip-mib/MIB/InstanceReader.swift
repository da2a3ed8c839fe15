import AgentControl
import AgentModel
import MIPMIB
import ManagementCore
import MobileIPv4
import SNMPClient

/// A provider of MIB object instances: an SNMP agent, or the MIB computed from an agent's control socket.
protocol InstanceReader {
    /// The instances with exactly these names; a missing instance has an exception as its value.
    mutating func get(_ names: [[UInt32]]) throws -> [VariableBinding]
    /// Passes every instance below `root` to `receive`, in the order of names, until `receive` returns false.
    mutating func walk(_ root: [UInt32], _ receive: (VariableBinding) -> Bool) throws
}

/// The MIB computed from a snapshot of one agent on this machine.
struct LocalInstances: InstanceReader {
    private let mib = MIPMIB()
    private let view: MIBView

    /// - Throws: `CommandFailure` when the agent cannot be reached.
    init(socketPath: String, timeout: Duration) async throws {
        let state: AgentState
        do {
            state = try await AgentCommands(socketPath: socketPath, limit: timeout).state(
                name: LocalAgents.alias(of: socketPath), topics: Set(ControlTopic.allCases).subtracting([.events]))
        } catch {
            throw CommandFailure.unreachable(error.sentence(about: socketPath))
        }
        let name = state.information?.name ?? state.name
        if let note = state.health.faults.sentence(from: name, state.information, at: socketPath) { StandardError.write(note) }
        // Without a master, times count from the start of the agent.
        view = MIBView(state: state, masterStart: state.information?.startTime)
    }

    func get(_ names: [[UInt32]]) -> [VariableBinding] { names.map { VariableBinding($0, value(of: $0)) } }

    private func value(of name: [UInt32]) -> SNMPValue {
        let oid = name.map { UInt($0) }
        switch mib.get(oid.span, in: view) {
        case .value(let value): return SNMPValue(value)
        case .noSuchInstance: return .noSuchInstance
        case .noSuchObject: return .noSuchObject
        }
    }

    func walk(_ root: [UInt32], _ receive: (VariableBinding) -> Bool) {
        var position = root.map { UInt($0) }
        var name: [UInt] = []
        while let value = mib.next(after: position.span, inclusive: false, in: view, name: &name) {
            let instance = name.map { UInt32(truncatingIfNeeded: $0) }
            guard instance.starts(with: root), receive(VariableBinding(instance, SNMPValue(value))) else { return }
            position = name
        }
    }
}

extension SNMPValue {
    init(_ value: MIBValue) {
        self =
            switch value {
            case .integer(let number): .integer(number)
            case .unsigned(let number), .gauge(let number): .gauge32(number)
            case .counter(let number): .counter32(number)
            case .counter64(let number): .counter64(number)
            case .timeTicks(let number): .timeTicks(number)
            case .ipAddress(let address):
                .ipAddress([address.octets.0, address.octets.1, address.octets.2, address.octets.3])
            case .octets(let octets): .octets(octets)
            }
    }
}

extension Credentials {
    /// The SNMPv3 context; empty for the default one, and for a community.
    fileprivate var context: String {
        if case .user(let user) = self { user.context } else { "" }
    }
}

/// An SNMP agent.
struct RemoteInstances: InstanceReader {
    let session: SNMPSession
    /// Whether what the agent cannot read is not reported on standard error.
    var isQuiet = false
    private let host: String
    private let port: UInt16
    private let credentials: Credentials

    /// - Throws: `CommandFailure` when the host is invalid or the credentials cannot be read.
    init(_ settings: Settings, host: String) throws {
        let (name, port) = try Self.endpoint(host)
        let credentials = try SNMPCredentials.read(settings.credentialsFile)
        self.host = name
        self.port = port
        self.credentials = credentials
        session = try Self.session(name, port, credentials, timeout: .seconds(settings.timeout ?? 3))
    }

    private static func session(
        _ host: String, _ port: UInt16, _ credentials: Credentials, timeout: Duration
    ) throws -> SNMPSession {
        do {
            return try SNMPSession(host: host, port: port, credentials: credentials, timeout: timeout)
        } catch {
            throw CommandFailure.unreachable(error.description)
        }
    }

    /// Requires the agent that answers in this context to be one of these; any will do if there are none.
    ///
    /// - Throws: A usage `CommandFailure` with the agent's name if it is another one.
    func require(_ agents: [String]) throws {
        guard !agents.isEmpty else { return }
        var name = host
        if let node = MIBNames().node(named: "mipExtAgentName"),
            case .octets(let octets)? = try get([node.oid + [0]]).first?.value
        {
            name = String(decoding: octets, as: UTF8.self)
        }
        guard !agents.contains(name), !agents.contains(where: { $0 == credentials.context && !$0.isEmpty }) else { return }
        let remedy =
            switch credentials {
            case .community: "give credentials with the community of that agent, or a user with 'context: NAME'"
            case .user: "give credentials with 'context: NAME'"
            }
        throw CommandFailure.usage(
            "'\(host)' answers for the agent '\(name)'; for another one \(remedy), where NAME is the agent's name")
    }

    func get(_ names: [[UInt32]]) throws -> [VariableBinding] {
        try translatingErrors { try session.get(names) }
    }

    func walk(_ root: [UInt32], _ receive: (VariableBinding) -> Bool) throws {
        try translatingErrors { try session.walk(root, receive) }
    }

    /// Passes the rows formed by these columns, of tables with the same index, to `receive` until it returns false.
    func rows(of columns: [[UInt32]], _ receive: ([UInt32], [SNMPValue?]) -> Bool) throws {
        try translatingErrors { try session.rows(of: columns, receive) }
    }

    private func translatingErrors<R>(_ body: () throws -> R) throws -> R {
        let known = session.failedVariables.count
        defer { report(since: known) }
        do {
            return try body()
        } catch let error as SNMPError {
            switch error {
            case .refused, .notAuthorized: throw CommandFailure.refused(error.description)
            case .timedOut: throw silence(error)
            default: throw CommandFailure.unreachable(error.description)
            }
        }
    }

    /// Names what the agent could not read, because its values would seem not to exist. Each is named once.
    private func report(since known: Int) {
        let earlier = Set(session.failedVariables.prefix(known))
        let failed = session.failedVariables.dropFirst(known).filter { !earlier.contains($0) }
        guard !failed.isEmpty, !isQuiet else { return }
        let rendering = MIBRendering(names: MIBNames())
        var seen: Set<[UInt32]> = []
        let names = failed.filter { seen.insert($0).inserted }.map(rendering.name)
        StandardError.write(
            "'\(host)' cannot read \(names.prefix(5).joined(separator: ", "))"
                + (names.count > 5 ? " and \(names.count - 5) more" : "")
                + " (genErr), so values are missing; see the log of its SNMP agent")
    }

    /// Why an SNMP agent did not answer. Most agents drop a request that they refuse without a word.
    private func silence(_ error: SNMPError) -> CommandFailure {
        let system: [UInt32] = [1, 3, 6, 1, 2, 1, 1]
        let station = SNMPProbe.station(
            host: host, port: port, credentials: credentials, timeout: .seconds(1), object: system)
        switch (station, credentials) {
        case (.unknownUser, .community):
            return .unreachable(
                "'\(host)' answers, but to no request with this community from this address; check the community, and the agent's rules "
                    + "for it")
        case (.unknownUser, .user(let user)): return .refused("'\(host)' does not know the user '\(user.name)'")
        case (.wrongAuthentication, .user(let user)):
            return .refused("the authentication password of '\(user.name)' at '\(host)', or its protocol, is wrong")
        case (.wrongPrivacy, .user(let user)):
            return .refused("the privacy password of '\(user.name)' at '\(host)', or its protocol, is wrong")
        case (.unknownContext, .user(let user)):
            return .refused(
                "'\(host)' answers, but has no context '\(user.context)'; the contexts of mip-mibd are the names of its agents")
        case (.noRights, _): return .refused("'\(host)' accepts the credentials, but gives them no right to read")
        case (.answers, _), (.hiddenView, _):
            return .unreachable(
                "'\(host)' answers other requests, but not this one in time; its subagent may hang: 'mip-mib doctor' finds out, and "
                    + "--timeout waits longer")
        default: return .unreachable(error.description)
        }
    }

    /// Parses `host`, `host:port`, `[2001:db8::1]:161` or a plain IPv6 address.
    static func endpoint(_ text: String) throws -> (host: String, port: UInt16) {
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
            let host = String(text[text.index(after: text.startIndex)..<end])
            let rest = text[text.index(after: end)...]
            if rest.isEmpty { return (host, 161) }
            if rest.hasPrefix(":"), let port: UInt16 = DecimalNumber.parse(rest.dropFirst()), port > 0 { return (host, port) }
        } else {
            let parts = text.split(separator: ":", omittingEmptySubsequences: false)
            if parts.count != 2, !text.isEmpty { return (text, 161) }
            if parts.count == 2, !parts[0].isEmpty, let port: UInt16 = DecimalNumber.parse(parts[1]), port > 0 {
                return (String(parts[0]), port)
            }
        }
        throw CommandFailure.usage(
            "--snmp '\(text)' is invalid; expected a host such as router1, or a host and a port such as router1:1161")
    }
}
