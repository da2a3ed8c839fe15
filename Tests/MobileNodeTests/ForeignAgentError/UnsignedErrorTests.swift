import AgentModel
import MobileIPv4
import MobileNode
import Testing

@Suite("An error that nobody has signed, at a mobile node")
struct UnsignedErrorTests {
    private static let error: [UInt8] = [45, 2, 0, 77]

    /// A node that has received an acceptance with an error after half a second.
    private static func doubting(_ change: (inout MobileNodeConfiguration) -> Void = { _ in }) -> VisitingNode {
        let visiting = VisitingNode(change)
        visiting.attach()
        visiting.seconds = 0.5
        #expect(visiting.deliver { $0.after = error } == nil)
        return visiting
    }

    @Test("E16: it is believed after one second, in which the request is not sent again; then the node deregisters once")
    func believed() throws {
        let octets = try #require(
            Hexadecimal.octets(
                "03000708c000020ac0000201e90b5a80123456782014000001008d2d159e66b2f99cfcc129ca2c1fe8402d02004d"))
        let visiting = VisitingNode { ($0.replayMethod, $0.lifetime) = (.nonces, 1800) }
        visiting.attach()
        visiting.seconds = 0.5
        #expect(visiting.deliver(octets: octets) == nil)
        #expect(visiting.node.state == .registering)
        #expect(visiting.status.foreignAgentError == nil)
        #expect(visiting.counters.requestsDeniedByForeignAgent == 0)

        let course = visiting.pass(until: 3)
        #expect(course.failures.map(\.second) == [1.5])
        #expect(course.failures.map(\.outcome) == [.denied(.faInvalidCareOfAddress)])
        #expect(course.requests.map(\.second) == [1.5] && course.requests.map(\.lifetime) == [0])
        #expect(visiting.pass(until: 3.5).requests.map(\.lifetime) == [1800])

        let counters = visiting.counters
        #expect(counters.errorExtensionsReceived == 1 && counters.errorExtensionsUnsigned == 1)
        #expect(counters.errorExtensionsOverruled == 0 && counters.deregistrationsAfterError == 1)
        #expect(counters.requestsDeniedByForeignAgent == 1 && counters.requestsAccepted == 0)
        #expect(
            visiting.status.foreignAgentError
                == ReceivedError(
                    status: 77, code: 0, agentAddress: VisitingNode.foreignAgent.address, isAuthenticated: false,
                    received: Place.start.adding(milliseconds: 500)))
    }

    @Test("An acceptance without an error that arrives in time is used", arguments: [0.5, 1, 1.499])
    func overruled(second: Double) {
        let visiting = Self.doubting()
        #expect(visiting.pass(until: second).requests.isEmpty)
        #expect(visiting.deliver() == .accepted(.accepted, lifetime: 100))
        #expect(visiting.node.isRegistered)
        #expect(visiting.status.foreignAgentError == nil)
        #expect(visiting.counters.errorExtensionsOverruled == 1 && visiting.counters.deregistrationsAfterError == 0)
        // Renewed as if there had been no error.
        #expect(visiting.pass(until: 70.5).requests.map(\.second) == [70])
    }

    @Test("An acceptance without an error that arrives later is not used")
    func late() {
        let visiting = Self.doubting()
        let first = visiting.request
        visiting.pass(until: 1.6)
        let identification = (try? RegistrationRequest(decoding: first.span.bytes))?.identification
        let octets = VisitingNode.Reply().octets(answering: identification ?? Identification(rawValue: 0))
        #expect(visiting.deliver(octets: octets) == nil)
        #expect(!visiting.node.isRegistered)
        #expect(visiting.counters.repliesInvalidID == 1 && visiting.counters.errorExtensionsOverruled == 0)
    }

    @Test(
        "Meanwhile nothing but an acceptance decides, and the first error is the one that counts",
        arguments: [
            VisitingNode.Reply(code: 0, after: [45, 2, 0, 66]), VisitingNode.Reply(code: 66, homeKey: nil),
            VisitingNode.Reply(code: 133), VisitingNode.Reply(code: 130, after: [45, 2, 0, 66]),
        ])
    func others(_ reply: VisitingNode.Reply) {
        let visiting = Self.doubting()
        for tenth in 6...14 {
            visiting.pass(until: Double(tenth) / 10)
            #expect(visiting.deliver { $0 = reply } == nil)
        }
        #expect(visiting.counters.repliesReceived == 10)
        let course = visiting.pass(until: 2)
        #expect(course.failures.map(\.second) == [1.5])
        #expect(course.failures.map(\.outcome) == [.denied(.faInvalidCareOfAddress)])
        #expect(visiting.counters.requestsDeniedByHomeAgent == 0 && visiting.counters.requestsDeniedByForeignAgent == 1)
    }

    @Test("A node that moves on or is disabled while it doubts assumes that there is a binding")
    func left() throws {
        let moved = Self.doubting()
        moved.attach(to: .coLocated(Place.careOf))
        #expect(try fixedPart(moved.request).careOfAddress == Place.careOf)
        #expect(moved.counters.deregistrationsAfterError == 0)
        let disabled = Self.doubting()
        disabled.disable()
        #expect(try fixedPart(disabled.request).lifetime == .deregistration)
        #expect(disabled.deliver { $0.lifetime = 0 } == .accepted(.accepted, lifetime: 0))
        #expect(disabled.pass(until: 60).requests.isEmpty)
    }

    @Test("With a wait of 0 it is believed at once")
    func atOnce() {
        let visiting = VisitingNode { $0.foreignAgentErrorWait = 0 }
        visiting.attach()
        #expect(visiting.deliver { $0.after = Self.error } == .denied(.faInvalidCareOfAddress))
        #expect(visiting.pass(until: 1).requests.map(\.lifetime) == [0])
    }

    @Test(
        "A foreign agent's own denial needs no authenticator and is not doubted, even with a code of another RFC",
        arguments: [66, 97, 98, 99, 101] as [UInt8])
    func denials(code: UInt8) {
        let visiting = VisitingNode()
        visiting.attach()
        let outcome = visiting.deliver { ($0.code, $0.homeKey) = (code, nil) }
        #expect(outcome == .denied(ReplyCode(rawValue: code)))
        #expect(visiting.counters.requestsDeniedByForeignAgent == 1)
        #expect(visiting.counters.repliesReceivedByCode[ReplyCode(rawValue: code)] == 1)
        #expect(visiting.pass(until: 1.5).requests.isEmpty)
        #expect(visiting.counters.deregistrationsAfterError == 0)
    }
}
