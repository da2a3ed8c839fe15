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
                name: SocketSource.name(of: socketPath), topics: Set(ControlTopic.allCases).subtracting([.events]))
        } catch {
            throw CommandFailure.unreachable(error.sentence(about: socketPath))
        }
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

/// An SNMP agent.
struct RemoteInstances: InstanceReader {
    let session: SNMPSession

    /// - Throws: `CommandFailure` when the host is invalid or the credentials cannot be read.
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
        do {
            return try body()
        } catch let error as SNMPError {
            switch error {
            case .refused, .notAuthorized: throw CommandFailure.refused(error.description)
            default: throw CommandFailure.unreachable(error.description)
            }
        }
    }

    /// Parses `host`, `host:port`, `[2001:db8::1]:161` or a plain IPv6 address.
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
            "--snmp '\(text)' is invalid; expected a host such as router1, or a host and a port such as router1:1161")
    }
}
