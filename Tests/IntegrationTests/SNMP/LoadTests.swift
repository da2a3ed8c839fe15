import Foundation
import MIPTesting
import Testing

@Suite("Managers and nodes under concurrent load", .serialized)
struct LoadTests {
    private static let homeAddresses = ".1.3.6.1.2.1.44.1.6.3.1.1.1"
    private static let careOfAddresses = ".1.3.6.1.2.1.44.1.6.3.1.1.2"

    private static func scene(_ path: ManagementPath) async throws -> Slice {
        let slice = try Slice()
        try slice.configureManagement(path)
        try slice.startAgents()
        try slice.startManagement(path)
        try await slice.waitForAgents()
        try await slice.waitForManagement()
        return slice
    }

    private static func register(_ slice: Slice, _ count: Int) async throws {
        let first = "127.40.1.0"
        let last = "127.40.\(1 + (count - 1) / 256).\((count - 1) % 256)"
        try await slice.node(["--count", "\(count)", "--first-home-address", first, "--care-of-address", "192.0.2.1"])
        try await eventually("\(count) bindings in the mirror") {
            // The last node by number.
            try await slice.snmp("snmpget", ["-Oqv"], "\(Self.homeAddresses).\(last).192.0.2.1") == last + "\n"
        }
    }

    /// Resident memory in bytes, and open descriptors.
    private static func use(_ slice: Slice) throws -> (memory: Int, descriptors: Int) {
        let process = "/proc/\(slice.processes["mip-mibd"]?.identifier ?? 0)"
        let pages = try String(contentsOfFile: process + "/statm", encoding: .utf8).split(separator: " ").dropFirst().first
        return (
            try #require(pages.flatMap { Int($0) }) * 4096,
            try FileManager.default.contentsOfDirectory(atPath: process + "/fd").count
        )
    }

    @Test(
        "With four walkers and nodes that register and deregister, every walk is complete and memory and descriptors do not grow",
        arguments: ManagementPath.allCases)
    func soak(path: ManagementPath) async throws {
        let slice = try await Self.scene(path)
        try await Self.register(slice, 1000)
        let port = slice.snmpPort
        @Sendable func walk() async throws -> Int {
            let output = try await ChildProcess.run(
                "snmpbulkwalk",
                ["-v2c", "-c", "public", "-t", "5", "-r", "3", "-Cr50", "-Onq", "127.0.0.1:\(port)", Self.careOfAddresses],
                within: .seconds(60)
            ).output
            let names = output.split(separator: "\n").compactMap { $0.split(separator: " ").first.map(String.init) }
            #expect(AgentWalk.disorder(in: names) == nil)
            return names.count
        }
        // One round before, so that what is allocated on first use exists.
        for _ in 0..<4 { #expect(try await walk() == 1000) }
        let before = try Self.use(slice)
        let comeAndGo = [
            "register", "--home-agent", "\(slice.homeAgent)", "--spi", "256", "--key-file", slice.directory.file("node.key"),
            "--count", "500", "--first-home-address", "127.40.100.0", "--care-of-address", "192.0.2.2", "--deregister",
        ]
        let churn = Task {
            while !Task.isCancelled { _ = try await ChildProcess.run(BuiltProducts.path(of: "mip-node"), comeAndGo) }
        }
        let end = ContinuousClock.now + .seconds(8)
        let counts = try await withThrowingTaskGroup(of: [Int].self) { group in
            for _ in 0..<4 {
                group.addTask {
                    var counts: [Int] = []
                    while ContinuousClock.now < end || counts.count < 2 { counts.append(try await walk()) }
                    return counts
                }
            }
            return try await group.reduce([], +)
        }
        churn.cancel()
        _ = try? await churn.value
        // Nodes whose run was cut short register and deregister once more.
        #expect(try await ChildProcess.run(BuiltProducts.path(of: "mip-node"), comeAndGo).status == 0)
        // The thousand permanent nodes, and those of the others that were registered at the time.
        #expect(counts.count >= 8 && counts.allSatisfy { (1000...1500).contains($0) }, "\(counts)")
        try await eventually("the end of the deregistered bindings") { try await walk() == 1000 }
        let after = try Self.use(slice)
        #expect(after.descriptors == before.descriptors)
        #expect(after.memory - before.memory < 24 << 20, "\(before.memory) \(after.memory)")
        try await slice.stop()
    }

    @Test("A walk of ten times the rows costs no more per row", arguments: ManagementPath.allCases)
    func scale(path: ManagementPath) async throws {
        let slice = try await Self.scene(path)
        /// The fastest of a few runs: other work on the machine can only add time.
        func costOfRow(_ count: Int) async throws -> Duration {
            var quickest = Duration.seconds(600)
            for _ in 0..<4 {
                let start = ContinuousClock.now
                let rows = try await slice.snmp("snmpbulkwalk", ["-r", "5", "-Cr50", "-Oqv"], Self.careOfAddresses)
                quickest = min(quickest, ContinuousClock.now - start)
                #expect(rows.split(separator: "\n").count == count)
            }
            return quickest / count
        }
        try await Self.register(slice, 1000)
        let few = try await costOfRow(1000)
        try await Self.register(slice, 10_000)
        let many = try await costOfRow(10_000)
        #expect(many < few * 2, "\(few) and \(many) per row")
        try await slice.stop()
    }
}
