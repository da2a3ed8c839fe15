import AgentModel
import MIPMIB
import MIPTesting
import ManagementCore
import MobileIPv4
import MobilityAgent
import Testing

/// A way in which a binding or a visit ends.
struct EndCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let role: AgentRole
    /// The number of `MipEndReason`.
    let reason: Int
    /// Ends it, once it has begun.
    let end: @Sendable (inout Bench, Request) -> Void

    static let all = [
        EndCase(testDescription: "a deregistration", role: .homeAgent, reason: 1) { bench, _ in
            bench.receive(Request(bench) { $0.lifetime = 0 }.octets)
        },
        EndCase(testDescription: "an expired lifetime", role: .homeAgent, reason: 2) { bench, _ in
            bench.advance(seconds: 601)
        },
        EndCase(testDescription: "another care-of address", role: .homeAgent, reason: 3) { bench, _ in
            bench.receive(Request(bench) { $0.careOfAddress = IPv4Address(198, 51, 100, 77) }.octets)
        },
        EndCase(testDescription: "an operator", role: .homeAgent, reason: 4) { bench, _ in bench.revoke(Lab.home) },
        EndCase(testDescription: "a visit's lifetime", role: .foreignAgent, reason: 2) { bench, request in
            bench.receive(Answer(to: request).octets, from: Lab.homeAgent, to: Lab.foreignAgent)
            bench.advance(seconds: 601)
        },
        EndCase(testDescription: "a denial", role: .foreignAgent, reason: 5) { bench, request in
            bench.receive(Answer(to: request) { $0.code = 130 }.octets, from: Lab.homeAgent, to: Lab.foreignAgent)
        },
        EndCase(testDescription: "silence of the home agent", role: .foreignAgent, reason: 6) { bench, _ in
            bench.advance(seconds: 7)
        },
    ]
}

@Suite("How registrations end, in MIPV4-EXT-MIB")
struct EndMIBTests {
    @Test("Each end is counted only under its reason, and its history row shows the reason", arguments: EndCase.all)
    func ends(_ example: EndCase) throws {
        let isHome = example.role == .homeAgent
        var bench = Bench(isHome ? Lab.homeAgentConfiguration() : Lab.foreignAgentConfiguration())
        bench.advance(seconds: 10)
        let request = isHome ? Request(bench) : Request(visiting: bench)
        bench.receive(request.octets, from: isHome ? Lab.node : Lab.visitor, to: isHome ? Lab.homeAgent : Lab.foreignAgent)
        let before = bench.snapshot(limit: 1000)
        bench.advance(seconds: 1)
        example.end(&bench, request)
        let state = AgentState(name: "bench", changes: before + bench.effects.changes, agentTime: bench.time)
        let reading = MIBReading(MIBView(state: state, sysUpTime: 1))
        let role = isHome ? 3 : 2
        let counts = reading.values.filter { $0.key.hasPrefix("mipExtEndCount.") && $0.value != .counter64(0) }
        #expect(counts == ["mipExtEndCount.\(role).\(example.reason)": .counter64(1)])
        let reasons = reading.values.filter { $0.key.hasPrefix("mipExtHistoryEndReason.") }
        #expect(Array(reasons.values) == [.integer(Int32(example.reason))])
    }
}
