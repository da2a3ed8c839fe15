import MIPTesting
import Testing

@testable import mip_stress

@Suite("Signed mutants at the engines")
struct SignedMutantTests {
    @Test("20,000 signed mutants cause nothing that an agent or node must not do", arguments: [1, 5_000_001] as [UInt64])
    func mutants(first: UInt64) {
        var run = MutantRun()
        let finding = run.run(mutants: TestLength.cases(10_000, long: 100_000), first: first)
        #expect(finding == nil)
        // They reach the rules behind the authenticators.
        let codes = run.statistics.codes
        #expect(codes[0, default: 0] > 500)
        #expect(codes.keys.count { $0 >= 64 } > 12, "\(codes)")
        #expect(run.statistics.relayed > 500)
        // So do requests for any home agent, for services, and with experiments.
        for code in [143, 151, 192] as [UInt8] { #expect(codes[code, default: 0] > 0, "\(codes)") }
    }
}
