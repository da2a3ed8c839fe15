import Dispatch
import SNMPClient

/// Queries SNMP as the manager would, and finds out where its requests fail.
struct ManagerStation: Sendable {
    let settings: Settings
    /// The host that the manager queries, as the user gave it.
    let place: String
    /// snmpd on this machine; nil if mip-mibd serves SNMP itself.
    let master: MasterStation?

    private static let mipEntities: [UInt32] = [1, 3, 6, 1, 2, 1, 44, 1, 1, 1]
    private static let mipMIB: [UInt32] = [1, 3, 6, 1, 2, 1, 44]
    private static let sysUpTime: [UInt32] = [1, 3, 6, 1, 2, 1, 1, 3, 0]

    private var program: String { master == nil ? "mip-mibd" : "snmpd" }
    /// What to change for access: the file of snmpd, or of mip-mibd.
    private var file: String { master?.configuration.path ?? "mip-mibd's configuration file" }

    /// The session blocks its thread, and Swift's task pool has few threads.
    func look() async -> Look {
        await withCheckedContinuation { done in
            DispatchQueue(label: "snmp").async { done.resume(returning: lookNow()) }
        }
    }

    private func lookNow() -> Look {
        let (host, port, credentials): (String, UInt16, Credentials)
        do {
            (host, port) = try RemoteInstances.endpoint(place)
            credentials = try SNMPCredentials.read(settings.credentialsFile)
        } catch {
            return Look(findings: [
                Finding(
                    "manager", (error as? CommandFailure)?.message ?? "\(error)",
                    "give the same --snmp and --credentials as the manager uses")
            ])
        }
        do throws(SNMPError) {
            let session = try SNMPSession(
                host: host, port: port, credentials: credentials,
                timeout: .seconds(min(settings.timeout ?? 3, DoctorCommand.patience)))
            return try look(session, credentials)
        } catch {
            return Look(findings: [finding(error, host, port, credentials)])
        }
    }

    private func look(_ session: SNMPSession, _ credentials: Credentials) throws(SNMPError) -> Look {
        let mirror = try MirrorCheckup.findings(session)
        let entities = try session.get([Self.mipEntities + [0]]).first?.value
        // mip-mibd withdraws the agent's objects while it has no snapshot of the agent.
        if let mirror, !mirror.isEmpty { return Look(findings: mirror, isServed: true) }
        guard case .octets? = entities else { return Look(findings: [invisible(credentials)]) }
        guard mirror != nil else { return Look(findings: [hiddenExtension(credentials)], isServed: true) }
        return Look(
            seen: ["\(program) at \(place): MIP-MIB and MIPV4-EXT-MIB answered for \(Self.words(credentials))"], isServed: true)
    }

    private static func words(_ credentials: Credentials) -> String {
        switch credentials {
        case .community: "the manager's community"
        case .user(let user): "the user '\(user.name)'" + (user.context.isEmpty ? "" : " in the context '\(user.context)'")
        }
    }

    // MARK: - Objects that are not visible

    private func invisible(_ credentials: Credentials) -> Finding {
        guard let master else {
            return Finding(
                "mip-mibd", "it answers, but does not serve MIP-MIB to \(Self.words(credentials))",
                "give the manager access to MIP-MIB in \(file)", kind: .notRegistered)
        }
        if let view = master.configuration.viewThatHides(Self.mipMIB, from: credentials) {
            return hidden("MIP-MIB", ".1.3.6.1.2.1.44", by: view)
        }
        return Finding(
            "mip-mibd", "snmpd answers, but no subagent has registered MIP-MIB with it",
            "start mip-mibd with \(master.advice)", kind: .notRegistered)
    }

    private func hiddenExtension(_ credentials: Credentials) -> Finding {
        guard let node = MIBNames().node(named: "mipExtMIB") else { return invisible(credentials) }
        let subtree = node.oid.map { ".\($0)" }.joined()
        if let view = master?.configuration.viewThatHides(node.oid, from: credentials) {
            return hidden("MIPV4-EXT-MIB", subtree, by: view)
        }
        return Finding(
            "view", "MIP-MIB is answered, but MIPV4-EXT-MIB is hidden from \(Self.words(credentials))",
            "include \(subtree) in the manager's view in \(file)")
    }

    private func hidden(_ module: String, _ subtree: String, by view: String) -> Finding {
        Finding(
            "view", "snmpd's views hide \(module) from the manager",
            view.isEmpty
                ? "remove the OID from the manager's line in \(file), or give it a view that includes \(subtree)"
                : "add to \(file): view \(view) included \(subtree)")
    }

    // MARK: - Requests that fail

