import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

@Suite("Who gets the texts of one change")
struct NotificationPlanTests {
    private static let text = NotificationLab.text

    private static func address(_ index: Int) -> IPv4Address { IPv4Address(192, 0, 2, UInt8(10 + index)) }

    /// A home agent with nodes behind one foreign agent, each with an identifier.
    private static func home(_ identifiers: [NetworkAccessIdentifier?], _ offer: Offer? = nil) throws -> Bench {
        let prefix = try #require(Lab.homeNetwork)
        var bench = Bench(Lab.homeAgentConfiguration([Lab.association(.prefix(prefix)), Lab.ofForeignAgent]))
        for (index, nai) in identifiers.enumerated() {
            let reply = try bench.registerAtHome(offer) {
                $0.homeAddress = address(index)
                $0.nai = nai
            }
            #expect(reply.code == 0)
        }
        return bench
    }

    @Test("Whoever is named by several orders of a change gets a text once, and another text as well")
    func overlap() throws {
        let bench = try Self.home([nil, nil, nil, nil])
        let one = NotificationOrder(to: .mobileNode, homeAddresses: IPv4Prefix(host: Self.address(1)), text: Self.text)
        let all = NotificationOrder(to: .mobileNode, text: Self.text)
        #expect(try bench.agent.plan([one, all, one]).count == 4)
        let agent = NotificationOrder(to: .foreignAgent, homeAddresses: IPv4Prefix(host: Self.address(1)), text: Self.text)
        let agents = NotificationOrder(to: .foreignAgent, text: Self.text)
        #expect(try bench.agent.plan([agent, agents]).count == 1)
        #expect(try bench.agent.plan([all, agents, NotificationOrder(to: .mobileNode, text: "other")]).count == 9)
    }

    @Test("A change with an order that cannot be followed sends nothing, and its refusal has the index of the order")
    func whole() throws {
        let bench = try Self.home([nil])
        let good = NotificationOrder(to: .mobileNode, text: Self.text)
        let bad = NotificationOrder(to: .mobileNode, homeAddresses: IPv4Prefix(host: Self.address(9)), text: Self.text)
        do throws(ChangeRefusal) {
            _ = try bench.agent.plan([good, bad])
            Issue.record("the plan was made")
        } catch {
            #expect(error.index == 1 && error.problem == .notFound && error.field == "homeAddresses")
        }
        #expect(bench.notifications.isEmpty)
    }

    @Test("A plan is sent later, but not to nodes that have left meanwhile")
    func later() throws {
        var bench = try Self.home([nil, nil])
        let plan = try bench.agent.plan([NotificationOrder(to: .mobileNode, text: Self.text)])
        bench.revoke(Self.address(0))
        var effects = AgentEffects()
        bench.agent.send(plan, at: bench.now, effects: &effects)
        bench.advance(seconds: 0.1)
        let receivers = try (effects.datagrams + bench.effects.datagrams).map { try GenericNotification($0).homeAddress }
        #expect(receivers == [Self.address(1)])
        #expect(bench.notifications.map(\.state) == [.unanswered, .waiting] && bench.notifications.map(\.tries) == [0, 1])
    }

    @Test("A change can have many orders for nodes, but not many for networks")
    func searches() throws {
        let bench = try Self.home([Lab.alice])
        let host = NotificationOrder(to: .mobileNode, homeAddresses: IPv4Prefix(host: Self.address(0)), text: Self.text)
        let alice = NotificationOrder(to: .mobileNode, nai: Lab.alice, text: Self.text)
        #expect(try bench.agent.plan(Array(repeating: host, count: 500) + Array(repeating: alice, count: 500)).count == 1)
        let all = NotificationOrder(to: .mobileNode, text: Self.text)
        #expect(try bench.agent.plan(Array(repeating: all, count: 64)).count == 1)
        do throws(ChangeRefusal) {
            _ = try bench.agent.plan(Array(repeating: all, count: 65))
            Issue.record("the plan was made")
        } catch {
            #expect(error.index == 64 && error.problem == .resourceUnavailable)
        }
    }

    @Test("A node with simultaneous bindings gets a text once, where it has registered last")
    func simultaneous() throws {
        var bench = Bench(Lab.homeAgentConfiguration { $0.simultaneousBindings = true })
        for careOfAddress in [Lab.careOf, Lab.otherCareOf, Lab.careOf] {
            bench.advance(seconds: 1)
            let request = Request(bench) {
                $0.flags.insert(.simultaneousBindings)
                $0.careOfAddress = careOfAddress
            }
            #expect(try Reply(bench.receive(request.octets, from: TransportEndpoint(careOfAddress, port: 5000)))?.code == 0)
        }
        #expect(bench.bindings.count == 2)
        let order = NotificationOrder(to: .mobileNode, text: Self.text)
        #expect(try bench.agent.check(notify: order) == 1)
        #expect(try GenericNotification(try bench.send(order)).careOfAddress == Lab.careOf)
    }

    @Test("An order for a realm is about its nodes, whatever the case of the letters, and not about subdomains")
    func realm() throws {
        let names = ["alice@example.net", "bob@EXAMPLE.net", "carol@a.example.net", "dave@example.org", "example.net"]
        let bench = try Self.home(names.map { NetworkAccessIdentifier($0) } + [nil])
        func count(_ nai: String) throws -> Int {
            try bench.agent.check(
                notify: NotificationOrder(to: .mobileNode, nai: NetworkAccessIdentifier(nai), text: Self.text))
        }
        #expect(try count("@example.net") == 2)
        #expect(try count("@A.example.net") == 1)
        #expect(try count("bob@EXAMPLE.net") == 1)
        let none = NotificationOrder(to: .mobileNode, nai: NetworkAccessIdentifier("@example.com"), text: Self.text)
        #expect(bench.refusal(of: none)?.problem == .notFound)
    }

    @Test(
        "A character that changes the writing direction is refused in a text",
        arguments: [0x061C, 0x200E, 0x200F, 0x202A, 0x202E, 0x2066, 0x2069] as [UInt32])
    func direction(_ value: UInt32) throws {
        let scalar = try #require(Unicode.Scalar(value))
        let bench = try NotificationLab.home()
        let refusal = bench.refusal(of: NotificationOrder(to: .mobileNode, text: "a\(scalar)b"))
        #expect(refusal?.problem == .invalidValue && refusal?.field == "text")
    }

    @Test("Texts to a foreign agent do not delay a revocation")
    func revocation() throws {
        var bench = try Self.home(Array(repeating: nil, count: 50), Offer(timestamp: RevocationLab.start))
        bench.advance(seconds: 1)
        #expect(bench.notify(NotificationOrder(to: .mobileNode, text: Self.text)).refusal == nil)
        bench.revoke(Self.address(49))
        #expect(bench.sentRevocations.map(\.homeAddress) == [Self.address(49)])
    }
}
