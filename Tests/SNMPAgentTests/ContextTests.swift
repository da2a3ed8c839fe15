import AgentModel
import Foundation
import MIPTesting
import Testing

@Suite("Several agents on one mip-mibd, each in the SNMP context with its name", .serialized)
struct ContextTests {
    static let root = ".1.3.6.1.2.1.44"
    static let ext = ".1.3.6.1.4.1.8072.9999.9999.44"

    /// The agents in the order of the file, with their roles as encoded in mipEntities.
    static let agents: [(name: String, roles: [AgentRole], entities: String)] = [
        ("gateway", [.homeAgent], "\"20 \""), ("visited", [.foreignAgent], "\"40 \""), ("laptop", [.mobileNode], "\"80 \""),
    ]

    static func rows(_ role: AgentRole) -> [StateChange] {
        switch role {
        case .homeAgent:
            [.counters(AgentCounters(homeAgent: HomeAgentCounters()))] + (0..<5).map { .binding(Samples.binding($0)) }
        case .foreignAgent:
            [.counters(AgentCounters(foreignAgent: ForeignAgentCounters()))] + (0..<5).map { .visitor(Samples.visitor($0)) }
        case .mobileNode: [.mobileNodeStatus(Samples.mobileNodeStatus()), .registration(Samples.registration(1))]
        }
    }

    @Test(
        "All roles, with snmpwalk -n and pysnmp; the first agent also in the default context", arguments: SNMPBench.Mode.reading)
    func contexts(mode: SNMPBench.Mode) async throws {
        let directory = try TemporaryDirectory()
        let port = freePort()
        var scripted: [ScriptedAgent] = []
        for (name, roles, _) in Self.agents {
            let agent = ScriptedAgent(
                socketPath: directory.file("\(name).sock"), information: Samples.information(roles: roles),
                rows: Self.rows(roles[0]))
            try await agent.start()
            scripted.append(agent)
        }
        for (name, text) in [("auth", "authentication"), ("priv", "privacy-pass")] {
            try directory.write(text, to: name)
            chmod(directory.file(name), 0o600)
        }
        let section =
            mode.hasMaster
            ? "agentx: {socket: \"unix:\(directory.file("agentx"))\", answerDirectly: \(mode == .agentx)}"
            : "standalone: {port: \(port), users: [{name: operator, authenticationFile: auth, privacyFile: priv}]}"
        try directory.write(
            """
            agents: [\(Self.agents.map { "{name: \($0.name), control: \(directory.file($0.name)).sock}" }.joined(separator: ", "))]
            runtimeDirectory: \(directory.file("runtime"))
            stateFile: \(directory.file("state.json"))
            snmp:
              \(section)
            """, to: "mip-mibd.yaml")
        var children: [ChildProcess] = []
        if mode.hasMaster {
            try directory.write(
                """
                agentXSocket unix:\(directory.file("agentx"))
                master agentx
                createUser operator SHA-256 authentication AES privacy-pass
                rouser operator priv -V all
                view all included .1
                rocommunity public 127.0.0.1
                \(Self.agents.map { "rocommunity \($0.name) 127.0.0.1 -V all \($0.name)" }.joined(separator: "\n"))
                """, to: "snmpd.conf")
            children.append(
                try ChildProcess(
                    "snmpd", ["-f", "-C", "-c", directory.file("snmpd.conf"), "-Lo", "udp:127.0.0.1:\(port)"],
                    log: directory.file("snmpd.log"), environment: ["SNMP_PERSISTENT_DIR": directory.file("persistent")]))
        }
        children.append(
            try ChildProcess(
                BuiltProducts.path(of: "mip-mibd"), ["--config", directory.file("mip-mibd.yaml")],
                log: directory.file("mip-mibd.log")))

        func walk(_ context: String, _ oid: String) async throws -> (status: Int32, output: String, errors: String) {
            try await ChildProcess.run(
                "snmpwalk",
                [
                    "-v3", "-u", "operator", "-l", "authPriv", "-a", "SHA-256", "-A", "authentication", "-x", "AES", "-X",
                    "privacy-pass", "-t", "2", "-r", "1", "-n", context, "-On", "-Ox", "127.0.0.1:\(port)", oid,
                ])
        }
        for (name, _, entities) in Self.agents {
            try await eventually("the agent \(name)") {
                try await walk(name, Self.root + ".1.1.1").output.contains("= Hex-STRING: \(entities.dropFirst().dropLast())")
            }
            #expect(try await walk(name, Self.ext + ".1.1.1").output.contains("\(Self.ext).1.1.1.0 = "))
            try await AgentWalk(port: port, access: ["-v2c", "-c", name], socket: directory.file("\(name).sock")).check()
            // Also by SNMPv2c community, where communities map to contexts, and with pysnmp by SNMPv3 with a context name.
            let result = try await ChildProcess.run(
                "snmpget", ["-v2c", "-c", name, "-Oqvx", "127.0.0.1:\(port)", Self.root + ".1.1.1.0"])
            #expect(result.output == entities + "\n")
            let script = """
                import asyncio
                from pysnmp.hlapi.v3arch.asyncio import *
                async def main():
                    user = UsmUserData("operator", authKey="authentication", privKey="privacy-pass",
                        authProtocol=usmHMAC192SHA256AuthProtocol, privProtocol=usmAesCfb128Protocol)
                    target = await UdpTransportTarget.create(("127.0.0.1", \(port)), timeout=5, retries=1)
                    _, status, _, values = await get_cmd(SnmpEngine(), user, target, ContextData(contextName=b"\(name)"),
                        ObjectType(ObjectIdentity("1.3.6.1.2.1.44.1.1.1.0")), lookupMib=False)
                    print(int(status), values[0][1].asOctets().hex())
                asyncio.run(main())
                """
            let python = try await ChildProcess.run(BuiltProducts.python, ["-c", script])
            #expect(python.output == "0 \(entities.dropFirst().prefix(2))\n", "\(python.errors)")
        }
        // Tables of a role are in that agent's context only.
        let bindings = Self.root + ".1.6.3.1.1.1", visitors = Self.root + ".1.5.3.1.1.2"
        func rows(_ context: String, _ table: String) async throws -> Int {
            try await walk(context, table).output.split(separator: "\n").count { $0.contains("IpAddress") }
        }
        #expect(
            try await [rows("gateway", bindings), rows("visited", bindings), rows("laptop", bindings), rows("", bindings)] == [
                5, 0, 0, 5,
            ])
        #expect(try await [rows("gateway", visitors), rows("visited", visitors), rows("", visitors)] == [0, 5, 0])
        #expect(try await walk("laptop", Self.root + ".1.3").output.contains(Self.root + ".1.3."))
        #expect(try await !walk("gateway", Self.root + ".1.3").output.contains(Self.root + ".1.3."))
        // A context that is not served does not exist.
        let unknown = try await walk("nobody", Self.root)
        #expect(!unknown.output.contains(Self.root + ".1.1"), "\(unknown.output)")
        for child in children.reversed() { try await child.stop() }
        for agent in scripted { await agent.stop() }
    }
}
