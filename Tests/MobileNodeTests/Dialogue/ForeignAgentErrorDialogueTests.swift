import AgentModel
import MIPTesting
import MobileIPv4
import MobileNode
import MobilityAgent
import Testing

@Suite("A foreign agent that refuses its home agent's reply, and the mobile node")
struct ForeignAgentErrorDialogueTests {
    private static func journey(isSigned: Bool) -> Journey {
        Journey {
            $0.agentsShareAssociation = true
            if isSigned {
                $0.node.mobileForeign = NodeAssociation(spi: Place.mobileForeignSPI, key: Place.mobileForeignKey)
                $0.ofVisitor = [
                    Place.association(spi: Place.mobileForeignSPI, key: Place.mobileForeignKey, ownRole: .foreignAgent)
                ]
            }
        }
    }

    /// Carries a request to the home agent and its reply, damaged at the end, to the foreign agent; returns what reaches the node.
    private static func damaged(_ request: [UInt8], _ journey: inout Journey) throws -> [UInt8] {
        var (relayed, replied, delivered) = (AgentEffects(), AgentEffects(), AgentEffects())
        journey.foreign.receive(
            request.span.bytes, from: TransportEndpoint(Place.home, port: 5001), to: Place.foreignAgent, timeToLive: 255,
            at: journey.now, effects: &relayed)
        let atHome = try #require(relayed.datagrams.first)
        journey.home.receive(
            atHome.payload.span.bytes, from: atHome.source, to: Place.homeAgent, at: journey.now, effects: &replied)
        var reply = try #require(replied.datagrams.first).payload
        reply[reply.count - 1] ^= 1
        journey.foreign.receive(
            reply.span.bytes, from: Place.homeAgent, to: atHome.source, at: journey.now, effects: &delivered)
        return try #require(delivered.datagrams.first { $0.destination.address == Place.home }).payload
    }

    @Test("The node deregisters through it, so that no binding is left, and registers again", arguments: [true, false])
    func refused(isSigned: Bool) throws {
        var journey = Self.journey(isSigned: isSigned)
        let sent = journey.node.attach(to: Journey.abroad, at: journey.now, random: &journey.random)
        let octets = try Self.damaged(try #require(sent), &journey)
        #expect(try extensionTypes(octets, from: RegistrationReply.fixedSize) == (isSigned ? [32, 45, 33] : [32, 45]))
        #expect(journey.bindings.count == 1 && journey.visitors.allSatisfy { $0.state != .accepted })

        var following: [UInt8]?
        let outcome = journey.node.receive(
            octets.span.bytes, from: Place.foreignAgent, at: journey.now, request: &following, random: &journey.random)
        #expect(outcome == (isSigned ? .denied(.faHomeAgentFailedAuthentication) : nil))
        journey.wait(seconds: 1.1)
        if !isSigned {
            let request = journey.node.advance(to: journey.now, random: &journey.random)
            #expect(request == nil)
            #expect(journey.node.failure(at: journey.now) == .denied(.faHomeAgentFailedAuthentication))
        }
        let farewell = journey.node.advance(to: journey.now, random: &journey.random)
        #expect(journey.carry(farewell) == .accepted(.accepted, lifetime: 0))
        #expect(journey.bindings.isEmpty && journey.visitors.isEmpty)
        #expect(journey.foreignCounters.errorExtensionsSent == 1)
        #expect(journey.node.counters.errorExtensionsReceived == 1)

        journey.uptime = max(journey.uptime, try #require(journey.node.retry.due))
        let isTried = journey.node.beginRetry(at: journey.now)
        #expect(isTried)
        #expect(journey.attach(to: Journey.abroad) == .accepted(.accepted, lifetime: 1800))
    }

    @Test("The texts of both agents reach the node with the replies that they explain")
    func texts() throws {
        var journey = Journey {
            $0.home.messages = MessageTexts(replies: ReplyTexts([.accepted: "welcome home", .deregistered: "good-bye"]))
            $0.foreign.messages = MessageTexts(replies: ReplyTexts([.accepted: "Café Wi-Fi"]))
        }
        #expect(journey.attach(to: Journey.abroad) == .accepted(.accepted, lifetime: 1800))
        #expect(journey.node.takeNewMessages().map(\.text) == ["welcome home", "Café Wi-Fi"])
        journey.wait(seconds: 5)
        let farewell = journey.node.deregister(at: journey.now, random: &journey.random)
        #expect(journey.carry(farewell) == .accepted(.accepted, lifetime: 0))
        #expect(journey.node.takeNewMessages().map(\.text) == ["good-bye"])
    }
}
