import AgentModel
import MIPTesting
import Testing

@testable import ManagementCore

@Suite("The clock of an agent")
struct AgentClockTests {
    static func run(start: Int64) -> AgentRun { AgentRun(instance: "", start: Timestamp(milliseconds: start)) }

    static func synchronised(delays: [Int64], start: Int64 = 0) -> AgentClockEstimate {
        var clock = AgentClockEstimate()
        clock.begin()
        for (number, delay) in delays.enumerated() {
            let sent = 1000 + Int64(number)
            clock.observe(building: sent, at: 50_000 + sent + delay)
        }
        clock.end(run: run(start: start), at: 1000 + Int64(delays.count))
        return clock
    }

    @Test("The quickest message of the first synchronisation determines when something happened")
    func fixed() {
        let clock = Self.synchronised(delays: [40, 3, 90])
        #expect(clock.fixed == 50_003)
        #expect(clock.least == 50_003)
    }

    @Test("Messages that come later or sooner do not move the past; a sooner one corrects the present")
    func laterMessages() {
        var clock = Self.synchronised(delays: [10])
        clock.observe(agent: 2000, at: 52_500)
        #expect(clock.least == 50_010)
        clock.observe(agent: 3000, at: 53_001)
        #expect(clock.least == 50_001)
        #expect(clock.fixed == 50_010)
    }

    @Test("A new connection to the same run of the agent does not move the past; another run has its own clock")
    func runs() {
        var clock = Self.synchronised(delays: [10], start: 7)
        clock.begin()
        clock.observe(building: 9000, at: 59_002)
        clock.end(run: Self.run(start: 7), at: 9000)
        #expect(clock.fixed == 50_010)
        #expect(clock.least == 50_002)
        clock.begin()
        clock.observe(building: 100, at: 70_105)
        #expect(clock.fixed == 50_010)
        clock.end(run: Self.run(start: 8), at: 100)
        #expect(clock.fixed == 70_005)
        #expect(clock.least == 70_005)
    }

    @Test("The present follows an agent whose clock steps back without a report")
    func unreportedStep() {
        var clock = Self.synchronised(delays: [10])
        clock.observe(agent: 1000, at: 100_000)
        #expect(clock.least == 99_000)
        #expect(clock.fixed == 50_010)
    }

    @Test(
        "A reported step of the agent's clock moves both estimates by exactly that",
        arguments: [3_600_000, -3_600_000, 300, -300])
    func reportedStep(step: Int64) {
        var clock = Self.synchronised(delays: [10])
        clock.observe(agent: 3000, at: 53_001)
        clock.set(by: step, at: 4000 + step)
        clock.observe(agent: 4000 + step, at: 54_500)
        #expect(clock.least == 50_001 - step)
        #expect(clock.fixed == 50_010 - step)
        // A second one is measured from the first.
        clock.set(by: 1000, at: 6000 + step)
        #expect(clock.least == 49_001 - step)
        #expect(clock.fixed == 49_010 - step)
    }

    @Test("All snapshots of one run of an agent place its times alike, across connections")
    func snapshots() async throws {
        try await ManagedAgentTests.withMirror(rows: [.binding(Samples.binding(1))]) { agent, mirror in
            try await agent.start()
            try await ManagedAgentTests.waitForSync(mirror)
            let first = try #require(mirror.state().clockDifference)
            for number in 0..<50 {
                await agent.publish([.binding(Samples.binding(number))])
                #expect(mirror.state().clockDifference == first)
            }
            await agent.stop()
            try await eventually("the loss") { mirror.state().health.connection != .synchronized }
            try await agent.start()
            try await ManagedAgentTests.waitForSync(mirror)
            #expect(mirror.state().clockDifference == first)
        }
    }

    @Test("The agent's time never goes back between two snapshots")
    func present() async throws {
        try await ManagedAgentTests.withMirror(rows: [.binding(Samples.binding(1))]) { agent, mirror in
            try await agent.start()
            try await ManagedAgentTests.waitForSync(mirror)
            var last = try #require(mirror.state().agentTime)
            for number in 0..<300 {
                if number.isMultiple(of: 3) { await agent.publish([.binding(Samples.binding(number))]) }
                let now = try #require(mirror.state().agentTime)
                #expect(now >= last)
                last = now
                await Task.yield()
            }
        }
    }
}
