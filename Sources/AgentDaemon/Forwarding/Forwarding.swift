import AgentModel
import DataPlane
import Logging
import NIOCore

/// The data plane, with what is published about it.
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

    /// A small number of rows is polled often enough for a change to show within 50 ms; polling many rows takes time away from their
    /// nodes.
    var isPolledOften: Bool { rows.tunnels.count + rows.traffic.count <= 2000 }

    var pollInterval: TimeAmount { isPolledOften ? .milliseconds(25) : .seconds(1) }

    /// Polls the counters. Returns the rows that changed, and whether the counters that belong to no row changed.
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

    /// Adds the data plane's counters.
    func addCounters(to all: inout AgentCounters) {
        all.forwarding = ForwardingCounters(counters)
        all.homeAgent?.gratuitousARPsSent = counters.gratuitousARPsSent
        all.homeAgent?.proxyARPsSent = counters.proxyARPsSent
    }

    /// Restores what the kernel dropped together with a link. Whatever fails is retried when its record changes.
    func restore() {
        do {
            try plane.restore()
            logger.notice("a link is back; its forwarding has been restored")
        } catch {
            logger.warning("a link is back, but not all of its forwarding could be restored", metadata: ["error": "\(error)"])
        }
    }

    func stop() { plane.stop() }
}
