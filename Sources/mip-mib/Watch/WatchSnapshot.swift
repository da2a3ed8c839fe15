import AgentModel
import JSON

/// What `watch` shows of one agent at one moment. Counts are since the agent started, rates since the previous snapshot.
struct WatchedAgentSnapshot: Sendable {
    /// The traffic forwarded for one mobile node.
    struct Talker: Sendable {
        let role: AgentRole
        let homeAddress: String
        /// Bytes to and from the node.
        let octets: UInt64
        /// Bits per second in both directions.
        let rate: Double
    }

    let name: String
    /// Why the agent cannot be read now; nil while it can be.
    var problem: String?
    var roles: [AgentRole] = []
    var isEnabled = false
    /// Whether a home agent moves its nodes to other home agents.
    var isDraining = false
    var bindings = 0
    var visitors = 0
    var requests: UInt64 = 0
    var requestRate = 0.0
    var acceptedRate = 0.0
    var deniedRate = 0.0
    var violations: UInt64 = 0
    var talkers: [Talker] = []
    /// The events since the previous snapshot, oldest first.
    var events: [WatchedEvent] = []

    /// The object that `--output ndjson` prints.
    func row(at time: Timestamp) -> Row {
        var row = Row([
            ("agent", .string(name)), ("time", .string("\(time)")), ("reachable", .bool(problem == nil)),
            ("roles", .array(roles.map { .string($0.rawValue) })), ("enabled", .bool(isEnabled)),
            ("draining", .bool(isDraining)), ("bindings", JSONValue(bindings)), ("visitors", JSONValue(visitors)),
            ("requestsReceived", JSONValue(requests)),
            ("requestsPerSecond", .number(Self.tenths(requestRate))), ("acceptedPerSecond", .number(Self.tenths(acceptedRate))),
            ("deniedPerSecond", .number(Self.tenths(deniedRate))), ("securityViolations", JSONValue(violations)),
            (
                "talkers",
                .array(
                    talkers.map {
                        .object(
                            Row([
                                ("role", .string($0.role.rawValue)), ("homeAddress", .string($0.homeAddress)),
                                ("octets", JSONValue($0.octets)), ("bitsPerSecond", .number(Self.tenths($0.rate))),
                            ]))
                    })
            ), ("events", .array(events.map { .object($0.row) })),
        ])
        if let problem { row["lastError"] = .string(problem) }
        return row
    }

    private static func tenths(_ value: Double) -> Double { (value * 10).rounded() / 10 }
}

/// Something that happened at an agent, or to its management.
struct WatchedEvent: Sendable {
    let time: Timestamp
    let kind: String
    let message: String
    /// The whole event, without the agent's name.
    let row: Row

    init?(_ row: Row) {
        guard let time = row.text("time").flatMap(Timestamp.init), let kind = row.text("kind") else { return nil }
        self.time = time
        self.kind = kind
        message = row.text("message") ?? ""
        var own = row
        own["agent"] = nil
        self.row = own
    }
}

/// How `watch` sorts agents and talkers.
enum WatchOrder: String, CaseIterable, Sendable {
    case rate, total, name

    var next: WatchOrder {
        switch self {
        case .rate: .total
        case .total: .name
        case .name: .rate
        }
    }

    func sorted(_ agents: [WatchedAgentSnapshot], isReversed: Bool) -> [WatchedAgentSnapshot] {
        let sorted = agents.sorted { a, b in
            switch self {
            case .rate where a.requestRate != b.requestRate: a.requestRate > b.requestRate
            case .total where a.requests != b.requests: a.requests > b.requests
            default: a.name < b.name
            }
        }
        return isReversed ? sorted.reversed() : sorted
    }

    /// Whether one talker is sorted before another. The first talkers are shown.
    func isBefore(_ a: WatchedAgentSnapshot.Talker, _ b: WatchedAgentSnapshot.Talker) -> Bool {
        switch self {
        case .rate where a.rate != b.rate: a.rate > b.rate
        case .rate, .total: (a.octets, b.homeAddress) > (b.octets, a.homeAddress)
        case .name:
            a.homeAddress.split(separator: ".").compactMap { UInt8($0) }
                .lexicographicallyPrecedes(b.homeAddress.split(separator: ".").compactMap { UInt8($0) })
        }
    }
}
