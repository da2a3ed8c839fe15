import AgentModel
import MobileIPv4

/// What a node knows about generic notifications (RFC 6098). All of it is bounded.
struct NotificationState {
    /// Passes a few per second.
    struct Budget {
        private static let limit = 10
        private var second: Int64 = .min
        private var passed = 0

        mutating func passes(at now: Moment) -> Bool {
            if now.uptime / 1_000_000_000 != second { (second, passed) = (now.uptime / 1_000_000_000, 0) }
            guard passed < Self.limit else { return false }
            passed += 1
            return true
        }
    }

    /// Something that happened, with its uptime.
    struct Report {
        let kind: AgentEventKind
        let row: NotificationExchange
        let source: IPv4Address
        let message: String
        let uptime: Int64
    }

    /// The most notifications that wait at a time.
    static let waitingLimit = 32
    /// How many that have ended are remembered, and how many reports.
    static let remembered = 32

    var clock = NotificationClock()
    var memory = NotificationMemory()
    /// Accepted notifications per second; others are refused for lack of resources.
    var acceptances = Budget()
    /// Answers that anyone can cause, per second: refusals, and answers to copies. There are no others above that.
    var answers = Budget()
    var waiting: [WaitingNotification] = []
    private(set) var ended: [NotificationExchange] = []
    private var datagrams: [NotificationDatagram] = []
    private var reports: [Report] = []

    /// When a notification is next due, in nanoseconds of uptime.
    var nextDue: Int64? { waiting.map(\.due).min() }

    /// Remembers a notification that has ended. The oldest is forgotten to make room.
    mutating func retire(_ row: NotificationExchange) {
        if ended.count >= Self.remembered { ended.removeFirst() }
        ended.append(row)
    }

    /// Counts another copy of a notification that was received.
    mutating func noteCopy(of number: UInt32) {
        if let index = ended.firstIndex(where: { $0.number == number }) { ended[index].tries += 1 }
    }

    mutating func send(_ payload: [UInt8], to destination: TransportEndpoint) {
        datagrams.append(NotificationDatagram(destination: destination, payload: payload))
    }

    mutating func takeDatagrams() -> [NotificationDatagram] {
        defer { datagrams = [] }
        return datagrams
    }

    mutating func report(_ report: Report) {
        if reports.count >= Self.remembered { reports.removeFirst() }
        reports.append(report)
    }

    mutating func takeReports() -> [Report] {
        defer { reports = [] }
        return reports
    }
}
