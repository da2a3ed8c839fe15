import AgentControl
import AgentModel
import MIPTesting
import ManagementCore
import MobileIPv4
import NIOConcurrencyHelpers
import Testing

@Suite("The mirror of an agent")
struct ManagedAgentTests {
    static func withMirror(
        rows: [StateChange] = [], grace: Duration = .seconds(5),
        _ body: (ScriptedAgent, ManagedAgent) async throws -> Void
    ) async throws {
        let directory = try TemporaryDirectory()
        let agent = ScriptedAgent(socketPath: directory.file("a.sock"), rows: rows)
        let mirror = ManagedAgent(name: "a", socketPath: directory.file("a.sock"), grace: grace)
        let task = Task { await mirror.run() }
        defer { task.cancel() }
        try await body(agent, mirror)
        await agent.stop()
    }

    static func waitForSync(_ mirror: ManagedAgent) async throws {
        try await eventually("synchronisation") { mirror.state().health.connection == .synchronized }
    }

    @Test("The mirror has the snapshot and then follows every change")
    func follows() async throws {
        try await Self.withMirror(rows: (0..<1200).map { .binding(Samples.binding($0)) }) { agent, mirror in
            #expect(mirror.state().health.connection == .connecting)
            try await agent.start()
            try await Self.waitForSync(mirror)
            #expect(mirror.state().bindings.count == 1200)
            await agent.publish([.binding(Samples.binding(5000)), .bindingRemoved(Samples.binding(3).key, .expired)])
            try await eventually("the change") { mirror.state().bindings[Samples.binding(5000).key] != nil }
            #expect(mirror.state().bindings[Samples.binding(3).key] == nil)
            #expect(mirror.state().bindings.count == 1200)
            #expect(mirror.state().sequence == 2)
        }
    }

    @Test("A lost agent is stale for the grace time, then withdrawn, and reconnected automatically")
    func loss() async throws {
        try await Self.withMirror(rows: [.binding(Samples.binding(1))], grace: .seconds(1)) { agent, mirror in
            try await agent.start()
            try await Self.waitForSync(mirror)
            await agent.stop()
            try await eventually("the loss") { mirror.state().health.connection == .stale }
            #expect(mirror.state().bindings.count == 1)
            try await eventually("withdrawal") { mirror.state().health.connection == .down }
            #expect(mirror.state().bindings.isEmpty && mirror.state().information == nil)
            #expect(mirror.state().health.lastError != nil)
            try await agent.start()
            try await Self.waitForSync(mirror)
            #expect(mirror.state().bindings.count == 1)
            #expect(mirror.state().health.connections == 2)
            #expect(mirror.state().health.restarts == 0)
        }
    }

    @Test("A new start time of the agent is a discontinuity")
    func restart() async throws {
        try await Self.withMirror { agent, mirror in
            try await agent.start()
            try await Self.waitForSync(mirror)
            await agent.stop()
            let later = Samples.start.adding(milliseconds: 60_000)
            await agent.publish([.information(Samples.information(instance: "two", start: later))])
            try await agent.start()
            try await eventually("the restart") { mirror.state().health.restarts == 1 }
            #expect(mirror.state().health.discontinuity == later)
        }
    }

    @Test("Lifetimes count down on the agent's clock")
    func countdown() async throws {
        try await Self.withMirror(rows: [.binding(Samples.binding(1, lifetime: 600))]) { agent, mirror in
            try await agent.start()
            try await Self.waitForSync(mirror)
            let state = mirror.state()
            let left = state.secondsRemaining(until: state.bindings.first?.row.expires)
            #expect((570...600).contains(left))
            #expect(state.secondsRemaining(until: nil) == 65535)
            #expect(state.secondsRemaining(until: Timestamp(milliseconds: 0)) == 0)
        }
    }

    @Test("A slow listener receives the number of missed events, then the newest; its handler receives each missed one")
    func missed() async throws {
        try await Self.withMirror(rows: []) { agent, mirror in
            try await agent.start()
            try await Self.waitForSync(mirror)
            let dropped = NIOLockedValueBox<[AgentEvent]>([])
            var slow = mirror.events { event in dropped.withLockedValue { $0.append(event) } }.makeAsyncIterator()
            let before = mirror.state().sequence
            func event(_ number: Int) -> AgentEvent {
                AgentEvent(time: Samples.start, kind: .registered, role: .homeAgent, message: "\(number)")
            }
            for start in stride(from: 0, to: 1700, by: 100) {
                await agent.publish((start..<start + 100).map { .event(event($0)) })
            }
            try await eventually("all of them in the mirror") { mirror.state().sequence >= before + 1700 }
            #expect(dropped.withLockedValue { $0 } == (0..<700).map(event))
            #expect(await slow.next() == .missed(700))
            for number in 700..<1700 { #expect(await slow.next() == .event(event(number))) }
            await agent.publish([.event(event(1700))])
            #expect(await slow.next() == .event(event(1700)))
        }
    }

    @Test("Events reach every listener, and commands reach the agent and return its answers")
    func eventsAndCommands() async throws {
        try await Self.withMirror(rows: [.binding(Samples.binding(1))]) { agent, mirror in
            try await agent.start()
            try await Self.waitForSync(mirror)
            var first = mirror.events().makeAsyncIterator()
            var second = mirror.events().makeAsyncIterator()
            let event = AgentEvent(time: Samples.start, kind: .registered, role: .homeAgent, message: "one came")
            await agent.publish([.event(event)])
            #expect(await first.next() == .event(event))
            #expect(await second.next() == .event(event))
            let home = Samples.binding(1).homeAddress
            let commands = AgentCommands(socketPath: mirror.socketPath)
            let ended = try await commands.run { try await $0.revokeBinding(homeAddress: home, careOfAddress: nil) }
            #expect(ended == 1)
            await #expect(throws: ControlError.bindingNotFound(homeAddress: home, careOfAddress: nil)) {
                try await commands.run { try await $0.revokeBinding(homeAddress: home, careOfAddress: nil) }
            }
            try await commands.run { try await $0.setEnabled(false) }
            try await eventually("the change in the mirror") { mirror.state().information?.enabled == false }
            await #expect(throws: ControlError.refused(reason: "registration is already off")) {
                try await commands.run { try await $0.setEnabled(false) }
            }
        }
    }
}
