/// What is wrong at one station, and what to change.
struct Finding: Sendable {
    /// What kind of cause it is, so that what only follows from another cause is not reported as well.
    enum Kind: Hashable, Sendable {
        /// An agent does not answer.
        case agentAway
        /// mip-mibd has no data from an agent.
        case mirror
        /// mip-mibd does not run, hangs or is stopped.
        case daemonAway
        /// snmpd does not run.
        case masterAway
        /// snmpd's AgentX is off, or nobody can reach its socket.
        case masterClosed
        /// mip-mibd is not connected to its AgentX master.
        case notConnected
        /// snmpd answers, but no subagent serves MIP-MIB.
        case notRegistered
        /// mip-mibd answers only requests with a token.
        case locked
        /// One of the places of mip-mibd's API does not answer although a mip-mibd may run.
        case noAPI
        /// The agents cannot be read from mip-mibd.
        case unread
        /// The mode of the AgentX socket may keep mip-mibd away. While SNMP is served, it does not.
        case socketRights
        /// Anything else, which stands by itself.
        case own
    }

    let station: String
    let problem: String
    let remedy: String
    let kind: Kind
    /// The path of the Unix socket that it is about; nil for any other finding.
    let socket: String?

    init(_ station: String, _ problem: String, _ remedy: String, kind: Kind = .own, socket: String? = nil) {
        self.station = station
        self.problem = problem
        self.remedy = remedy
        self.kind = kind
        self.socket = socket
    }

    /// The findings without those that only follow from others.
    ///
    /// - Parameter isServed: whether SNMP is known to be served by way of the AgentX master.
    static func causes(_ found: [Finding], isServed: Bool = false) -> [Finding] {
        // mip-mibd reports its socket's state with the cause; that nothing answers there follows from it.
        let reported = Set(found.filter { $0.kind == .own }.compactMap(\.socket))
        let findings = found.filter { finding in
            if finding.kind == .noAPI, let socket = finding.socket { return !reported.contains(socket) }
            return !(finding.kind == .socketRights && isServed)
        }
        let kinds = Set(findings.map(\.kind))
        func follows(_ kind: Kind) -> Bool {
            switch kind {
            case .mirror: !kinds.isDisjoint(with: [.agentAway, .daemonAway])
            case .notConnected: !kinds.isDisjoint(with: [.masterAway, .masterClosed, .socketRights, .daemonAway])
            case .notRegistered:
                !kinds.isDisjoint(with: [.masterClosed, .socketRights, .daemonAway, .notConnected, .mirror, .agentAway])
            case .unread: !kinds.isDisjoint(with: [.daemonAway, .noAPI, .locked])
            default: false
            }
        }
        return findings.filter { !follows($0.kind) }
    }
}

/// What was looked at, and what was found.
struct Look: Sendable {
    var findings: [Finding] = []
    /// What is not wrong, but may surprise: printed for people, and without influence on the exit status.
    var notes: [Finding] = []
    /// What is well, in the words of the report about a healthy system.
    var seen: [String] = []
    /// Whether SNMP is known to be served.
    var isServed = false

    static func += (look: inout Look, other: Look) {
        look.findings += other.findings
        look.notes += other.notes
        look.seen += other.seen
        look.isServed = look.isServed || other.isServed
    }
}
