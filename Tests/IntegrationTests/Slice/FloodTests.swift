import Foundation
import MIPTesting
import MobileIPv4
import Testing

@Suite("A flood of invented requests at a foreign agent", .serialized)
struct FloodTests {
    private struct Report: Decodable {
        var flood: Int
        var registered: Int
        var renewals: Int
        var renewalsAnswered: Int
        var newcomers: Int
        var newcomersAnswered: Int
    }

    @Test(
        "All visitors that renew and 95 % of newcomers are answered within a second while a home agent that is silent is flooded",
        arguments: [600, 2000])
    func silentHomeAgent(rate: Int) async throws {
        let slice = try Slice()
        try slice.startAgents()
        try await slice.waitForAgents()
        // Bound, so that no ICMP error ends the wait for it.
        let silent = UDPClient(address: IPv4Address(127, 66, 0, 9), port: slice.homeAgent.port)
        let result = try await ChildProcess.run(
            BuiltProducts.python,
            [
                BuiltProducts.client("flood.py"), "\(slice.foreignAgent.address)", "\(slice.foreignAgent.port)",
                "\(slice.homeAgent.address)", "\(silent.endpoint.address)", "\(rate)", Slice.key,
            ])
        let report = try JSONDecoder().decode(Report.self, from: Data(result.output.utf8))
        #expect(report.registered == report.renewals)
        #expect(report.renewalsAnswered == report.renewals)
        #expect(report.newcomersAnswered * 100 >= report.newcomers * 95)
        // The flood was one.
        #expect(report.flood >= 3 * rate, "\(result.output)\(result.errors)")
        let counters = try await slice.command(["counters", "--json"], agent: "foreign").output
        #expect(counters.contains("unprovenHomeAgentRefusals"))
        withExtendedLifetime(silent) {}
        try await slice.stop()
    }
}
