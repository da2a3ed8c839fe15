import AgentModel
import Testing

@Suite("The declarations of kinds of events")
struct EventDescriptorTests {
    private typealias Facts = (kind: AgentEventKind, level: EventDescriptor.Level, tone: Tone, isNotified: Bool)

    /// The kinds of version 1, in its order.
    private static let first: [Facts] = [
        (.registered, .debug, .good, true), (.careOfAddressChanged, .debug, .info, true), (.deregistered, .debug, .plain, true),
        (.expired, .debug, .plain, true), (.revoked, .notice, .warn, true), (.registrationDenied, .info, .bad, true),
        (.securityViolation, .warning, .bad, false), (.registrationTimedOut, .info, .bad, false),
        (.capacityReached, .warning, .warn, false), (.enabled, .notice, .good, false), (.disabled, .notice, .warn, false),
    ]

    @Test("Those of version 1 stay what they were")
    func values() {
        for facts in Self.first {
            let descriptor = facts.kind.descriptor
            #expect(descriptor.level == facts.level && descriptor.tone == facts.tone, "\(facts.kind)")
            #expect(descriptor.isNotified == facts.isNotified && descriptor.isLimited, "\(facts.kind)")
        }
    }

    @Test("The vocabulary's version 1 has these kinds alone, before all others; versions ascend")
    func versions() {
        let kinds = AgentEventKind.allCases
        #expect(kinds.filter { $0.introducedIn == 1 } == Self.first.map(\.kind))
        #expect(zip(kinds, kinds.dropFirst()).allSatisfy { $0.introducedIn <= $1.introducedIn })
    }

    @Test("A kind reads as one that is older")
    func older() {
        for kind in AgentEventKind.allCases {
            guard let other = kind.descriptor.readAs else { continue }
            #expect(other.introducedIn < kind.introducedIn, "\(kind)")
        }
    }
}
