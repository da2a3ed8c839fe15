import AgentModel
import Foundation
import MIPTesting
import MobileIPv4
import Testing

@Suite("mip-mib doctor")
struct DoctorTests {
    /// A private snmpd with mip-mibd as its subagent for a scene's agent. Each of them can be left out or misconfigured.
    struct Installation {
        let scene: Scene
        let port = freePort()
        let configuration: String
        private var processes: [ChildProcess] = []

        init(
            master: String = "master agentx", view: String = "", community: String = "rocommunity public",
            permissions: String = "agentXPerms 0660 0755",
            hasSubagent: Bool = true, hasSnmpd: Bool = true, control: String? = nil, rows: [StateChange] = Scene.rows,
            information: AgentInformation = Samples.information()
        ) async throws {
            scene = try await Scene(rows, information: information)
            let directory = scene.directory
            let socket = directory.file("agentx")
            configuration = try directory.write(
                """
                agentaddress udp:127.0.0.1:\(port)
                \(master)
                agentXSocket \(socket)
                \(permissions)
                \(view)
                \(community)

                """, to: "private.conf")
            if hasSnmpd {
                processes.append(
                    try ChildProcess(
                        "snmpd", ["-f", "-Lo", "-C", "-c", configuration, "-p", directory.file("pid")],
                        log: directory.file("snmpd.log"),
                        environment: ["SNMP_PERSISTENT_DIR": directory.path]))
                let log = directory.file("snmpd.log")
                try await eventually("snmpd answers") {
                    (try? String(contentsOfFile: log, encoding: .utf8))?.contains("NET-SNMP version") == true
                }
            }
            guard hasSubagent else { return }
            let file = try directory.write(
                """
                runtimeDirectory: \(directory.path)/run
                agents:
                  - name: home
                    control: \(control.map(directory.file) ?? scene.socket)
                snmp:
                  agentx:
                    socket: \(socket)

                """, to: "mip-mibd.yaml")
            processes.append(
                try ChildProcess(BuiltProducts.path(of: "mip-mibd"), ["--config", file], log: directory.file("mip-mibd.log")))
        }

        func doctor(_ arguments: [String] = []) async throws -> (status: Int32, output: String, errors: String) {
            try await Scene.run(
                ["doctor", "--socket", scene.socket, "--snmp", "127.0.0.1:\(port)", "--snmpd-conf", configuration] + arguments)
        }

        func close() async throws {
            for process in processes.reversed() { try await process.stop() }
            await scene.agent.stop()
        }
    }

    @Test("Prints nothing for a healthy system")
    func healthy() async throws {
        let installation = try await Installation()
        var result = (status: Int32(1), output: "", errors: "")
        // mip-mibd has to register first. The sample agent listens on port 434.
        try await eventually("no finding") {
            result = try await installation.doctor()
            return result.status == 0
        }
        #expect((result.output, result.errors) == ("", ""))
        try await installation.close()
    }

    @Test("Finds an agent that does not run")
    func noAgent() async throws {
        let installation = try await Installation()
        await installation.scene.agent.stop()
        let result = try await installation.doctor()
        #expect(result.status == 1)
        #expect(result.output.contains("agent: cannot open control socket '\(installation.scene.socket)'"))
        #expect(result.output.contains("start mip-agentd with 'control: \(installation.scene.socket)'"))
        try await installation.close()
    }

    @Test("Finds disabled registration")
    func disabled() async throws {
        let installation = try await Installation(hasSubagent: false)
        #expect(try await installation.scene.run(["disable", "--yes"]).status == 0)
        let result = try await installation.doctor()
        #expect(result.output.contains("agent: registration is disabled on home\n  mip-mib enable"))
        try await installation.close()
    }

    @Test("Finds that snmpd does not run")
    func noSnmpd() async throws {
        let installation = try await Installation(hasSubagent: false, hasSnmpd: false)
        let result = try await installation.doctor()
        #expect(result.status == 1)
        #expect(result.output.contains("manager: connection refused"), "\(result.output)")
        #expect(result.output.contains("start snmpd with 'agentaddress udp:161'"))
        try await installation.close()
    }

    @Test("Finds that AgentX is not enabled")
    func noMaster() async throws {
        let installation = try await Installation(master: "")
        let result = try await installation.doctor()
        #expect(result.output.contains("snmpd: AgentX is not enabled\n  add to \(installation.configuration): master agentx\n"))
        try await installation.close()
    }

