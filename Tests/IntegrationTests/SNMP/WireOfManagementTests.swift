import Foundation
import MIPTesting
import Testing

@Suite(
    "Management traffic on the wire, as tshark reads it", .serialized,
    .enabled(if: UnprivilegedProgram.isPossible, "needs root, to capture on loopback"))
struct WireOfManagementTests {
    /// PDU types of RFC 2741 §6.2.1.
    private enum PDU {
        static let open = "1", close = "2", register = "3", ping = "13", testSet = "8", commitSet = "9", cleanupSet = "11"
    }

    /// A slice whose AgentX runs over TCP, since a Unix socket cannot be captured.
    private static func scene(agentX: UInt16) throws -> Slice {
        let slice = try Slice(associations: ["{peer: 127.40.0.10, spi: 256, key: \(Slice.key)}"])
        try slice.configureManagement(settings: ["writable: [enable, notifications]"])
        for file in ["mip-mibd.yaml", "snmpd.conf"] {
            let path = slice.directory.file(file)
            let text = try String(contentsOfFile: path, encoding: .utf8)
            try slice.directory.write(
                text.replacing("unix:\(slice.directory.file("agentx"))", with: "tcp:127.0.0.1:\(agentX)"), to: file)
        }
        return slice
    }

    private static func pduTypes(_ file: String, _ port: UInt16) async throws -> [String] {
        let result = try await ChildProcess.run(
            "tshark", ["-r", file, "-d", "tcp.port==\(port),agentx", "-Y", "agentx", "-T", "fields", "-e", "agentx.type"])
        return result.output.split(whereSeparator: { $0 == "\n" || $0 == "," }).map {
            // Some versions print the number in hexadecimal digits.
            $0.hasPrefix("0x") ? String(Int($0.dropFirst(2), radix: 16) ?? 0) : String($0)
        }
    }

    @Test(
        "One Open, Pings at the interval, CleanupSet without CommitSet after a refused SET, Close at SIGTERM; no key is sent"
    )
    func agentX() async throws {
        let port = freePort(stream: true)
        let slice = try Self.scene(agentX: port)
        let file = slice.directory.file("capture.pcap")
        let capture = try ChildProcess(
            "tshark",
            ["-i", "lo", "-f", "tcp port \(port) or udp port \(slice.snmpPort) or tcp port \(slice.httpPort)", "-w", file],
            log: slice.directory.file("tshark.log"))
        try await eventually("the capture") {
            capture.output.contains("Capturing on") && FileManager.default.fileExists(atPath: file)
        }
        try slice.startAgents()
        try slice.startManagement()
        try await slice.waitForAgents()
        try await slice.waitForManagement()
        try await slice.node(["--first-home-address", "127.40.0.10", "--care-of-address", "192.0.2.1"])
        // Everything that is readable by SNMP and by the API.
        #expect(try await slice.snmp("snmpbulkwalk", ["-On"], ".1.3.6.1.2.1.44").contains(".1.2.1.1.6."))
        #expect(try await slice.get("/v1/associations").contains("256"))
        // The second varbind is invalid, so neither is applied.
        let refused = try await ChildProcess.run(
            "snmpset",
            [
                "-v2c", "-c", "private", "-On", "127.0.0.1:\(slice.snmpPort)", ".1.3.6.1.2.1.44.1.1.2.0", "i", "2",
                ".1.3.6.1.4.1.8072.9999.9999.44.1.10.3.0", "i", "7",
            ])
        #expect(refused.status != 0 && refused.errors.contains("wrongType"), "\(refused.errors)")
        try await eventually("three pings") {
            try await Self.pduTypes(file, port).count { $0 == PDU.ping } >= 3
        }
        try await slice.processes["mip-mibd"]?.stop()
        try await eventually("the close") { try await Self.pduTypes(file, port).contains(PDU.close) }
        try await capture.stop()

        let types = try await Self.pduTypes(file, port)
        #expect(types.count { $0 == PDU.open } == 1)
        #expect(types.contains(PDU.register) && types.contains(PDU.testSet) && types.contains(PDU.cleanupSet))
        #expect(!types.contains(PDU.commitSet))
        // One ping per second from one process: the interval between two is never much shorter than that.
        let pings = try await ChildProcess.run(
            "tshark",
            [
                "-r", file, "-d", "tcp.port==\(port),agentx", "-Y", "agentx.type==\(PDU.ping)", "-T", "fields", "-e",
                "frame.time_relative",
            ]
        ).output.split(separator: "\n").compactMap { Double($0) }
        #expect(zip(pings, pings.dropFirst()).allSatisfy { $1 - $0 > 0.5 }, "\(pings)")

        let contents = try Data(contentsOf: URL(fileURLWithPath: file))
        let digits = Slice.key
        let key = Data(
            stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(digits.dropFirst($0).prefix(2), radix: 16) })
        for secret in [key, Data(digits.utf8), Data(digits.uppercased().utf8)] { #expect(contents.range(of: secret) == nil) }
        #expect(contents.range(of: Data("public".utf8)) != nil)
        try await slice.stop()
    }
}
