import AgentModel
import MobileIPv4
import MobileNode
import Testing

@Suite("An error that the foreign agent has signed, at a mobile node")
struct SignedErrorTests {
    /// The statuses of RFC 4636 §4, those of RFC 3957 and RFC 4721, and one of the range that is not defined for it.
    private static let statuses: [UInt8] = [64, 65, 66, 68, 71, 77, 78, 107, 109, 100]

    @Test(
        "It refuses an acceptance at once; the node deregisters once, and registers again as after any denial",
        arguments: statuses, [0, 1] as [UInt8])
    func refused(status: UInt8, code: UInt8) throws {
        let visiting = VisitingNode(sharesAssociation: true)
        visiting.attach()
        visiting.seconds = 0.25
        let outcome = visiting.deliver { ($0.code, $0.after) = (code, [45, 2, 0, status]) }
        #expect(outcome == .denied(ReplyCode(rawValue: status)))
        #expect(!visiting.node.isRegistered)
        #expect(visiting.node.mayBeBound(at: visiting.now))

        let course = visiting.pass(until: 2)
        #expect(course.requests.map(\.second) == [0.25] && course.requests.map(\.lifetime) == [0])
        #expect(course.failures.isEmpty)
        #expect(visiting.pass(until: 2.25).requests.map(\.lifetime) == [100])

        var expected = MobileNodeCounters()
        (expected.requestsSent, expected.deregistrationRequestsSent) = (2, 1)
        (expected.repliesReceived, expected.requestsDeniedByForeignAgent) = (1, 1)
        expected.repliesReceivedByCode[ReplyCode(rawValue: status)] = 1
        (expected.errorExtensionsReceived, expected.deregistrationsAfterError) = (1, 1)
        #expect(visiting.counters == expected)
        #expect(
            visiting.status.foreignAgentError
                == ReceivedError(
                    status: status, code: code, agentAddress: VisitingNode.foreignAgent.address, isAuthenticated: true,
                    received: Place.start.adding(milliseconds: 250)))
    }

    @Test("E4: the home agent's acceptance is refused with status 68")
    func example() throws {
        let octets = try #require(
            Hexadecimal.octets(
                "03000708c000020ac0000201e90b5a80123456782014000001008d2d159e66b2f99cfcc129ca2c1fe8402d020044"
                    + "211400000102d143979995c00d6500c6617296470353"))
        let visiting = VisitingNode(sharesAssociation: true) { ($0.replayMethod, $0.lifetime) = (.nonces, 1800) }
        visiting.attach()
        #expect(visiting.deliver(octets: octets) == .denied(.faHomeAgentFailedAuthentication))
        #expect(visiting.counters.errorExtensionsReceived == 1 && visiting.counters.errorExtensionsUnsigned == 0)
    }

    @Test("A refused renewal ends the registration and its tunnel")
    func renewal() throws {
        let visiting = VisitingNode(sharesAssociation: true)
        visiting.attach(to: .coLocated(Place.careOf, foreignAgent: VisitingNode.foreignAgent))
        #expect(visiting.deliver() == .accepted(.accepted, lifetime: 100))
        #expect(visiting.node.tunnel != nil)
        #expect(visiting.pass(until: 70).requests.map(\.second) == [70])
        #expect(visiting.deliver { $0.after = [45, 2, 0, 66] } == .denied(.faInsufficientResources))
        #expect(!visiting.node.isRegistered && visiting.node.tunnel == nil)
        #expect(visiting.pass(until: 71).requests.map(\.lifetime) == [0])
        #expect(try fixedPart(visiting.request).careOfAddress == Place.careOf)
    }

    /// An answer to the deregistration that follows a refusal.
    struct Answer: Sendable, CustomTestStringConvertible {
        var testDescription: String
        /// Nil when none arrives.
        var code: UInt8?
        var error: [UInt8] = []
        var outcome: MobileNode.Outcome?
        var mayBeBound = false

        static let all = [
            Answer(testDescription: "an acceptance", code: 0, outcome: .accepted(.accepted, lifetime: 0)),
            Answer(
                testDescription: "an acceptance with an error", code: 0, error: [45, 2, 0, 68],
                outcome: .accepted(.accepted, lifetime: 0)),
            Answer(
                testDescription: "a denial", code: 133, outcome: .denied(.haIdentificationMismatch), mayBeBound: true),
            Answer(testDescription: "none", mayBeBound: true),
        ]
    }

    @Test("Whatever answers the deregistration, the registration is tried again on time", arguments: Answer.all)
    func deregistration(_ answer: Answer) throws {
        let visiting = VisitingNode(sharesAssociation: true)
        visiting.attach()
        _ = visiting.deliver { $0.after = [45, 2, 0, 65] }
        visiting.pass(until: 0.5)
        if let code = answer.code {
            let outcome = visiting.deliver { ($0.code, $0.lifetime, $0.after) = (code, 0, answer.error) }
            #expect(outcome == answer.outcome)
        }
        #expect(visiting.pass(until: 1.5).requests.isEmpty)
        #expect(visiting.node.mayBeBound(at: visiting.now) == answer.mayBeBound)
        #expect(visiting.node.retry.due == 2_000_000_000)
        let course = visiting.pass(until: 2.5)
        #expect(course.requests.map(\.second) == [2] && course.requests.map(\.lifetime) == [100])
        #expect(visiting.deliver() == .accepted(.accepted, lifetime: 100))
        #expect(visiting.counters.deregistrationsAfterError == 1)
    }

    @Test("An assigned home address is used to deregister, and is released when that is accepted")
    func assigned() throws {
        let visiting = VisitingNode(sharesAssociation: true) { ($0.homeAddress, $0.nai) = (.zero, Place.alice) }
        visiting.attach()
        _ = visiting.deliver { $0.after = [45, 2, 0, 66] }
        visiting.pass(until: 0.5)
        #expect(try fixedPart(visiting.request).homeAddress == VisitingNode.home)
        #expect(visiting.deliver { $0.lifetime = 0 } == .accepted(.accepted, lifetime: 0))
        visiting.pass(until: 2)
        #expect(try fixedPart(visiting.request).homeAddress == .zero)
    }

    @Test("An acceptance that assigns no address and is refused causes no deregistration")
    func noAddress() throws {
        let visiting = VisitingNode(sharesAssociation: true) { ($0.homeAddress, $0.nai) = (.zero, Place.alice) }
        visiting.attach()
        let outcome = visiting.deliver { ($0.homeAddress, $0.after) = (.zero, [45, 2, 0, 66]) }
        #expect(outcome == .denied(.faInsufficientResources))
        #expect(visiting.pass(until: 1.5).requests.isEmpty)
        #expect(visiting.counters.deregistrationsAfterError == 0)
    }

    @Test("A node that is disabled before it has deregistered does so once")
    func disabled() throws {
        let visiting = VisitingNode(sharesAssociation: true)
        visiting.attach()
        _ = visiting.deliver { $0.after = [45, 2, 0, 66] }
        visiting.disable()
        #expect(try fixedPart(visiting.request).lifetime == .deregistration)
        #expect(visiting.deliver { $0.lifetime = 0 } == .accepted(.accepted, lifetime: 0))
        #expect(visiting.pass(until: 60).requests.isEmpty)
        #expect(visiting.counters.deregistrationRequestsSent == 1)
    }

    @Test("A deregistration that the home agent has accepted is over, whatever the foreign agent reports")
    func accepted() throws {
        let visiting = VisitingNode(sharesAssociation: true)
        visiting.attach()
        #expect(visiting.deliver() == .accepted(.accepted, lifetime: 100))
        visiting.disable()
        let outcome = visiting.deliver { ($0.lifetime, $0.after) = (0, [45, 2, 0, 68]) }
        #expect(outcome == .accepted(.accepted, lifetime: 0))
        #expect(visiting.status.foreignAgentError?.status == 68)
        #expect(visiting.counters.errorExtensionsReceived == 1)
    }

    @Test("In a denial the home agent's code rules, and both are shown; the node does not deregister", arguments: [true, false])
    func denial(isSigned: Bool) throws {
        let visiting = VisitingNode(sharesAssociation: isSigned)
        visiting.attach()
        let outcome = visiting.deliver { ($0.code, $0.after) = (130, [45, 2, 0, 68]) }
        #expect(outcome == .denied(.haInsufficientResources))
        #expect(visiting.node.refusal?.status == .faHomeAgentFailedAuthentication)
        let shown = visiting.status.foreignAgentError
        #expect(shown?.status == 68 && shown?.code == 130 && shown?.isAuthenticated == isSigned)
        #expect(visiting.counters.repliesReceivedByCode[.haInsufficientResources] == 1)
        #expect(visiting.counters.requestsDeniedByHomeAgent == 1 && visiting.counters.requestsDeniedByForeignAgent == 0)
        #expect(visiting.counters.errorExtensionsUnsigned == (isSigned ? 0 : 1))
        #expect(visiting.pass(until: 1.5).requests.isEmpty)
    }

    @Test(
        "A reply with an error that cannot be read is dropped, so that its care-of address is not used",
        arguments: [
            [45, 2, 0, 0], [45, 2, 0, 63], [45, 2, 0, 128], [45, 2, 0, 255], [45, 1, 0], [45, 3, 0, 68, 1], [45, 0],
            [45, 2, 1, 68],
        ] as [[UInt8]])
    func unreadable(error: [UInt8]) {
        let visiting = VisitingNode(sharesAssociation: true)
        visiting.attach()
        #expect(visiting.deliver { $0.after = error } == nil)
        #expect(!visiting.node.isRegistered)
        #expect(visiting.counters.repliesDroppedInvalidExtension == 1)
        #expect(visiting.counters.repliesReceived == 0 && visiting.counters.errorExtensionsReceived == 0)
        // The node asks again, and uses what is accepted then.
        #expect(visiting.pass(until: 1).requests.map(\.second) == [1])
        #expect(visiting.deliver() == .accepted(.accepted, lifetime: 100))
    }
}
