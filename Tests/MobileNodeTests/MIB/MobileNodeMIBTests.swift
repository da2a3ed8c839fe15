import AgentModel
import MIPMIB
import MIPTesting
import ManagementCore
import MobileIPv4
import MobileNode
import MobilityAgent
import Testing

extension Journey {
    /// Every MIB object of the node with its current value.
    func mib(_ agents: AgentList = AgentList()) -> MIBReading {
        let information = AgentInformation(
            name: "node", version: "test", instance: "one", processID: 1, roles: [.mobileNode], startTime: Place.start,
            encapsulations: [.ipInIp], addresses: [], careOfAddresses: [], settings: AgentSettings())
        var counters = AgentCounters(mobileNode: node.counters(with: agents))
        counters.securityViolations = node.totalViolations
        var changes: [StateChange] = [
            .information(information), .counters(counters),
            .mobileNodeStatus(node.status(agents: agents, startTime: Place.start)),
        ]
        changes += node.registrations(at: now, startTime: Place.start).map(StateChange.registration)
        changes += node.associations(startTime: Place.start).map(StateChange.association)
        changes += node.violations(startTime: Place.start).map(StateChange.violation)
        changes += agents.knownForeignAgents(startTime: Place.start).map(StateChange.foreignAgent)
        let time = Place.start.adding(milliseconds: uptime / 1_000_000)
        return MIBReading(
            MIBView(
                state: AgentState(name: "node", changes: changes, agentTime: time),
                masterStart: Place.start.adding(milliseconds: -3_600_000)))
    }
}

@Suite("MIB objects of a mobile node that exchanges real datagrams")
struct MobileNodeMIBTests {
    /// The MIB object of each counter, as described in MIP-MIB.
    static let names: [any PartialKeyPath<MobileNodeCounters> & Sendable: String] = [
        \.requestsAccepted: "mnRegRequestsAccepted", \.requestsDeniedByHomeAgent: "mnRegRequestsDeniedByHA",
        \.requestsDeniedByForeignAgent: "mnRegRequestsDeniedByFA",
        \.repliesDroppedInvalidExtension: "mnRepliesDroppedInvalidExtension",
        \.repliesIgnoredUnknownExtension: "mnRepliesIgnoredUnknownExtension", \.repliesInvalidID: "mnRepliesInvalidID",
        \.repliesInvalidHomeAddress: "mnRepliesInvalidHomeAddress", \.repliesUnknownHomeAgent: "mnRepliesUnknownHA",
        \.repliesUnknownForeignAgent: "mnRepliesUnknownFA",
        \.repliesHomeAgentAuthenticationFailure: "mnRepliesHAAuthenticationFailure",
        \.repliesForeignAgentAuthenticationFailure: "mnRepliesFAAuthenticationFailure",
        \.errorExtensionsReceived: "mipExtMnErrorExtensionsReceived",
    ]

