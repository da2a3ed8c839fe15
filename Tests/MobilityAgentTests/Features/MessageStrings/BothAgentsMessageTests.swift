import AgentModel
import MIPTesting
import MobileIPv4
import MobilityAgent
import Testing

@Suite("Message strings of both agents in one reply")
struct BothAgentsMessageTests {
    /// A reply of both agents, made independently of this product: fixed part, text of the home agent, Mobile-Home authentication
    /// extension, text of the foreign agent.
    private static let example =
        "03000708c000020ac0000201e90b5a8012345678911901507265706169642071756f74613a2035204d42206c656674"
        + "201400000100c69951d57d62a35968cfdc7db80a55ca910c02436166c3a92057692d4669"

    @Test("A home agent and a foreign agent write the published example")
    func example() throws {
        let key = AuthenticationKey(octets: (0..<16).map { UInt8($0 * 0x11) })
        let association = Lab.association(key: key)
        var home = Bench(
            Lab.homeAgentConfiguration([association]) {
                $0.messages = MessageTexts(replies: ReplyTexts([.code(.accepted): "Prepaid quota: 5 MB left"]))
            })
        var foreign = Bench(
            Lab.foreignAgentConfiguration { $0.messages = MessageTexts(replies: ReplyTexts([.code(.accepted): "Café Wi-Fi"])) })
        let request = Request(visiting: foreign) {
            $0.lifetime = 1800
            $0.identification = Identification(high: 0xE90B_5A80, low: 0x1234_5678)
            $0.association = association
        }
        let relayed = foreign.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)
        let answer = home.receive(try #require(relayed).payload, from: Lab.foreignAgent)
        let delivered = foreign.receive(try #require(answer).payload, from: Lab.homeAgent, to: Lab.foreignAgent)
        #expect(delivered?.payload == Hexadecimal.octets(Self.example))
    }
}