    private func finding(_ error: SNMPError, _ host: String, _ port: UInt16, _ credentials: Credentials) -> Finding {
        let station = SNMPProbe.station(
            host: host, port: port, credentials: credentials, timeout: .seconds(1), object: Self.mipEntities)
        switch station {
        case .unreachable(let text): return unreachable(text, host, port)
        case .silent: return silent(host)
        case .unknownUser: return unknown(credentials, host)
        case .wrongAuthentication:
            return Finding(
                "SNMPv3 user", "the authentication password of \(Self.words(credentials)), or its protocol, is wrong",
                "give the password and the protocol of its createUser line as 'authenticationPassword:' and 'authentication:' in the "
                    + "credentials")
        case .wrongPrivacy:
            return Finding(
                "SNMPv3 user",
                "the authentication password of \(Self.words(credentials)) is right, but its privacy password or its protocol is wrong",
                "give those of its createUser line as 'privacyPassword:' and 'privacy:' in the credentials")
        case .unknownContext:
            return Finding(
                "context", "'\(host)' has no context for \(Self.words(credentials))",
                "give the name of an agent in mip-mibd's configuration file as 'context:', or none for its first agent")
        case .noRights:
            return Finding(
                "rights", "'\(host)' knows \(Self.words(credentials)), but gives it no right to read MIP-MIB",
                master == nil
                    ? "give it access in \(file)"
                    : "add to \(file): "
                        + (Self.isUser(credentials)
                            ? "rouser NAME priv, and restart snmpd" : "rocommunity NAME, and restart snmpd"))
        case .hiddenView, .answers: return unanswered(error)
        }
    }

    private static func isUser(_ credentials: Credentials) -> Bool { if case .user = credentials { true } else { false } }

    /// Nothing answers, but the request is not refused either.
    private func silent(_ host: String) -> Finding {
        // A program that is stopped keeps its port.
        let processes = master.map { [$0.process].compactMap { $0 } } ?? RunningProgram.all(named: program)
        if Self.isLocal(host), let stopped = processes.first(where: \.isStopped) {
            return DaemonStation.hung(program, at: "'\(place)'", [stopped], kind: master == nil ? .daemonAway : .masterAway)
        }
        return Finding(
            "manager", "no SNMP agent answers at '\(place)', not even to a question that needs no credentials",
            "look for a firewall in between, and let \(program) listen there: "
                + (master == nil ? "'snmp: standalone:' in its configuration file" : "'agentaddress' in \(file)"))
    }

    private static func isLocal(_ host: String) -> Bool { host.hasPrefix("127.") || host == "localhost" || host == "::1" }

    private func unreachable(_ text: String, _ host: String, _ port: UInt16) -> Finding {
        guard text.contains("refused") else {
            return Finding("manager", text, "check the host in --snmp, and the network to it")
        }
        let isLocal = Self.isLocal(host)
        let isRunning = isLocal && (master.map { $0.process != nil } ?? !RunningProgram.all(named: "mip-mibd").isEmpty)
        let listen =
            master == nil
            ? "'snmp: standalone:' in its configuration file" : "'agentaddress udp:\(host):\(port)' in \(file)"
        return Finding(
            program, "nothing listens on UDP port \(port) of '\(host)'" + (isRunning ? ", although \(program) runs" : ""),
            isRunning ? "let it listen there: \(listen)" : isLocal ? Advice.start(program) : "start \(program) there",
            kind: isRunning ? .own : master == nil ? .daemonAway : .masterAway)
    }

    private func unknown(_ credentials: Credentials, _ host: String) -> Finding {
        guard case .user(let user) = credentials else {
            return Finding(
                "community", "'\(host)' answers, but to no request with the manager's community from this address",
                "add to \(file): rocommunity NAME ADDRESS-OF-THE-MANAGER, or give the manager's own --credentials")
        }
        return Finding(
            "SNMPv3 user", "'\(host)' does not know the user '\(user.name)'",
            master == nil
                ? "add the user to \(file)"
                : "stop snmpd, add to /var/lib/snmp/snmpd.conf: createUser NAME SHA-256 PASSWORD AES PASSWORD, and to \(file): "
                    + "rouser NAME priv")
    }

    /// Other objects are answered with the same credentials, but MIP-MIB fails: its subagent does not answer snmpd.
    private func unanswered(_ error: SNMPError) -> Finding {
        guard master != nil else {
            return Finding("mip-mibd", "it does not answer for MIP-MIB: \(error)", Advice.restart("mip-mibd"), kind: .daemonAway)
        }
        return DaemonStation.hung(at: "snmpd's AgentX", RunningProgram.all(named: "mip-mibd"))
    }
}
