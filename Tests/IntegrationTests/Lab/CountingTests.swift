import Foundation
import MIPTesting
import Testing

/// The count of one direction of a tunnel in a capture.
private struct Count: Equatable {
    var packets = 0
    var octets = 0

    static func + (a: Count, b: Count) -> Count { Count(packets: a.packets + b.packets, octets: a.octets + b.octets) }
}

extension LabTests {
    @Test(
        "In both directions, both agents' tunnels count exactly the datagrams and bytes that tshark counts on the backbone",
        arguments: ["ipInIp", "gre", "minEnc"])
    func captureCounts(encapsulation: String) async throws {
        let lab = try Laboratory(node: "reverseTunnel: direct\nencapsulation: \(encapsulation)")
        try await lab.run("up")
        let directory = try TemporaryDirectory()
        let captures = try await ["to-home", "to-a"].asyncMap { interface in
            try await lab.capture(on: "hub", interface, to: directory.file("\(interface).pcap"))
        }
        try await lab.run("move", "foreign-a")
        // Small and large datagrams: some are fragmented inside or outside the tunnel, others must not be fragmented.
        for (size, fragments) in [
            (0, "do"), (56, "do"), (1000, "dont"), (1452, "dont"), (1460, "dont"), (1472, "dont"), (4000, "dont"), (1472, "do"),
        ] {
            for (from, to) in [("correspondent", "10.1.0.10"), ("node", "10.0.4.2")] {
                _ = try await lab.on(
                    from, "ping", "-n", "-q", "-c", "4", "-i", "0.02", "-W", "1", "-s", "\(size)", "-M", fragments, to)
            }
        }
        #expect(try await lab.run("transfer", "2").contains("2 MB over TCP arrived whole"))
        var counts: [[String: Any]] = []
        for capture in captures { counts.append(try await capture.counts()) }

        // RFC 2004 §1: fragments pass through a tunnel of minimal encapsulation as IP in IP.
        let kinds = Set([encapsulation, "ipInIp"])
        let both = ["10.1.0.1 10.2.0.1", "10.2.0.1 10.1.0.1"]
        let onWire = counts.map { counts in
            both.map { ends in kinds.compactMap { Count(counts["\(ends) \($0)"]) }.reduce(Count(), +) }
        }
        #expect(onWire.first == onWire.last)
        let (wire, wireBack) = (try #require(onWire.first?.first), try #require(onWire.first?.last))
        #expect((Count(counts.first?["\(both[0]) \(encapsulation)"]) ?? Count()).packets > 1000)
        #expect(wire.packets > 1500 && wire.octets > 2_000_000 && wireBack.packets > 100)
        #expect(try #require(counts.first?["fragments"] as? Int) > 0)
        for (daemon, sent, received) in [("home-agent", wire, wireBack), ("foreign-a", wireBack, wire)] {
            try await eventually("the last counts of \(daemon)", within: .seconds(20)) {
                let row = try await lab.rows("tunnels", of: daemon).first
                return row?["packetsSent"] as? Int == sent.packets && row?["packetsReceived"] as? Int == received.packets
            }
            let row = try #require(try await lab.rows("tunnels", of: daemon).first)
            #expect(row["octetsSent"] as? Int == sent.octets, "\(daemon)")
            #expect(row["octetsReceived"] as? Int == received.octets, "\(daemon)")
            #expect(row["encapsulation"] as? String == encapsulation)
        }
        print("\(encapsulation): there \(wire), back \(wireBack), frames that were pieces \(counts.first?["fragments"] ?? 0)")
        try await lab.run("down")
    }
}

extension Count {
    fileprivate init?(_ value: Any?) {
        guard let both = value as? [Int], both.count == 2 else { return nil }
        self.init(packets: both[0], octets: both[1])
    }
}

extension Sequence {
    fileprivate func asyncMap<Result>(_ transform: (Element) async throws -> Result) async throws -> [Result] {
        var results: [Result] = []
        for element in self { results.append(try await transform(element)) }
        return results
    }
}
