import Foundation
import MIPTesting
import ManagementAPI
import Testing

@Suite("Prometheus over HTTP and SNMP", .serialized)
struct ComparisonTests {
    /// A pair of values with the same meaning.
    private struct Pair {
        let name: String
        let metric: Double
        let object: Double
    }

    /// The pairs of values that both scrapes of an agent contain.
    private static func pairs(_ agent: String, _ metrics: [Prometheus.Sample], _ objects: [Prometheus.Sample]) -> [Pair] {
        MetricCounterpart.all.compactMap { counterpart in
            let mine = metrics.filter { sample in
                sample.name == counterpart.metric && sample.labels["agent"] == agent
                    && counterpart.labels.allSatisfy { sample.labels[$0.key] == $0.value }
            }
            let theirs = objects.filter { sample in
                sample.name == counterpart.object && counterpart.index.allSatisfy { sample.labels[$0.key] == $0.value }
            }
            guard !mine.isEmpty, theirs.count == 1 else { return nil }
            let sum = mine.map(\.value).reduce(0, +)
            return Pair(
                name: "\(agent): \(counterpart.metric)\(counterpart.labels) and \(counterpart.object)\(counterpart.index)",
                metric: counterpart.form == .truth ? (sum == 1 ? 1 : 2) : sum, object: theirs[0].value)
        }
    }

    @Test("Every object named in a metric's HELP is its counterpart in SNMP")
    func help() async throws {
        let slice = try Slice()
        try slice.startAgents()
        try await slice.waitForAgents()
        try slice.startManagement(.standalone)
        try await eventually("both agents") { try await slice.get("/metrics").matches(of: /mip_agent_up\{[^}]*\} 1/).count == 2 }
        let known = Set(MetricCounterpart.all.map(\.object))
        // Values given as words cannot be compared as numbers.
        let words: Set = ["mipEntities", "mnState"]
        let named = Set(
            try await slice.get("/metrics").matches(of: /# HELP [^\n]*\(((?:ha|fa|mn|ma|mip)[A-Za-z]+)\)/).map { String($0.1) })
        #expect(named.count > 10)
        #expect(named.subtracting(known).subtracting(words).isEmpty)
        try await slice.stop()
    }

    @Test("A real Prometheus and its snmp_exporter scrape the same values wherever both provide them")
    func scrapes() async throws {
        let slice = try Slice()
        try slice.startAgents()
        try await slice.waitForAgents()
        try slice.startManagement()
        try await slice.waitForManagement()
        let direct = ["--care-of-address", "127.50.0.1", "--first-home-address"]
        #expect(try await slice.node(direct + ["127.40.0.10", "--count", "7", "--flags", "DT"]).status == 0)
        #expect(try await slice.node(direct + ["127.40.0.10", "--count", "2", "--flags", "D", "--deregister"]).status == 0)
        let visitors = ["--foreign-agent", "\(slice.foreignAgent)", "--from-home-address", "--first-home-address", "127.40.0.40"]
        #expect(try await slice.node(visitors + ["--count", "3"]).status == 0)
        try slice.directory.write("ffffffffffffffffffffffffffffffff\n", to: "node.key")
        #expect(try await slice.node(direct + ["127.40.0.60", "--count", "4", "--tries", "1"]).status == 1)
        #expect(try await slice.node(visitors + ["--count", "2", "--tries", "1"]).status == 1)
        try slice.directory.write(Slice.key + "\n", to: "node.key")
        #expect(try await slice.node(direct + ["10.99.0.1", "--count", "1", "--tries", "1"]).status == 1)

        let module = try await ChildProcess.run(BuiltProducts.path(of: "mip-mib"), ["nms", "snmp-exporter"]).output
        let prometheus = try await Prometheus(slice, module: module)
        var pairs: [Pair] = []
        // The counters no longer change; each path is scraped at its own time, and the first scrapes may have been earlier.
        try? await eventually("scrapes that agree", within: .seconds(100)) {
            let metrics = try await prometheus.samples(job: "mip-mib")
            let home = try await prometheus.samples(job: "snmp-home")
            let foreign = try await prometheus.samples(job: "snmp-foreign")
            let (ofHome, ofForeign) = (Self.pairs("home", metrics, home), Self.pairs("foreign", metrics, foreign))
            pairs = ofHome + ofForeign
            // Each job begins at its own time within an interval.
            guard !ofHome.isEmpty, !ofForeign.isEmpty else { return false }
            return pairs.count >= 90 && pairs.allSatisfy { $0.metric == $0.object }
        }
        for pair in pairs { #expect(pair.metric == pair.object, "\(pair.name)") }
        let logs = ["prometheus", "exporter"].map { slice.processes[$0]?.output.suffix(1500) ?? "" }.joined(separator: "\n")
        #expect(pairs.count >= 90, "\(logs)")
        // Agreement of zeros alone would prove little.
        let moved = pairs.filter { $0.metric > 0 }
        #expect(moved.count >= 20, "\(moved.map(\.name).joined(separator: "\n"))")
        #expect(Set(moved.map(\.metric)).count >= 6)
        try await slice.stop()
    }
}