    @Test("A reply increments the counters of its outcome by one, and no others", arguments: ReplyCase.all)
    func reply(_ example: ReplyCase) throws {
        var journey = Journey {
            $0.node.mobileForeign = NodeAssociation(spi: Place.mobileForeignSPI, key: Place.mobileForeignKey)
            $0.node.otherHomeAgents = [IPv4Address(192, 0, 2, 3)]
        }
        let start = journey.mib()
        let sent = journey.node.attach(to: Journey.abroad, at: journey.now, random: &journey.random)
        let request = try #require(sent)
        let before = journey.mib()
        #expect(before.moved(since: start) == ["mnRegRequestsSent.0": 1])

        var reply = ReplyCase.Reply(identification: try RegistrationRequest(decoding: request.span.bytes).identification)
        example.change(&reply)
        var following: [UInt8]?
        _ = journey.node.receive(
            reply.octets.span.bytes, from: reply.source, at: journey.now, request: &following, random: &journey.random)
        var expected: [String: UInt64] = [:]
        for counter in example.counters { expected[try #require(Self.names[counter]) + ".0"] = 1 }
        switch example.outcome {
        case .accepted(let code, _)?, .denied(let code)?:
            expected["mnRegRepliesRecieved.0"] = 1
            expected["mipExtReplyCount.1.2.\(code.rawValue)"] = 1
        default: break
        }
        expected.merge(Self.uses(of: example)) { $1 }
        #expect(journey.mib().moved(since: before) == expected)
    }

    /// What a reply changes in the tables of associations and violations. A reply is authenticated only once it is known to be an answer.
    static func uses(of example: ReplyCase) -> [String: UInt64] {
        let unread: Set<PartialKeyPath<MobileNodeCounters>> = [
            \.repliesDroppedInvalidExtension, \.repliesInvalidID, \.repliesInvalidHomeAddress, \.repliesUnknownHomeAgent,
            \.repliesUnknownForeignAgent,
        ]
        guard !example.counters.contains(where: { unread.contains($0) }) else { return [:] }
        func use(_ agent: String, _ spi: Int, isCorrect: Bool) -> [String: UInt64] {
            guard !isCorrect else { return ["mipExtAssocAccepted.2.4.\(agent).\(spi)": 1] }
            return [
                "mipExtAssocAuthFailures.2.4.\(agent).\(spi)": 1, "mipSecTotalViolations.0": 1,
                "mipSecViolationCounter.\(agent)": 1, "mipSecurityViolationCounter.2.4.\(agent)": 1,
            ]
        }
        let isForeignRight = !example.counters.contains(\.repliesForeignAgentAuthenticationFailure)
        let foreign = use("198.51.100.1", 768, isCorrect: isForeignRight)
        // A foreign agent's own denial has no authenticator from the home agent.
        guard isForeignRight, example.outcome != .denied(.faInsufficientResources) else { return foreign }
        let isHomeRight = !example.counters.contains(\.repliesHomeAgentAuthenticationFailure)
        return foreign.merging(use("192.0.2.1", 256, isCorrect: isHomeRight)) { $1 }
    }

    @Test("A journey increments the counters of moves and requests, and its rows show each step")
    func journey() throws {
        var journey = Journey { $0.node.nai = nil }
        _ = journey.attach(to: .home)
        #expect(journey.mib()["mnState.0"] == .integer(1))
        #expect(journey.mib()["mnIdentifierType.0"] == .integer(2))
        #expect(journey.mib()["mnIdentifier.0"] == .octets([192, 0, 2, 10]))

        var before = journey.mib()
        let sent = journey.node.attach(to: Journey.abroad, at: journey.now, random: &journey.random)
        let row = ".198.51.100.1.198.51.100.1"
        #expect(journey.mib()["mnState.0"] == .integer(3))
        #expect(journey.mib()["mnRegIsAccepted" + row] == .integer(2))
        #expect(journey.mib()["mnRegTimeRequested" + row] == .integer(1800))
        #expect(journey.carry(sent) == .accepted(.accepted, lifetime: 1800))
        var reading = journey.mib()
        #expect(
            reading.moved(since: before) == [
                "mnMoveFromHAToFA.0": 1, "mnRegRequestsSent.0": 1, "mnRegRepliesRecieved.0": 1, "mnRegRequestsAccepted.0": 1,
                "mipExtReplyCount.1.2.0": 1, "mipExtAssocAccepted.2.4.192.0.2.1.256": 1,
            ])
        #expect(reading["mnState.0"] == .integer(2))
        #expect(reading["mnRegIsAccepted" + row] == .integer(1))
        // One second passed on the way.
        #expect(reading["mnRegTimeRemaining" + row] == .gauge(1799))
        #expect(reading["mnCOAIsLocal" + row] == .integer(2))
        #expect(reading["mnCurrentHA.192.0.2.1"] == .integer(1))
        #expect(reading["mnRegTimeSent" + row] == .timeTicks(360_000))

        journey.wait(seconds: 10)
        before = journey.mib()
        #expect(journey.attach(to: .coLocated(Place.careOf)) == .accepted(.accepted, lifetime: 1800))
        reading = journey.mib()
        #expect(reading.moved(since: before)["mnMoveFromFAToFA.0"] == 1)
        #expect(reading["mnCOAIsLocal.192.0.2.1.203.0.113.5"] == .integer(1))
        #expect(reading["mnRegFlags.192.0.2.1.203.0.113.5"] == .octets([0x10]))

        journey.wait(seconds: 10)
        before = journey.mib()
        #expect(journey.attach(to: .home) == .accepted(.accepted, lifetime: 0))
        #expect(
            journey.mib().moved(since: before) == [
                "mnMoveFromFAToHA.0": 1, "mnDeRegRequestsSent.0": 1, "mnDeRegRepliesRecieved.0": 1, "mnRegRequestsAccepted.0": 1,
                "mipExtReplyCount.1.2.0": 1, "mipExtAssocAccepted.2.4.192.0.2.1.256": 1,
            ])
        #expect(journey.mib()["mnRegIsAccepted" + row] == nil)
    }

