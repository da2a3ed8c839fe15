import AgentModel
import MobileIPv4
import MobileNode
import MobilityAgent
import Testing

@Suite("The tunnel that a registration requires of its node")
struct NodeTunnelTests {
    private func journey(_ reverse: ReverseTunnel = .none, flags: RegistrationFlags = []) -> Journey {
        Journey {
            $0.node.reverseTunnel = reverse
            $0.node.flags = flags
            $0.home.encapsulations = Set(Encapsulation.allCases)
            $0.foreign.encapsulations = Set(Encapsulation.allCases)
            $0.foreign.encapsulatingDelivery = true
        }
    }

    @Test(
        "With a co-located care-of address it leads to the home agent, as the flags specify",
        arguments: [
            ([], .ipInIp), ([.minEnc], .minEnc), ([.gre], .gre), ([.gre, .minEnc], .gre),
        ] as [(RegistrationFlags, Encapsulation)])
    func coLocated(flags: RegistrationFlags, encapsulation: Encapsulation) throws {
        for reverse in [ReverseTunnel.none, .direct] {
            var journey = journey(reverse, flags: flags)
            let request = journey.node.attach(to: .coLocated(Place.careOf), at: journey.now, random: &journey.random)
            #expect(journey.node.tunnel == nil)
            #expect(journey.carry(request) == .accepted(.accepted, lifetime: 1800))
            let tunnel = try #require(journey.node.tunnel)
            #expect(tunnel.homeAddress == Place.home)
            #expect(tunnel.careOfAddress == Place.careOf)
            #expect(tunnel.peer == Place.homeAgent.address)
            #expect(tunnel.encapsulation == encapsulation)
            #expect(tunnel.reverseTunnel == (reverse != .none))
        }
    }

    @Test(
        "With a foreign agent there is one only in encapsulating style, from the home address to the agent",
        arguments: [ReverseTunnel.none, .direct, .encapsulating])
    func foreignAgent(reverse: ReverseTunnel) throws {
        var journey = journey(reverse)
        #expect(journey.attach(to: Journey.abroad) == .accepted(.accepted, lifetime: 1800))
        #expect((journey.node.tunnel != nil) == (reverse == .encapsulating))
        guard let tunnel = journey.node.tunnel else { return }
        #expect(tunnel.careOfAddress == Place.home)
        #expect(tunnel.peer == Place.foreignAgent.address)
        #expect(tunnel.reverseTunnel)
    }

    @Test("It ends with a move to a foreign agent or home, with detaching, and with the registration")
    func ends() {
        let moves: [(inout Journey) -> Void] = [
            { $0.attachOnly(to: Journey.abroad) }, { $0.attachOnly(to: .home) }, { $0.node.detach() },
            { journey in
                journey.wait(seconds: 1800)
                _ = journey.node.advance(to: journey.now, random: &journey.random)
            },
            { journey in _ = journey.carry(journey.node.deregister(at: journey.now, random: &journey.random)) },
        ]
        for move in moves {
            var journey = journey()
            #expect(journey.attach(to: .coLocated(Place.careOf)) != nil)
            #expect(journey.node.tunnel != nil)
            move(&journey)
            #expect(journey.node.tunnel == nil)
        }
    }

    @Test("It stays while another co-located care-of address is being registered, and while the registration is retried")
    func stays() {
        var journey = journey()
        _ = journey.attach(to: .coLocated(Place.careOf))
        let old = journey.node.tunnel
        let other = IPv4Address(203, 0, 113, 99)
        let request = journey.node.attach(to: .coLocated(other), at: journey.now, random: &journey.random)
        #expect(journey.node.tunnel == old)
        _ = journey.carry(request)
        #expect(journey.node.tunnel?.careOfAddress == other)
    }
}

extension Journey {
    /// Attaches without an answer.
    fileprivate mutating func attachOnly(to attachment: NetworkAttachment) {
        _ = node.attach(to: attachment, at: now, random: &random)
    }
}
