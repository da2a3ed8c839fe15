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
        /// Anything else, which stands by itself.
        case own
    }

    let station: String
    let problem: String
    let remedy: String
    let kind: Kind

    init(_ station: String, _ problem: String, _ remedy: String, kind: Kind = .own) {
        self.station = station
        self.problem = problem
        self.remedy = remedy
        self.kind = kind
    }

    /// The findings without those that only follow from others.
    static func causes(_ findings: [Finding]) -> [Finding] {
        let kinds = Set(findings.map(\.kind))
        func follows(_ kind: Kind) -> Bool {
            switch kind {
            case .mirror: !kinds.isDisjoint(with: [.agentAway, .daemonAway])
            case .notConnected: !kinds.isDisjoint(with: [.masterAway, .masterClosed, .daemonAway])
            case .notRegistered: !kinds.isDisjoint(with: [.masterClosed, .daemonAway, .notConnected, .mirror, .agentAway])
            default: false
            }
        }
        return findings.filter { !follows($0.kind) }
    }
}

/// What was looked at, and what was found.
struct Look: Sendable {
    var findings: [Finding] = []
    /// What is well, in the words of the report about a healthy system.
    var seen: [String] = []

    static func += (look: inout Look, other: Look) {
        look.findings += other.findings
        look.seen += other.seen
    }
}
