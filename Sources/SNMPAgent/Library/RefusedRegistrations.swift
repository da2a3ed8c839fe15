import MIPMIB

/// A subtree as it is registered with an AgentX master.
struct RegisteredSubtree: Hashable {
    /// The SNMP context; nil for the default one.
    var context: String?
    var module: MIBModule
}

/// The registrations that the AgentX master refuses. The others are served meanwhile.
struct RefusedRegistrations {
    /// A refusal that has not been reported yet.
    struct Report: Equatable {
        /// The SNMP context; nil for the default one.
        var context: String?
        /// res.error, such as 262 for unsupportedContext.
        var status: Int
    }

    /// The registration whose response comes next: the library makes one at a time.
    private var current: RegisteredSubtree?
    private(set) var statuses: [RegisteredSubtree: Int] = [:]
    /// The statuses reported for a context, until the master accepts it.
    private var reported: [String?: Set<Int>] = [:]

    /// Whether the default context is refused, which most managers read.
    var includesDefaultContext: Bool { statuses.keys.contains { $0.context == nil } }

    /// The library sends a registration.
    mutating func begin(_ subtree: RegisteredSubtree) {
        current = subtree
        statuses[subtree] = nil
    }

    /// The master refused the registration that was sent last. Returns the refusal if it is new.
    mutating func refuse(status: Int) -> Report? {
        guard let current else { return nil }
        statuses[current] = status
        guard reported[current.context, default: []].insert(status).inserted else { return nil }
        return Report(context: current.context, status: status)
    }

    /// The contexts that were reported as refused and no longer are, which are forgotten.
    mutating func takeAccepted() -> [String?] {
        let accepted = reported.keys.filter { context in !statuses.keys.contains { $0.context == context } }
        for context in accepted { reported[context] = nil }
        return accepted
    }

    /// The status in a line of net-snmp's log about a refused registration; nil for any other line.
    static func status(inLog line: String) -> Int? {
        guard let range = line.firstRange(of: "registering pdu failed: ") else { return nil }
        return Int(line[range.upperBound...].prefix { $0.isNumber })
    }
}
