import AgentModel
import MobileIPv4
import MobileNode
import MobilityAgent
import Testing

/// The reverse tunnel that a node requests, the policy of the agents, and the result for the node.
struct ReverseTunnelCase: Sendable, CustomTestStringConvertible {
    enum Outcome: Equatable, Sendable {
        case granted(ReverseTunnel)
        case denied(UInt8)
    }

    var testDescription: String
    var requested: ReverseTunnel
    var adapts: Bool
    var outcome: Outcome
    /// Codes of the replies, in order.
    var codes: [UInt8]
    var configure: @Sendable (inout Journey.Configuration) -> Void

    init(
        _ description: String, _ requested: ReverseTunnel, adapts: Bool = false, _ outcome: Outcome, _ codes: [UInt8],
        _ configure: @escaping @Sendable (inout Journey.Configuration) -> Void = { _ in }
    ) {
        testDescription = description
        self.requested = requested
        self.adapts = adapts
        self.outcome = outcome
        self.codes = codes
        self.configure = configure
    }

    static let all: [ReverseTunnelCase] = [
        ReverseTunnelCase("none", .none, .granted(.none), [0]),
        ReverseTunnelCase("direct", .direct, .granted(.direct), [0]),
        ReverseTunnelCase("encapsulating", .encapsulating, .granted(.encapsulating), [0]) {
            $0.foreign.encapsulatingDelivery = true
        },
        ReverseTunnelCase("encapsulating where it is not supported", .encapsulating, .denied(79), [79]),
        ReverseTunnelCase("the same, adapting", .encapsulating, adapts: true, .granted(.direct), [79, 0]),
        ReverseTunnelCase("direct where the foreign agent has none", .direct, .denied(74), [74]) {
            $0.foreign.reverseTunnel = .unavailable
        },
        ReverseTunnelCase("the same, adapting", .direct, adapts: true, .granted(.none), [74, 0]) {
            $0.foreign.reverseTunnel = .unavailable
        },
        ReverseTunnelCase("direct where the home agent has none", .direct, .denied(137), [137]) {
            $0.home.reverseTunnel = .unavailable
        },
        ReverseTunnelCase("the same, adapting", .encapsulating, adapts: true, .granted(.none), [137, 0]) {
            $0.home.reverseTunnel = .unavailable
            $0.foreign.encapsulatingDelivery = true
        },
        ReverseTunnelCase("none where the foreign agent requires one", .none, .denied(75), [75]) {
            $0.foreign.reverseTunnel = .mandatory
        },
        ReverseTunnelCase("the same, adapting", .none, adapts: true, .granted(.direct), [75, 0]) {
            $0.foreign.reverseTunnel = .mandatory
        },
        ReverseTunnelCase("none where the home agent requires one", .none, .denied(138), [138]) {
            $0.home.reverseTunnel = .mandatory
        },
        ReverseTunnelCase("the same, adapting", .none, adapts: true, .granted(.direct), [138, 0]) {
            $0.home.reverseTunnel = .mandatory
        },
        ReverseTunnelCase("none where the agents contradict each other", .none, adapts: true, .denied(138), [138, 74, 138]) {
            $0.home.reverseTunnel = .mandatory
            $0.foreign.reverseTunnel = .unavailable
        },
    ]
}

@Suite("Reverse tunnels between a mobile node and agents")
struct ReverseTunnelDialogueTests {
    @Test(
        "A node gets the reverse tunnel that all three support, and all sides show the same one", arguments: ReverseTunnelCase.all
    )
    func agreement(_ example: ReverseTunnelCase) throws {
        var journey = Journey {
            $0.node.reverseTunnel = example.requested
            $0.node.adaptsReverseTunnel = example.adapts
            example.configure(&$0)
        }
        let outcome = journey.attach(to: Journey.abroad)
        #expect(try journey.codes.map(\.rawValue) == example.codes)
        switch example.outcome {
        case .granted(let tunnel):
            #expect(outcome == .accepted(.accepted, lifetime: 1800))
            #expect(journey.visitors.map(\.reverseTunnel) == [tunnel])
            #expect(journey.bindings.map(\.reverseTunnel) == [tunnel == .none ? .none : .direct])
            let rows = journey.node.registrations(at: journey.now, startTime: Place.start)
            #expect(rows.map(\.reverseTunnel) == [tunnel])
            #expect(rows.map { $0.flags.contains(.reverseTunnel) } == [tunnel != .none])
            let last = try extensionTypes(try #require(journey.requests.last), from: RegistrationRequest.fixedSize)
            #expect(last == (tunnel == .encapsulating ? [32, 130] : [32]))
            #expect(journey.homeCounters.reverseTunnelsGranted == (tunnel == .none ? 0 : 1))
        case .denied(let code):
            #expect(outcome == .denied(ReplyCode(rawValue: code)))
            #expect(journey.visitors.isEmpty && journey.bindings.isEmpty)
        }
        for code in Set(example.codes) where code != 0 {
            let counters = code < 128 ? journey.foreignCounters.repliesSentByCode : journey.homeCounters.repliesSentByCode
            let times = UInt64(example.codes.count { $0 == code })
            #expect(counters[ReplyCode(rawValue: code)] == times)
            #expect(journey.node.counters.repliesReceivedByCode[ReplyCode(rawValue: code)] == times)
        }
    }

    @Test("A node with a co-located care-of address makes its own tunnel: the delivery style is never encapsulating")
    func coLocated() throws {
        var journey = Journey { $0.node.reverseTunnel = .encapsulating }
        #expect(journey.attach(to: .coLocated(Place.careOf)) == .accepted(.accepted, lifetime: 1800))
        #expect(try extensionTypes(try #require(journey.requests.first), from: RegistrationRequest.fixedSize) == [32])
        #expect(journey.bindings.map(\.flags) == [[.decapsulationByMN, .reverseTunnel]])
        #expect(journey.node.registrations(at: journey.now, startTime: Place.start).map(\.reverseTunnel) == [.direct])
    }

    @Test("A reverse tunnel that was adapted to one agent is requested again from the next")
    func nextAgent() throws {
        var journey = Journey {
            $0.node.reverseTunnel = .encapsulating
            $0.node.adaptsReverseTunnel = true
            $0.foreign.reverseTunnel = .unavailable
        }
        #expect(journey.attach(to: Journey.abroad) == .accepted(.accepted, lifetime: 1800))
        #expect(journey.visitors.map(\.reverseTunnel) == [.none])
        let next = TransportEndpoint(IPv4Address(198, 51, 100, 129), port: 434)
        let request = journey.node.attach(
            to: .foreignAgent(next, careOfAddress: next.address), at: journey.now, random: &journey.random)
        let octets = try #require(request)
        #expect(try extensionTypes(octets, from: RegistrationRequest.fixedSize) == [32, 130])
    }
}
