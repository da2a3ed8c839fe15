import AgentModel
import MobileIPv4
import MobileNode
import Testing

@Suite("Experimental extensions and messages at a mobile node")
struct NodeExperimentTests {
    private static let request =
        "01020708c000020ac0000201c6336401e90b5a8012345678ff05017465737420140000010065ee174420772e305acce35f83011eae"
    private static let denial = "03c00000c000020ac0000201e90b5a8012345678201400000100ccd590e487d31308c08e3d5ae32bdff2"
    private static let message = "ff7f090003616263ff040978797a201400000100708892a0990d15cfb35e751116edeec0"

    private static func experiment(
        critical isCritical: Bool = false, for addressee: NodeVendorExtension.Addressee = .homeAgent, _ subtype: UInt8 = 1
    ) -> NodeExperimentalExtension {
        NodeExperimentalExtension(
            isCritical: isCritical, addressee: addressee, subtype: subtype, content: Array("test".utf8))
    }

    /// A registered node with experiments of Sub-Type 9.
    ///
    /// - Parameter isOn: whether it takes part in experiments.
    private static func registered(isOn: Bool = true) -> VisitingNode {
        let visiting = VisitingNode {
            $0.discovery.experimental = isOn
            $0.experimentalExtensions = [experiment(critical: true, 9), experiment(9)]
        }
        visiting.attach()
        #expect(visiting.deliver() == .accepted(.accepted, lifetime: 100))
        return visiting
    }

    private static func receive(
        _ octets: [UInt8], _ visiting: VisitingNode, from source: TransportEndpoint = VisitingNode.foreignAgent
    ) -> Bool {
        visiting.node.receive(experimentalMessage: octets.span.bytes, from: source, at: visiting.now)
    }

    // MARK: - Requests

    @Test("E17, E18: the extension is sent where the home agent's authenticator covers it; 192 is a denial")
    func skippable() throws {
        let visiting = VisitingNode.ofExample {
            $0.discovery.experimental = true
            $0.experimentalExtensions = [Self.experiment()]
        }
        #expect(Hexadecimal.text(visiting.request) == Self.request)
        #expect(try visiting.deliver(hexadecimal: Self.denial) == .denied(.haExperimental))
    }

    @Test("Each extension goes to its recipient, in the configured order")
    func recipients() throws {
        let visiting = VisitingNode {
            $0.discovery.experimental = true
            $0.experimentalExtensions = [
                Self.experiment(critical: true), Self.experiment(for: .foreignAgent), Self.experiment(),
                Self.experiment(critical: true, for: .foreignAgent),
            ]
        }
        visiting.attach()
        #expect(try visiting.sentTypes == [127, 255, 32, 255, 127])
        visiting.attach(to: .coLocated(Place.careOf))
        #expect(try visiting.sentTypes == [127, 255, 32])
    }

    @Test("Experimental extensions are not sent by default")
    func off() throws {
        let visiting = VisitingNode { $0.experimentalExtensions = [Self.experiment()] }
        visiting.attach()
        #expect(try visiting.sentTypes == [32])
    }

    @Test("127 and 192 in reply to a request without experimental extensions are denials", arguments: [UInt8(127), 192])
    func denied(_ code: UInt8) throws {
        let visiting = VisitingNode()
        visiting.attach()
        #expect(visiting.deliver { $0.code = code } == .denied(ReplyCode(rawValue: code)))
        #expect(visiting.node.retry.due != nil)
        #expect(visiting.counters.experimentalExtensions == 0)
    }

    // MARK: - Replies

    /// An experimental extension in a reply to a node with experiments of Sub-Type 9.
    struct Reply: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var octets: [UInt8]
        var isOn = true
        var isAccepted = true
        var isCounted = false
        var isSkipped = false

        static let all: [Reply] = [
            Reply(testDescription: "a known one that must not be skipped", octets: [127, 9, 0, 1, 7], isCounted: true),
            Reply(testDescription: "a known one that may be skipped", octets: [255, 2, 9, 7], isCounted: true),
            Reply(testDescription: "an unknown one that must not be skipped", octets: [127, 8, 0, 1, 7], isAccepted: false),
            Reply(testDescription: "an unknown one that may be skipped", octets: [255, 2, 8, 7], isSkipped: true),
            Reply(
                testDescription: "one that must not be skipped, without experiments", octets: [127, 9, 0, 1, 7], isOn: false,
                isAccepted: false),
            Reply(
                testDescription: "one that may be skipped, without experiments", octets: [255, 2, 9, 7], isOn: false,
                isSkipped: true),
        ]
    }

    @Test("Known extensions are counted, unknown ones skipped or a reason to drop the reply", arguments: Reply.all)
    func replies(_ reply: Reply) throws {
        let visiting = Self.registered(isOn: reply.isOn)
        visiting.pass(until: 70)
        let outcome = visiting.deliver { $0.before = reply.octets }
        #expect(outcome == (reply.isAccepted ? .accepted(.accepted, lifetime: 100) : nil))
        #expect(visiting.counters.repliesDroppedInvalidExtension == (reply.isAccepted ? 0 : 1))
        #expect(visiting.counters.experimentalExtensions == (reply.isCounted ? 1 : 0))
        #expect(visiting.counters.repliesIgnoredUnknownExtension == (reply.isSkipped ? 1 : 0))
    }

    // MARK: - Messages

    @Test("E15: a message that the home agent has signed is accepted and counted")
    func message() throws {
        let octets = try #require(Hexadecimal.octets(Self.message))
        let visiting = Self.registered()
        #expect(Self.receive(octets, visiting))
        #expect(visiting.counters.experimentalMessages == 1)
    }

    @Test("A message of any length that is cut off or damaged is dropped", arguments: 0..<36)
    func damaged(length: Int) throws {
        var octets = try #require(Hexadecimal.octets(Self.message))
        let visiting = Self.registered()
        #expect(!Self.receive(Array(octets[..<length]), visiting))
        octets[length] ^= 0x10
        #expect(!Self.receive(octets, visiting))
        #expect(visiting.counters.experimentalMessages == 0)
    }

    @Test("A message is dropped without experiments, from elsewhere, of an unknown experiment, and after the registration")
    func dropped() throws {
        let octets = try #require(Hexadecimal.octets(Self.message))
        #expect(!Self.receive(octets, Self.registered(isOn: false)))
        #expect(!Self.receive(octets, Self.registered(), from: VisitingNode.homeAgent))
        let stranger = VisitingNode { $0.discovery.experimental = true }
        stranger.attach()
        #expect(stranger.deliver() == .accepted(.accepted, lifetime: 100))
        #expect(!Self.receive(octets, stranger))
        let late = Self.registered()
        late.node.detach()
        #expect(!Self.receive(octets, late))
        #expect(late.node.totalViolations == 0)
    }

    @Test("A message without an authenticator, or with a wrong one, is a violation")
    func forged() throws {
        let octets = try #require(Hexadecimal.octets(Self.message))
        let visiting = Self.registered()
        #expect(!Self.receive(Array(octets.dropLast(22)), visiting))
        var damaged = octets
        damaged[octets.count - 1] ^= 1
        #expect(!Self.receive(damaged, visiting))
        #expect(visiting.node.totalViolations == 2)
    }
}
