import AgentModel
import MobileIPv4
import MobileNode
import MobilityAgent
import Testing

@Suite("A mobile node that may still be bound")
struct ReturnTests {
    /// Sends requests that are never answered until the node gives up.
    private static func giveUp(_ journey: inout Journey) {
        while journey.node.state == .registering, let due = journey.node.nextDeadline {
            journey.uptime = max(journey.uptime, due)
            _ = journey.node.advance(to: journey.now, random: &journey.random)
        }
    }

    @Test(
        "A node whose requests were never answered deregisters when it returns home, since the home agent may have made a binding"
    )
    func unanswered() {
        var journey = Journey()
        _ = journey.node.attach(to: Journey.abroad, at: journey.now, random: &journey.random)
        Self.giveUp(&journey)
        #expect(journey.node.state == .failed(.unanswered))
        #expect(journey.node.mayBeBound(at: journey.now))
        #expect(journey.attach(to: .home) == .accepted(.accepted, lifetime: 0))
        #expect(!journey.node.mayBeBound(at: journey.now))
        #expect(journey.attach(to: .home) == nil)
    }

    @Test("After the requested lifetime, or after a denial, there is nothing to deregister", arguments: [true, false])
    func over(isDenied: Bool) {
        var journey = Journey { if isDenied { $0.foreign.reverseTunnel = .mandatory } }
        if isDenied {
            #expect(journey.attach(to: Journey.abroad) == .denied(.faReverseTunnelMandatory))
        } else {
            _ = journey.node.attach(to: Journey.abroad, at: journey.now, random: &journey.random)
            Self.giveUp(&journey)
            journey.wait(seconds: 1801)
        }
        #expect(!journey.node.mayBeBound(at: journey.now))
        #expect(journey.attach(to: .home) == nil)
        #expect(journey.node.deregister(at: journey.now, random: &journey.random) == nil)
        #expect(journey.node.mobileNodeState == .home)
    }

    @Test("A deregistration at home that is never answered leaves the node at home with the deregistration still to be done")
    func unansweredReturn() {
        var journey = Journey { $0.node.tries = 2 }
        _ = journey.attach(to: Journey.abroad)
        _ = journey.node.attach(to: .home, at: journey.now, random: &journey.random)
        for _ in 0..<2 {
            journey.wait(seconds: 3)
            _ = journey.node.advance(to: journey.now, random: &journey.random)
        }
        #expect(journey.node.state == .deregistered)
        #expect(journey.node.mobileNodeState == .home)
        #expect(journey.node.mayBeBound(at: journey.now))
        #expect(journey.bindings.count == 1)
        #expect(journey.attach(to: .home) == .accepted(.accepted, lifetime: 0))
        #expect(journey.bindings.isEmpty)
        #expect(journey.node.counters.deregistrationRequestsSent == 3)
        #expect(journey.node.counters.movesFromForeignToHome == 1)
    }

    @Test("A node that is stopped while its first request is pending still deregisters")
    func stopWhileRegistering() {
        var journey = Journey()
        _ = journey.node.attach(to: Journey.abroad, at: journey.now, random: &journey.random)
        let request = journey.node.deregister(at: journey.now, random: &journey.random)
        #expect(journey.carry(request) == .accepted(.accepted, lifetime: 0))
        #expect(journey.node.state == .deregistered)
    }

    @Test("A registration that is not renewed in time has ended, in the state and in the rows")
    func expiry() {
        var journey = Journey { $0.node.lifetime = 20 }
        _ = journey.attach(to: Journey.abroad)
        #expect(journey.node.isRegistered)
        while journey.uptime < 21_000_000_000, let due = journey.node.nextDeadline {
            journey.uptime = max(journey.uptime, due)
            _ = journey.node.advance(to: journey.now, random: &journey.random)
            let isOver = !journey.node.isRegistered
            #expect((journey.node.mobileNodeState == .registered) == !isOver)
            #expect(journey.node.registrations(at: journey.now, startTime: Place.start).contains(where: \.isAccepted) == !isOver)
        }
        #expect(!journey.node.isRegistered)
        #expect(journey.node.mobileNodeState == .pending)
    }
}
