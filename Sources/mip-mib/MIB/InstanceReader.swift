import AgentControl
import AgentModel
import MIPMIB
import ManagementCore
import MobileIPv4
import SNMPClient

/// Whoever has instances of MIB objects: an SNMP agent, or the MIB over an agent's control socket.
protocol InstanceReader {
    /// The instances with exactly these names; a missing one has an exception for a value.
    mutating func get(_ names: [[UInt32]]) throws -> [VariableBinding]
    /// Every instance below `root` in the order of names, until `receive` returns false.
    mutating func walk(_ root: [UInt32], _ receive: (VariableBinding) -> Bool) throws
}

/// The MIB over the snapshot of one agent, on this machine.
struct LocalInstances: InstanceReader {
    private let mib = MIPMIB()
    private let view: MIBView

    /// - Throws: `CommandFailure` when the agent cannot be reached.
    init(socketPath: String, timeout: Duration) async throws {
        let state: AgentState
        do {
            state = try await AgentCommands(socketPath: socketPath, limit: timeout).state(
                name: SocketSource.name(of: socketPath), topics: Set(ControlTopic.allCases).subtracting([.events]))
        } catch {
            throw CommandFailure.unreachable(error.sentence(about: socketPath))
        }
        let uptime = state.information.flatMap { start in state.agentTime.map { $0.milliseconds(since: start.startTime) / 10 } }
        view = MIBView(state: state, sysUpTime: UInt32(truncatingIfNeeded: max(0, uptime ?? 0)))
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

/// An SNMP agent.
struct RemoteInstances: InstanceReader {
    let session: SNMPSession

    /// - Throws: `CommandFailure` when the host is none or the credentials cannot be read.
    init(_ settings: Settings, host: String) throws {
        let (name, port) = try Self.endpoint(host)
        do {
            session = try SNMPSession(
                host: name, port: port, credentials: try SNMPCredentials.read(settings.credentialsFile),
                timeout: .seconds(settings.timeout ?? 3))
        } catch let error as SNMPError {
            throw CommandFailure.unreachable(error.description)
        }
    }

    func get(_ names: [[UInt32]]) throws -> [VariableBinding] {
        try asking { try session.get(names) }
    }

    func walk(_ root: [UInt32], _ receive: (VariableBinding) -> Bool) throws {
        try asking { try session.walk(root, receive) }
    }

    /// The rows that these columns of tables with one index make, until `receive` returns false.
    func rows(of columns: [[UInt32]], _ receive: ([UInt32], [SNMPValue?]) -> Bool) throws {
        try asking { try session.rows(of: columns, receive) }
    }

    private func asking<R>(_ body: () throws -> R) throws -> R {
        do {
            return try body()
        } catch let error as SNMPError {
            switch error {
            case .refused, .notAuthorized: throw CommandFailure.refused(error.description)
            default: throw CommandFailure.unreachable(error.description)
            }
        }
    }

    /// `host`, `host:port`, `[2001:db8::1]:161` or an IPv6 address alone.
    static func endpoint(_ text: String) throws -> (host: String, port: UInt16) {
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
            let host = String(text[text.index(after: text.startIndex)..<end])
            let rest = text[text.index(after: end)...]
            if rest.isEmpty { return (host, 161) }
            if rest.hasPrefix(":"), let port = UInt16(rest.dropFirst()), port > 0 { return (host, port) }
        } else {
            let parts = text.split(separator: ":", omittingEmptySubsequences: false)
            if parts.count != 2, !text.isEmpty { return (text, 161) }
            if parts.count == 2, !parts[0].isEmpty, let port = UInt16(parts[1]), port > 0 { return (String(parts[0]), port) }
        }
        throw CommandFailure.usage(
            "--snmp '\(text)' is invalid; expected a host, such as router1, or a host and a port, router1:1161")
    }
}
