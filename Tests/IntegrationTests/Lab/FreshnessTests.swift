import Foundation
import MIPTesting
import Testing

/// One kind of step: how many were on the wire, how many were reported on the control socket, and how soon.
private struct Freshness: Decodable, CustomStringConvertible {
    var wire: Int
    var reported: Int
    /// Milliseconds; absent when nothing was reported.
    var median: Double?
    var p90: Double?
    var maximum: Double?

    var description: String {
        "\(reported) of \(wire) reported; ms: median \(median ?? 0), 90th percentile \(p90 ?? 0), maximum \(maximum ?? 0)"
    }
}

extension SignallingLabTests {
    @Test("Every step on the wire is reported on the control sockets, half of each kind within 50 ms")
    func freshness() async throws {
        let lab = try Laboratory()
        try await lab.run("up")
        let rounds = 3
        let output = try await lab.runClient("freshness.py", "\(rounds)")
        let report = try JSONDecoder().decode([String: Freshness].self, from: Data(output.utf8))
        let counts = [
            "binding": rounds, "end of a binding": rounds, "visitor": rounds, "registration of the node": rounds,
            "datagram into the home agent's tunnel": 10 * rounds, "datagram for the node at the home agent": 10 * rounds,
            "datagram out of the foreign agent's tunnel": 10 * rounds,
        ]
        for (step, seen) in report.sorted(by: { $0.key < $1.key }) {
            print("freshness: \(step): \(seen)")
            #expect(seen.reported == seen.wire, "\(step)")
            #expect(seen.wire >= 3, "\(step)")
            if let count = counts[step] { #expect(seen.wire == count, "\(step)") }
            let median = try #require(seen.median, "\(step)")
            #expect(median < 50, "\(step): \(seen)")
        }
        #expect(report.count == counts.count + 3)
        try await lab.run("down")
    }
}