    @Test("Heard agents appear as rows, as the latest advertisement and in the discovery counters")
    func discovery() throws {
        var agents = AgentList()
        var journey = Journey { $0.node.nai = Place.alice }
        let before = journey.mib(agents)
        func advertisement(_ sequence: UInt16) -> [UInt8] {
            AgentAdvertisement(
                onlyMobility: true, lifetime: 90, routers: [.init(address: Place.foreignAgent.address)],
                mobilityAgent: .init(
                    sequence: .init(rawValue: sequence), registrationLifetime: .init(rawValue: 65535),
                    flags: [.foreignAgent, .reverseTunnel, .registrationRequired, .udpTunnel],
                    careOfAddresses: [Place.careOf, Place.foreignAgent.address])
            ).encoded()
        }
        for sequence: UInt16 in [65535, 256, 3] {
            _ = agents.receive(
                advertisement(sequence).span.bytes, from: Place.foreignAgent.address,
                at: Moment(uptime: 2_000_000_000, wallClock: 0))
        }
        journey.node.countSolicitation()
        journey.node.countGratuitousARP()
        journey.wait(seconds: 5)
        let reading = journey.mib(agents)
        #expect(
            reading.moved(since: before) == [
                "mnAdvertisementsReceived.0": 3, "mnAgentRebootsDectected.0": 1, "mnSolicitationsSent.0": 1,
                "mnGratuitousARPsSend.0": 1,
            ])
        let expected: [String: MIBValue] = [
            "mnIdentifierType.0": .integer(3), "mnIdentifier.0": .octets(Array("alice@example.net".utf8)),
            "mnAdvSourceAddress.0": .ipAddress(Place.foreignAgent.address), "mnAdvSequence.0": .integer(3),
            "mnAdvFlags.0": .octets([0b0001_0011]), "mnAdvMaxRegLifetime.0": .integer(65535),
            "mnAdvMaxAdvLifetime.0": .integer(90),
            "mnAdvTimeReceived.0": .timeTicks(360_200),
            "mnFAAddress.198.51.100.1.198.51.100.1": .ipAddress(Place.foreignAgent.address),
            "mnCOA.198.51.100.1.203.0.113.5": .ipAddress(Place.careOf),
            "mipExtHeardFlags.198.51.100.1.203.0.113.5": .octets([0b0001_0011, 0b1000_0000]),
            "mipExtHeardLifetime.198.51.100.1.203.0.113.5": .unsigned(65535),
        ]
        for (name, value) in expected { #expect(reading[name] == value, "\(name)") }
    }

    @Test("Before any agent is heard there is no latest advertisement, and a node has no objects of agents")
    func nothing() {
        let reading = Journey().mib()
        #expect(reading["mipEntities.0"] == .octets([0x80]))
        #expect(
            !reading.values.keys.contains {
                $0.hasPrefix("mnAdvSource") || $0.hasPrefix("ha") || $0.hasPrefix("fa") || $0.hasPrefix("ma")
            })
    }
}
