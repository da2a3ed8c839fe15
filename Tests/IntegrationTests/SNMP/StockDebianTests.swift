import Foundation
import MIPTesting
import Testing

@Suite("snmpd with Debian's stock configuration and the drop-in", .serialized)
struct StockDebianTests {
    static let mip = ".1.3.6.1.2.1.44"
    static let ext = ".1.3.6.1.4.1.8072.9999.9999.44"

    /// Debian's snmpd.conf as shipped in the package, except for its address and the folder of drop-ins.
    static func stockConfiguration(_ slice: Slice) throws -> String {
        let stock = try String(contentsOfFile: "/etc/snmp/snmpd.conf", encoding: .utf8)
        #expect(stock.contains("\nmaster  agentx\n"))
        return stock.split(separator: "\n").map { line in
            switch line {
            case "agentaddress  127.0.0.1,[::1]": "agentaddress udp:127.0.0.1:\(slice.snmpPort)"
            case "includeDir /etc/snmp/snmpd.conf.d": "includeDir \(slice.directory.file("snmpd.conf.d"))"
            default: String(line)
            }
        }.joined(separator: "\n") + "\n"
    }

    /// The lines of the drop-in, with those of the user enabled.
    static func dropIn() throws -> String {
        let path = BuiltProducts.repository + "/docs/examples/snmpd.conf.d/mip-mib.conf"
        return try String(contentsOfFile: path, encoding: .utf8)
            .replacingOccurrences(of: "#rouser mip-operator", with: "rouser mip-operator")
            .replacingOccurrences(of: "#rocommunity foreign", with: "rocommunity foreign")
    }

    @Test(
        "The stock configuration hides the subtree; with the drop-in managers see both modules, and the group may open the socket"
    )
    func dropInShows() async throws {
        let slice = try Slice()
        let folder = slice.directory.file("snmpd.conf.d")
        for name in ["snmpd.conf.d", "snmp"] {
            try FileManager.default.createDirectory(atPath: slice.directory.file(name), withIntermediateDirectories: true)
        }
        try slice.directory.write(Self.stockConfiguration(slice), to: "snmpd.conf")
        try slice.directory.write("agentXSocket unix:\(slice.directory.file("agentx"))\n", to: "snmpd.conf.d/test.conf")
        try slice.startAgents()
        try await slice.waitForAgents()

        func startSnmpd() throws {
            try slice.start(
                "snmpd", "snmpd",
                ["-LOw", "-I", "-smux,mteTrigger,mteTriggerConf", "-f"],
                environment: ["SNMPCONFPATH": "\(slice.directory.path):\(slice.directory.file("snmp"))"])
        }
        try startSnmpd()
        try slice.start("mip-mibd", BuiltProducts.path(of: "mip-mibd"), ["--config", slice.directory.file("mip-mibd.yaml")])
        try await eventually("SNMP") { slice.processes["mip-mibd"]?.output.contains("SNMP is serving") == true }
        // The subtree is registered but hidden by the view.
        #expect(try await slice.snmp("snmpget", ["-On"], ".1.3.6.1.2.1.1.3.0").contains("Timeticks"))
        #expect(try await slice.snmp("snmpget", ["-On"], Self.mip + ".1.1.1.0").contains("No Such Object"))
        try await slice.processes["mip-mibd"]?.stop()
        try await slice.processes["snmpd"]?.stop()

        try Self.dropIn().write(toFile: folder + "/mip-mib.conf", atomically: true, encoding: .utf8)
        // snmpd reads users from the file in its persistent folder, which is where Debian's tools put them.
        try slice.directory.write(
            "createUser mip-operator SHA-256 \"authentication\" AES \"privacy-pass\"\n", to: "snmp/snmpd.conf")
        try startSnmpd()
        // The socket of the first snmpd is there until this one replaces it.
        try await eventually("the socket's group") {
            let attributes = try? FileManager.default.attributesOfItem(atPath: slice.directory.file("agentx"))
            return attributes?[.groupOwnerAccountName] as? String == "Debian-snmp"
                && attributes?[.posixPermissions] as? Int == 0o660
        }
        try slice.start("mip-mibd", BuiltProducts.path(of: "mip-mibd"), ["--config", slice.directory.file("mip-mibd.yaml")])
        try await slice.waitForManagement()
        #expect(try await slice.snmp("snmpget", ["-Oqv"], Self.mip + ".1.1.2.0") == "1\n")
        #expect(try await slice.snmp("snmpwalk", ["-On"], Self.ext).contains(Self.ext + ".1."))
        try await slice.checkWalks()
        #expect(try await slice.snmp("snmpget", ["-Oqvx"], Self.mip + ".1.1.1.0", community: "foreign") == "\"40 \"\n")
        // The user of the drop-in, with SHA-256 and AES, in the default context and in another one.
        for (context, roles) in [("", "\"20 \"\n"), ("home", "\"20 \"\n"), ("foreign", "\"40 \"\n")] {
            let answer = try await ChildProcess.run(
                "snmpget",
                [
                    "-v3", "-u", "mip-operator", "-l", "authPriv", "-a", "SHA-256", "-A", "authentication", "-x", "AES", "-X",
                    "privacy-pass", "-n", context, "-Oqvx", "127.0.0.1:\(slice.snmpPort)", Self.mip + ".1.1.1.0",
                ])
            #expect(answer.output == roles, "\(context): \(answer.errors)")
        }
        // Debian's community still sees exactly what it saw before.
        #expect(try await slice.snmp("snmpget", ["-On"], ".1.3.6.1.2.1.2.1.0").contains("No Such Object"))
        try await slice.stop()
    }

