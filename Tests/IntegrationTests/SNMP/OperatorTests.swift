import Foundation
import MIPTesting
import Testing

@Suite("Changes by SNMP in agents that serve nodes", .serialized)
struct OperatorTests {
    static let mip = ".1.3.6.1.2.1.44"
    static let ext = ".1.3.6.1.4.1.8072.9999.9999.44"
    static let newKey = "ffeeddccbbaa99887766554433221100"

    static func scene(_ path: ManagementPath) async throws -> Slice {
        let slice = try Slice()
        try slice.configureManagement(
            path, standalone: ["communities: [{name: public}, {name: private, access: readWrite}]"],
            settings: ["writable: [enable, bindings, associations, notifications]"])
        try slice.startAgents()
        try slice.startManagement(path)
        try await slice.waitForAgents()
        try await slice.waitForManagement()
        try slice.directory.write(newKey + "\n", to: "new.key")
        return slice
    }

    static func set(_ slice: Slice, _ binds: [String]) async throws -> (isDone: Bool, text: String) {
        let result = try await ChildProcess.run(
            "snmpset", ["-v2c", "-c", "private", "-On", "-t", "5", "-r", "0", "127.0.0.1:\(slice.snmpPort)"] + binds)
        return (result.status == 0, result.output + result.errors)
    }

    /// Registers a node with the new association, which exists only after SNMP has created it.
    static func register(_ slice: Slice) async throws -> Bool {
        try await ChildProcess.run(
            BuiltProducts.path(of: "mip-node"),
            [
                "register", "--home-agent", "\(slice.homeAgent)", "--spi", "4660", "--key-file", slice.directory.file("new.key"),
                "--tries", "1", "--count", "1", "--first-home-address", "127.40.0.50", "--care-of-address", "192.0.2.9",
            ]
        ).status == 0
    }

    @Test(
        "An association created by SNMP lets its node register, survives a restart, and locks the node out once removed; its key is never shown",
        arguments: ManagementPath.allCases)
    func association(path: ManagementPath) async throws {
        let slice = try await Self.scene(path)
        let entry = Self.mip + ".1.2.5.1"
        let row = "2.4.127.40.0.50.4660"
        #expect(try await !Self.register(slice))
        let made = try await Self.set(slice, ["\(entry).11.\(row)", "i", "4", "\(entry).6.\(row)", "x", Self.newKey])
        #expect(made.isDone, "\(made.text)")
        try await eventually("the row") { try await slice.snmp("snmpget", ["-Oqv"], "\(entry).11.\(row)") == "1\n" }
        #expect(try await slice.snmp("snmpget", ["-Oqv"], "\(entry).6.\(row)") == "\"\"\n")
        #expect(try await Self.register(slice))
        // The API and the command show the same.
        #expect(try await slice.get("/v1/associations").contains("4660"))
        #expect(try await slice.command(["associations"]).output.contains("4660"))

        try await slice.processes["home"]?.stop()
        try slice.start("home", BuiltProducts.path(of: "mip-agentd"), ["--config", slice.directory.file("home.yaml")])
        // The restarted agent, not the snapshot from before: mipExtSourceRestarts and mipExtSourceStatus.
        try await eventually("the agent's return") {
            guard try await slice.snmp("snmpget", ["-Oqv"], Self.ext + ".1.1.12.0") == "1\n" else { return false }
            return try await slice.snmp("snmpget", ["-Oqv"], Self.ext + ".1.1.8.0") == "3\n"
        }
        try await eventually("the row after a restart") {
            try await slice.snmp("snmpget", ["-Oqv"], "\(entry).11.\(row)") == "1\n"
        }
        try await eventually("a registration after the restart") { try await Self.register(slice) }

        let removed = try await Self.set(slice, ["\(entry).11.\(row)", "i", "6"])
        #expect(removed.isDone, "\(removed.text)")
        #expect(try await !Self.register(slice))
        try await eventually("the removal of the row") {
            try await slice.snmp("snmpget", ["-Oqv"], "\(entry).11.\(row)").contains("No Such Instance")
        }
        for (name, process) in slice.processes { #expect(!process.output.lowercased().contains(Self.newKey), "\(name)") }
        #expect(try await !slice.get("/v1/associations").lowercased().contains(Self.newKey))
        try await slice.stop()
    }

    @Test(
        "mipEnable stops and starts registration, and the administrative status ends a binding; all interfaces show it",
        arguments: ManagementPath.allCases)
    func enableAndRevoke(path: ManagementPath) async throws {
        let slice = try await Self.scene(path)
        let node = ["--tries", "1", "--count", "1", "--first-home-address", "127.40.0.10", "--care-of-address", "192.0.2.1"]
        #expect(try await slice.node(node).status == 0)
        let status = "\(Self.ext).1.4.1.1.17.127.40.0.10.192.0.2.1"
        try await eventually("the binding") { try await slice.snmp("snmpget", ["-Oqv"], status) == "1\n" }
        // Two changes to one agent in one request.
        let answer = try await Self.set(slice, [status, "i", "2", Self.mip + ".1.1.2.0", "i", "2"])
        #expect(answer.isDone, "\(answer.text)")
        try await eventually("the end of the binding") {
            try await slice.snmp("snmpget", ["-Oqv"], status).contains("No Such Instance")
        }
        #expect(try await slice.snmp("snmpget", ["-Oqv"], Self.mip + ".1.1.2.0") == "2\n")
        #expect(try await !slice.get("/v1/bindings").contains("127.40.0.10"))
        #expect(try await slice.command(["bindings", "--json"]).output.contains("127.40.0.10") == false)
        #expect(try await slice.node(node).status != 0)
        #expect(try await Self.set(slice, [Self.mip + ".1.1.2.0", "i", "1"]).isDone)
        #expect(try await slice.node(node).status == 0)
        try await slice.stop()
    }
}
