import AgentModel
import MIPTesting
import MobileIPv4
import MobilityAgent
import Testing

@Suite("A foreign agent under a flood")
struct FloodTests {
    @Test(
        "All visitors that renew and 95 % of newcomers are answered within a second",
        arguments: Attack.allCases, [600, 2000])
    func othersAreServed(attack: Attack, rate: Int) {
        // Five seconds are enough to fill the places several times.
        let seconds = attack == .silentHomeAgent ? 30 : TestLength.cases(5, long: 30)
        var flood = Flood(attack)
        flood.run(seconds: seconds, rate: rate)
        #expect(flood.renewals == 10 * (seconds - 1))
        #expect(flood.renewalsAnswered == flood.renewals)
        #expect(flood.newcomers == flood.renewals)
        #expect(flood.newcomersAnswered * 100 >= flood.newcomers * 95)
        #expect(flood.bench.everythingIsAccountedFor)
        #expect(flood.bench.pending.count <= 1024)
        // A home agent that has never answered gets little of the flood, however it is named.
        if attack == .silentHomeAgent || attack == .manyHomeAgents { #expect(flood.attackersRelayed <= 16 * (seconds + 2)) }
    }
}
