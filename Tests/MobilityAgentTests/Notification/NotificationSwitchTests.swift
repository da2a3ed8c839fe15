import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

@Suite("Turning generic notifications on and off")
struct NotificationSwitchTests {
    @Test("While they are off, both messages are as unknown as any other", arguments: [22, 23] as [UInt8])
    func off(_ type: UInt8) throws {
        for arrival in NotificationArrival.all {
            var bench = try arrival.bench()
            bench.set { $0.notifications = false }
            let message = NotificationMessage(arrival.direction, bench) {
                $0.code = type == 23 ? .accepted : nil
                $0.careOfAddress = arrival.careOfAddress
                $0.signatures = arrival.signatures.map { ($0.type, $0.association) }
            }
            #expect(message.octets[0] == type)
            #expect(bench.receive(message.octets, from: arrival.source, to: arrival.local) == nil)
            #expect(bench.agent.counters.discards[.unknownMessageType] == 1 && arrival.received(bench) == 0)
            bench.set { $0.notifications = true }
            bench.receive(message.octets, from: arrival.source, to: arrival.local)
            #expect(bench.agent.counters.discards[.unknownMessageType] == 1)
            #expect(arrival.received(bench) == (type == 22 ? 1 : 0))
        }
    }

    @Test("Turning them off gives up what waits", arguments: NotificationRoute.all)
    func waiting(_ route: NotificationRoute) throws {
        var bench = try route.bench()
        _ = try bench.send(route.order)
        bench.set { $0.notifications = false }
        bench.advance(seconds: 2)
        #expect(bench.effects.datagrams.isEmpty && bench.notifications.map(\.state) == [.unanswered])
    }

    @Test("A visit that began while they were off is reached after its next registration")
    func visit() throws {
        var bench = Bench(Lab.foreignAgentConfiguration([Lab.ofVisitor, Lab.ofHomeAgent]))
        bench.set { $0.notifications = false }
        try NotificationLab.visit(&bench, [Lab.ofVisitor, Lab.ofHomeAgent])
        bench.set { $0.notifications = true }
        let order = NotificationOrder(to: .mobileNode, text: NotificationLab.text)
        #expect(bench.refusal(of: order)?.problem == .notFound)
        bench.advance(seconds: 1)
        try NotificationLab.visit(&bench, [Lab.ofVisitor, Lab.ofHomeAgent])
        #expect(bench.refusal(of: order) == nil)
    }

    @Test("A home agent and a foreign agent exchange a text through each other")
    func both() throws {
        var home = try NotificationLab.home()
        var foreign = try NotificationLab.foreign()
        let toForeign = try home.send(NotificationOrder(to: .foreignAgent, text: "to the foreign agent"))
        let acknowledgment = foreign.receive(toForeign.payload, from: toForeign.source, to: toForeign.destination)
        let answer = try #require(acknowledgment)
        home.receive(answer.payload, from: answer.source, to: answer.destination)
        #expect(home.notifications.map(\.state) == [.acknowledged])
        #expect(foreign.notifications.map(\.text) == ["to the foreign agent"])

        foreign.uptime += 1_000_000
        home.uptime += 1_000_000
        let toHome = try foreign.send(NotificationOrder(to: .homeAgent, text: "to the home agent"))
        let returned = home.receive(toHome.payload, from: toHome.source, to: toHome.destination)
        let other = try #require(returned)
        foreign.receive(other.payload, from: other.source, to: other.destination)
        #expect(foreign.notifications.map(\.state) == [.received, .acknowledged])
        #expect(home.notifications.map(\.text) == ["to the foreign agent", "to the home agent"])
    }
}