    @Test(
        "mip-mibd without privileges, in the group named in the drop-in, connects to snmpd, reads the agents and serves managers",
        .enabled(if: UnprivilegedProgram.isPossible, "needs root, to become another user"))
    func unprivileged() async throws {
        let slice = try Slice()
        let group = "Debian-snmp"
        for name in ["snmpd.conf.d", "snmp"] {
            try FileManager.default.createDirectory(atPath: slice.directory.file(name), withIntermediateDirectories: true)
        }
        try slice.directory.write(Self.stockConfiguration(slice), to: "snmpd.conf")
        try slice.directory.write(
            "agentXSocket unix:\(slice.directory.file("agentx"))\n" + Self.dropIn(), to: "snmpd.conf.d/mip-mib.conf")
        // As described in docs/operating-snmpd.md for /run/mip-mib: control sockets get the group of their folder.
        #expect(try await ChildProcess.run("chgrp", [group, slice.directory.path]).status == 0)
        #expect(try await ChildProcess.run("chmod", ["2750", slice.directory.path]).status == 0)
        try slice.startAgents()
        try await slice.waitForAgents()
        try slice.start(
            "snmpd", "snmpd", ["-LOw", "-I", "-smux,mteTrigger,mteTriggerConf", "-f"],
            environment: ["SNMPCONFPATH": "\(slice.directory.path):\(slice.directory.file("snmp"))"])
        let program = try await UnprivilegedProgram("mip-mibd")
        let configuration = try program.write(
            """
            agents:
              - {name: home, control: \(slice.directory.file("home.sock"))}
              - {name: foreign, control: \(slice.directory.file("foreign.sock"))}
            runtimeDirectory: {folder}/runtime
            stateFile: {folder}/mip-mibd.json
            snmp: {agentx: {socket: "unix:\(slice.directory.file("agentx"))"}}
            http: {port: \(slice.httpPort)}
            """, to: "mip-mibd.yaml")
        let daemon = try program.start(["--config", configuration], groups: [group])
        try await slice.waitForManagement()
        let process = try String(contentsOfFile: "/proc/\(daemon.identifier)/status", encoding: .utf8)
        #expect(process.contains("Uid:\t65534\t65534") && process.contains("CapEff:\t0000000000000000"), "\(process)")
        try await slice.node(["--first-home-address", "127.40.0.10", "--care-of-address", "192.0.2.1"])
        try await eventually("the binding by SNMP") {
            try await slice.snmp("snmpget", ["-Oqv"], Self.mip + ".1.6.3.1.1.1.127.40.0.10.192.0.2.1") == "127.40.0.10\n"
        }
        #expect(try await daemon.stop() == 0)
        try await slice.stop()
    }
}
