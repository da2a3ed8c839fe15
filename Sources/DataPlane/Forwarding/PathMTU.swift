/// The path MTU of one tunnel: what this machine's route allows, lowered by the ICMP errors that are believed, and raised again.
///
/// An error is believed when a datagram of the length that it quotes was sent lately. Even so it may be forged, so its effect is limited:
/// one error lowers the path MTU no further than 576 octets, and after a minute larger datagrams are tried again, step by step. If the
/// path really is narrow, the next error ends such an attempt, and the following one is made later, at most ten minutes (RFC 1191 §6.3).
package struct PathMTU: Sendable {
    /// What an ICMP error has done.
    package enum Effect: Hashable, Sendable {
        case lowered
        /// The path MTU is already as low as reported.
        case unchanged
        /// No such datagram was sent lately, or the path MTU was lowered just now.
        case disbelieved
    }

    /// Octets of the longest outer datagram that is sent whole.
    package private(set) var octets: Int
    /// What this machine's route allows.
    private var route: Int
    /// When the route was last queried; nil when that is due.
    private var queried: Int64?
    private var sent = SentLengths()
    private var lowered: Int64?
    /// When the next larger datagrams are tried; nil while the path MTU is the route's.
    private var nextStep: Int64?
    private var lastStep: Int64?
    /// Consecutive attempts that an error ended.
    private var failures = 0

    /// RFC 791 §3.1: every host accepts datagrams of this length, and practically every link carries them.
    package static let floor = 576
    /// The smallest MTU that a link may have (RFC 791 §3.2).
    static let smallest = 68
    private static let second: Int64 = 1_000_000_000
    /// How long the answer about the route is used.
    static let queryAge = second
    /// How long a path MTU that an error has lowered stays before larger datagrams are tried.
    static let patience = 60 * second
    static let longestPatience = 600 * second
    /// The time between two steps.
    static let stepInterval = 10 * second
    /// The least time between two errors that have an effect.
    static let errorInterval = second / 10
    /// Common MTUs (RFC 1191 §7, and those of today's tunnels and links), the steps upwards, and what is assumed when a router does not
    /// report its MTU.
    static let steps = [576, 1006, 1280, 1400, 1492, 1500, 2002, 4352, 8166, 9000, 17_914, 32_000, 65_535]

    /// - Parameter assumed: used until the route has been queried.
    package init(assumed: Int) {
        octets = assumed
        route = assumed
    }

    // MARK: - The route

    /// What the route allowed when it was last queried.
    package var ofRoute: Int { route }

    /// Whether the route is to be queried before the next datagram.
    package func isQueryDue(at now: Int64) -> Bool { queried.map { now &- $0 > Self.queryAge } ?? true }

    /// Has the route queried before the next datagram.
    package mutating func queryAgain() { queried = nil }

    /// Sets what the route allows, in octets; nil when that is unknown. Then takes the step that is due.
    package mutating func set(route found: Int?, at now: Int64) {
        queried = now
        if let found {
            if nextStep == nil { octets = found }
            route = found
        }
        if octets >= route {
            octets = route
            nextStep = nil
        }
        guard let due = nextStep, now >= due else { return }
        octets = min(route, Self.steps.first { $0 > octets } ?? route)
        lastStep = now
        nextStep = octets < route ? now + Self.stepInterval : nil
    }

    // MARK: - Datagrams and errors

    /// Records an outer datagram with Don't Fragment, since an error may be about it.
    package mutating func noteSent(_ length: Int, at now: Int64) {
        // Of datagrams that are no longer than the floor, errors count only when the path MTU is there already.
        if length > Self.floor || octets <= Self.floor { sent.note(length, at: now) }
    }

    /// Handles an ICMP error about an outer datagram of `length` octets, which exceeds `reported`.
    package mutating func lower(to reported: Int, about length: Int, at now: Int64) -> Effect {
        guard reported < length, sent.contains(length, at: now) else { return .disbelieved }
        let isBelowFloor = octets <= Self.floor && length <= Self.floor
        let assumed = reported > 0 ? reported : Self.steps.last { $0 < length } ?? Self.smallest
        let wanted = max(assumed, isBelowFloor ? Self.smallest : Self.floor)
        guard wanted < octets else { return .unchanged }
        if let lowered, now &- lowered < Self.errorInterval { return .disbelieved }
        let isFailure = lastStep.map { now &- $0 < Self.patience } ?? false
        failures = isFailure ? min(failures + 1, 4) : 0
        octets = wanted
        lowered = now
        lastStep = nil
        nextStep = now + min(Self.patience << Int64(failures), Self.longestPatience)
        return .lowered
    }
}
