import AgentModel
import Testing

@Suite("Event kind declarations")
struct EventDescriptorTests {
    private typealias Facts = (kind: AgentEventKind, level: EventDescriptor.Level, tone: Tone, isNotified: Bool)

    /// The kinds of version 1, in order.
    private static let first: [Facts] = [
        (.registered, .debug, .good, true), (.careOfAddressChanged, .debug, .info, true), (.deregistered, .debug, .plain, true),
        (.expired, .debug, .plain, true), (.revoked, .notice, .warn, true), (.registrationDenied, .info, .bad, true),
        (.securityViolation, .warning, .bad, false), (.registrationTimedOut, .info, .bad, false),
        (.capacityReached, .warning, .warn, false), (.enabled, .notice, .good, false), (.disabled, .notice, .warn, false),
    ]

    @Test("The kinds of version 1 never change")
    func values() {
        for facts in Self.first {
            let descriptor = facts.kind.descriptor
            #expect(descriptor.level == facts.level && descriptor.tone == facts.tone, "\(facts.kind)")
            #expect(descriptor.isNotified == facts.isNotified && descriptor.isLimited, "\(facts.kind)")
        }
    }

    @Test("Version 1 of the vocabulary has exactly these kinds, before all others, and versions ascend")
    func versions() {
        let kinds = AgentEventKind.allCases
        #expect(kinds.filter { $0.introducedIn == 1 } == Self.first.map(\.kind))
        #expect(zip(kinds, kinds.dropFirst()).allSatisfy { $0.introducedIn <= $1.introducedIn })
    }

    @Test("Events of an agent's clock and its state store are logged, notified and never limited")
    func ofTheAgent() {
        let facts: [Facts] = [
            (.clockStepped, .warning, .warn, true), (.stateNotSaved, .warning, .bad, true), (.stateSaved, .notice, .good, true),
        ]
        for facts in facts {
            let descriptor = facts.kind.descriptor
            #expect(descriptor.level == facts.level && descriptor.tone == facts.tone, "\(facts.kind)")
            #expect(descriptor.isNotified == facts.isNotified && !descriptor.isLimited, "\(facts.kind)")
            #expect(facts.kind.introducedIn == 2)
        }
    }

    @Test("Events of draining are caused by operators alone: logged, notified and never limited")
    func ofDraining() {
        let facts: [Facts] = [
            (.drainStarted, .notice, .warn, true), (.drainCompleted, .notice, .good, true), (.drainEnded, .notice, .good, true),
        ]
        for facts in facts {
            let descriptor = facts.kind.descriptor
            #expect(descriptor.level == facts.level && descriptor.tone == facts.tone, "\(facts.kind)")
            #expect(descriptor.isNotified == facts.isNotified && !descriptor.isLimited, "\(facts.kind)")
            #expect(facts.kind.introducedIn == 3)
        }
    }

    @Test("A newer kind reads as an older one")
    func older() {
        for kind in AgentEventKind.allCases {
            guard let other = kind.descriptor.readAs else { continue }
            #expect(other.introducedIn < kind.introducedIn, "\(kind)")
        }
    }
}
