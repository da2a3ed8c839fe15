import AgentModel
import Foundation
import Hummingbird
import ManagementCore
import Persistence

/// `/readyz`: whether there is current data from every agent, and the state of every part of the daemon.
///
/// Only the data from agents decides about 200 and 503, because a load balancer would otherwise take the API away when SNMP has no master
/// or when an agent, which can still be managed, cannot save its state.
struct Readiness: Sendable {
    let agents: [ManagedAgent]
    let snmpStatus: (@Sendable () -> SNMPAgentStatus)?
    /// Where settings changed at run time are kept; nil in tests.
    let stateFile: String?
    /// The Unix socket of the API; nil without one.
    let socket: SocketFile?

    /// One part of the daemon and its state.
    struct Part: Encodable, Sendable {
        enum Kind: String, Encodable, Sendable, CaseIterable { case agent, snmp, api, state, agentState }

        let part: Kind
        /// Which one, where there may be several: the agent, or the path.
        var name: String?
        let status: String
        /// What is wrong, and what to do.
        var detail: String?
    }

    private struct Answer: Encodable {
        let status = "ready"
        let parts: [Part]
    }

    func respond() throws -> Response {
        let parts = self.parts
        let missing = parts.filter { $0.part == .agent && $0.status != AgentHealth.Connection.synchronized.rawValue }
        guard missing.isEmpty else {
            throw Problem(
                status: .serviceUnavailable, title: "Not ready",
                detail: "there is no current data from \(missing.compactMap(\.name).joined(separator: ", "))", parts: parts)
        }
        return try Endpoints.json(Answer(parts: parts))
    }

    private var parts: [Part] {
        var parts = agents.map { agent in
            let health = agent.state().health
            let isWell = health.connection == .synchronized
            return Part(
                part: .agent, name: agent.name, status: health.connection.rawValue, detail: isWell ? nil : health.lastError)
        }
        if let status = snmpStatus?() {
            parts.append(
                Part(
                    part: .snmp, status: status.connection.rawValue,
                    detail: status.connection == .serving ? nil : status.lastError))
        }
        if let socket {
            let isThere = socket.isThere
            parts.append(
                Part(
                    part: .api, name: socket.path, status: isThere ? "listening" : "missing",
                    detail: isThere
                        ? nil
                        : "the socket was removed or replaced; end any other mip-mibd that uses the path, then restart this one"))
        }
        if let stateFile {
            let problem = Self.problem(writing: stateFile)
            parts.append(
                Part(part: .state, name: stateFile, status: problem == nil ? "writable" : "unwritable", detail: problem))
        }
        return parts + agents.compactMap { Self.state(of: $0.name, $0.state().information) }
    }

    /// Whether an agent can save its state; nil for one that keeps none, or whose data has been withdrawn.
    private static func state(of name: String, _ information: AgentInformation?) -> Part? {
        guard let information, information.keepsChanges || information.durability != nil else { return nil }
        let problem = information.stateError
        guard !problem.isEmpty else { return Part(part: .agentState, name: name, status: "saved") }
        return Part(
            part: .agentState, name: name, status: "notSaved",
            detail: "\(problem); until this is mended, a restart of the agent may lose \(information.stateAtRisk)")
    }

    /// Why a state file cannot be replaced, which takes a new file next to it; nil if it can be.
    private static func problem(writing path: String) -> String? {
        if let problem = FilePlace.problem(at: path) { return "\(problem), so changes of settings are refused; remove it" }
        var folder = path.parentFolder
        // The folder is made with the first change.
        while folder.count > 1, access(folder, F_OK) != 0, errno == ENOENT {
            folder = folder.parentFolder
        }
        guard access(folder, W_OK | X_OK) == 0 else {
            return "cannot write to the folder \(folder): \(String(cString: strerror(errno))); changes of settings are refused"
        }
        return nil
    }
}
