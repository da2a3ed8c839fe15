import AgentModel
import DataPlane
import Logging
import NIOCore

/// The data plane with what others are told of it.
struct Forwarding {
    var director: ForwardingDirector
    var rows = ForwardingRows()
    private let plane: any DataPlane
    private let logger: Logger
    private var counters = DataPlaneCounters()
    private var mark: CountersMark?
    private var reported: (forwarding: ForwardingCounters, gratuitousARPs: UInt64, proxyARPs: UInt64)?
    private var pollsUntilRetry = 0

    init(_ plane: any DataPlane, logger: Logger) {
        self.plane = plane
        self.logger = logger
        director = ForwardingDirector(plane, logger: logger)
    }

    /// `kernel` or `userSpace`.
    var kind: String { plane.kind.rawValue }

    /// Few rows are asked for so often that a change shows within 50 ms; many rows cost time that their nodes need.
    var isPolledOften: Bool { rows.tunnels.count + rows.traffic.count <= 2000 }

    var pollInterval: TimeAmount { isPolledOften ? .milliseconds(25) : .seconds(1) }

    /// Asks what was counted; returns the rows that have moved, and whether the counters that belong to none have.
    mutating func poll(links: [AgentLink], at time: Timestamp) -> (changes: [StateChange], haveCountersMoved: Bool) {
        if director.hasFailures {
            if pollsUntilRetry <= 0 {
                director.retry(links: links)
                pollsUntilRetry = 40
            }
            pollsUntilRetry -= 1
        }
        guard let counters = plane.counters(since: &mark) else { return ([], false) }
        self.counters = counters
        let now = (ForwardingCounters(counters), counters.gratuitousARPsSent, counters.proxyARPsSent)
        let haveMoved = reported.map { $0 != now } ?? true
        reported = now
        return (rows.update(counters, at: time), haveMoved)
    }

    /// Puts in what the data plane counts.
    func addCounters(to all: inout AgentCounters) {
        all.forwarding = ForwardingCounters(counters)
        all.homeAgent?.gratuitousARPsSent = counters.gratuitousARPsSent
        all.homeAgent?.proxyARPsSent = counters.proxyARPsSent
    }

    /// Makes again what the kernel dropped with a link. What fails is tried again when its record changes.
    func restore() {
        do {
            try plane.restore()
            logger.notice("a link is back; what goes with it is set up again")
        } catch {
            logger.warning("a link is back, but not all that goes with it", metadata: ["error": "\(error)"])
        }
    }

    func stop() { plane.stop() }
}