    @Test("Finds an AgentX socket that only its owner can use")
    func permissions() async throws {
        let installation = try await Installation(permissions: "agentXPerms 0600 0755")
        try await eventually("the socket") { FileManager.default.fileExists(atPath: installation.scene.directory.file("agentx")) }
        let result = try await installation.doctor()
        #expect(
            result.output.contains(
                "AgentX: only its owner can use the socket '\(installation.scene.directory.file("agentx"))'\n"
                    + "  add to \(installation.configuration): agentXPerms 0660 0755 root Debian-snmp"))
        try await installation.close()
    }

    @Test("Finds a view that hides MIP-MIB")
    func view() async throws {
        let installation = try await Installation(
            view: "view systemonly included .1.3.6.1.2.1.1", community: "rocommunity public default -V systemonly")
        let result = try await installation.doctor()
        #expect(result.output.contains("view: snmpd's views hide MIP-MIB"), "\(result.output)")
        #expect(result.output.contains("add to \(installation.configuration): view systemonly included .1.3.6.1.2.1.44\n"))
        try await installation.close()
    }

    @Test("Finds that mip-mibd is missing: snmpd answers, but no subagent has registered")
    func noSubagent() async throws {
        let installation = try await Installation(hasSubagent: false)
        let result = try await installation.doctor()
        #expect(result.output.contains("mip-mibd: snmpd answers, but no subagent has registered MIP-MIB"), "\(result.output)")
        let json = try await installation.doctor(["-o", "json"])
        #expect(json.status == 1)
        #expect(json.output.contains(#""station":"mip-mibd""#))
        try await installation.close()
    }

    @Test("Finds that snmpd does not know the community")
    func wrongCommunity() async throws {
        let installation = try await Installation(hasSubagent: false)
        let file = try installation.scene.directory.write("community: secret\n", to: "credentials.yaml")
        let result = try await installation.doctor(["--credentials", file])
        #expect(result.output.contains("manager: no answer from '127.0.0.1'"))
        try await installation.close()
    }

    @Test("Finds a mip-mibd that looks for its agent at another socket")
    func wrongSocket() async throws {
        let installation = try await Installation(control: "elsewhere.sock")
        var output = ""
        try await eventually("the finding") {
            output = try await installation.doctor().output
            return output.contains("mirror: mip-mibd has no snapshot of its agent")
        }
        #expect(output.contains("elsewhere.sock"), "\(output)")
        #expect(output.contains("\n  set 'agents: - control:' in mip-mibd's configuration file to the agent's socket"))
        try await installation.close()
    }

    @Test("Finds that snmpd does not know the SNMPv3 user")
    func unknownUser() async throws {
        let installation = try await Installation(hasSubagent: false)
        let file = try installation.scene.directory.write(
            "user: monitor\nauthenticationPassword: authentication\nprivacyPassword: privacy-privacy\n", to: "credentials.yaml")
        let result = try await installation.doctor(["--credentials", file])
        #expect(result.output.contains("SNMPv3 user: '127.0.0.1' does not know the user 'monitor'"), "\(result.output)")
        #expect(result.output.contains("to \(installation.configuration): rouser NAME priv"))
        try await installation.close()
    }

    @Test("Finds a peer with a wrong clock")
    func clock() async throws {
        var violation = Samples.violation(1)
        let association = Samples.association(1)
        violation.violator = association.peer
        violation.recentReason = .badIdentifier
        // The scene's agent has been up for three hours and half a minute.
        violation.recentTime = Samples.start.adding(milliseconds: 3 * 3600 * 1000)
        violation.recentIdentification = Identification(
            unixNanoseconds: (violation.recentTime.milliseconds - 90_000) * 1_000_000)
        let installation = try await Installation(
            hasSubagent: false, hasSnmpd: false, rows: [.association(association), .violation(violation)])
        let result = try await installation.doctor()
        #expect(
            result.output.contains(
                "clock: the clock of 10.0.1.1 is 90 s behind that of home, which allows 7 s\n"
                    + "  on 10.0.1.1: systemctl enable --now systemd-timesyncd\n"), "\(result.output)")
        try await installation.close()
    }

    @Test("Finds an agent on a port other than 434")
    func port() async throws {
        var information = Samples.information()
        information.addresses = [AgentAddress(role: .homeAgent, address: IPv4Address(10, 0, 0, 1), port: 5434)]
        let installation = try await Installation(hasSubagent: false, hasSnmpd: false, information: information)
        let result = try await installation.doctor()
        #expect(
            result.output.contains(
                "home listens on UDP port 5434 of 10.0.0.1, but mobile nodes send to port 434\n  remove 'port: 5434'"),
            "\(result.output)")
        try await installation.close()
    }

    @Test("Finds an agent that forwards but lacks the capabilities")
    func capabilities() async throws {
        let directory = try TemporaryDirectory()
        // The process has no capabilities: as root it runs as another user, otherwise as the same user.
        let program = geteuid() == 0 ? ["setpriv", "--reuid", "65534", "--clear-groups", "sleep", "600"] : ["sleep", "600"]
        let process = try ChildProcess(program[0], Array(program.dropFirst()), log: directory.file("log"))
        var information = Samples.information()
        information.dataPlane = "userSpace"
        information.processID = process.identifier
        let installation = try await Installation(hasSubagent: false, hasSnmpd: false, information: information)
        try await eventually("the finding") {
            let output = try await installation.doctor().output
            return output.contains("forwards but lacks CAP_NET_ADMIN and CAP_NET_RAW\n  add to its systemd unit")
        }
        try await process.stop()
        try await installation.close()
    }
}
