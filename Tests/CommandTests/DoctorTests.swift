import AgentModel
import Foundation
import MIPTesting
import MobileIPv4
import Testing

@Suite("mip-mib doctor")
struct DoctorTests {
    /// A private snmpd with mip-mibd as its subagent over a scene's agent, each of which can be left out or made wrong.
    struct Hospital {
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

    @Test("Says nothing on a healthy system")
    func healthy() async throws {
        let hospital = try await Hospital()
        var result = (status: Int32(1), output: "", errors: "")
        // mip-mibd has to be registered first. The samples' agent listens on port 434.
        try await eventually("no finding") {
            result = try await hospital.doctor()
            return result.status == 0
        }
        #expect((result.output, result.errors) == ("", ""))
        try await hospital.close()
    }

    @Test("An agent that is not there")
    func noAgent() async throws {
        let hospital = try await Hospital()
        await hospital.scene.agent.stop()
        let result = try await hospital.doctor()
        #expect(result.status == 1)
        #expect(result.output.contains("agent: the control socket '\(hospital.scene.socket)' cannot be opened"))
        #expect(result.output.contains("start mip-agentd with 'control: \(hospital.scene.socket)'"))
        try await hospital.close()
    }

    @Test("Registration that is switched off")
    func disabled() async throws {
        let hospital = try await Hospital(hasSubagent: false)
        #expect(try await hospital.scene.run(["disable", "--yes"]).status == 0)
        let result = try await hospital.doctor()
        #expect(result.output.contains("agent: home has registration switched off\n  mip-mib enable"))
        try await hospital.close()
    }

    @Test("No snmpd")
    func noSnmpd() async throws {
        let hospital = try await Hospital(hasSubagent: false, hasSnmpd: false)
        let result = try await hospital.doctor()
        #expect(result.status == 1)
        #expect(result.output.contains("manager: connection refused"), "\(result.output)")
        #expect(result.output.contains("start snmpd with 'agentaddress udp:161'"))
        try await hospital.close()
    }

    @Test("AgentX switched off")
    func noMaster() async throws {
        let hospital = try await Hospital(master: "")
        let result = try await hospital.doctor()
        #expect(result.output.contains("snmpd: AgentX is not switched on\n  add to \(hospital.configuration): master agentx\n"))
        try await hospital.close()
    }

    @Test("A socket for root alone")
    func permissions() async throws {
        let hospital = try await Hospital(permissions: "agentXPerms 0600 0755")
        try await eventually("the socket") { FileManager.default.fileExists(atPath: hospital.scene.directory.file("agentx")) }
        let result = try await hospital.doctor()
        #expect(
            result.output.contains(
                "is for its owner alone\n  add to \(hospital.configuration): agentXPerms 0660 0755 root Debian-snmp"))
        try await hospital.close()
    }

    @Test("A view that hides MIP-MIB")
    func view() async throws {
        let hospital = try await Hospital(
            view: "view systemonly included .1.3.6.1.2.1.1", community: "rocommunity public default -V systemonly")
        let result = try await hospital.doctor()
        #expect(result.output.contains("view: snmpd's views hide MIP-MIB"), "\(result.output)")
        #expect(result.output.contains("add to \(hospital.configuration): view systemonly included .1.3.6.1.2.1.44\n"))
        try await hospital.close()
    }

    @Test("No mip-mibd: snmpd answers, and nobody has registered")
    func noSubagent() async throws {
        let hospital = try await Hospital(hasSubagent: false)
        let result = try await hospital.doctor()
        #expect(result.output.contains("mip-mibd: snmpd answers, but nobody has registered MIP-MIB"), "\(result.output)")
        let json = try await hospital.doctor(["-o", "json"])
        #expect(json.status == 1)
        #expect(json.output.contains(#""station":"mip-mibd""#))
        try await hospital.close()
    }

    @Test("A community that snmpd does not know")
    func wrongCommunity() async throws {
        let hospital = try await Hospital(hasSubagent: false)
        let file = try hospital.scene.directory.write("community: secret\n", to: "credentials.yaml")
        let result = try await hospital.doctor(["--credentials", file])
        #expect(result.output.contains("manager: no answer from '127.0.0.1'"))
        try await hospital.close()
    }

    @Test("A mip-mibd that looks for its agent at another socket")
    func wrongSocket() async throws {
        let hospital = try await Hospital(control: "elsewhere.sock")
        var output = ""
        try await eventually("the finding") {
            output = try await hospital.doctor().output
            return output.contains("mirror: mip-mibd has no snapshot of its agent")
        }
        #expect(output.contains("elsewhere.sock"), "\(output)")
        #expect(output.contains("\n  let 'agents: - control:' in mip-mibd's file name the agent's socket"))
        try await hospital.close()
    }

    @Test("An SNMPv3 user that snmpd does not know")
    func unknownUser() async throws {
        let hospital = try await Hospital(hasSubagent: false)
        let file = try hospital.scene.directory.write(
            "user: monitor\nauthenticationPassword: authentication\nprivacyPassword: privacy-privacy\n", to: "credentials.yaml")
        let result = try await hospital.doctor(["--credentials", file])
        #expect(result.output.contains("SNMPv3 user: '127.0.0.1' does not know the user 'monitor'"), "\(result.output)")
        #expect(result.output.contains("to \(hospital.configuration): rouser NAME priv"))
        try await hospital.close()
    }

    @Test("A peer whose clock is off")
    func clock() async throws {
        var violation = Samples.violation(1)
        let association = Samples.association(1)
        violation.violator = association.peer
        violation.recentReason = .badIdentifier
        // The scene's agent is up for three hours and half a minute.
        violation.recentTime = Samples.start.adding(milliseconds: 3 * 3600 * 1000)
        violation.recentIdentification = Identification(
            unixNanoseconds: (violation.recentTime.milliseconds - 90_000) * 1_000_000)
        let hospital = try await Hospital(
            hasSubagent: false, hasSnmpd: false, rows: [.association(association), .violation(violation)])
        let result = try await hospital.doctor()
        #expect(
            result.output.contains(
                "clock: the clock of 10.0.1.1 is 90 s behind that of home, which allows 7 s\n"
                    + "  on 10.0.1.1: systemctl enable --now systemd-timesyncd\n"), "\(result.output)")
        try await hospital.close()
    }

    @Test("Another port than 434")
    func port() async throws {
        var information = Samples.information()
        information.addresses = [AgentAddress(role: .homeAgent, address: IPv4Address(10, 0, 0, 1), port: 5434)]
        let hospital = try await Hospital(hasSubagent: false, hasSnmpd: false, information: information)
        let result = try await hospital.doctor()
        #expect(
            result.output.contains(
                "home listens on UDP port 5434 of 10.0.0.1, where mobile nodes do not look\n  leave out 'port: 5434'"),
            "\(result.output)")
        try await hospital.close()
    }

    @Test("An agent that forwards without the capabilities for it")
    func capabilities() async throws {
        let directory = try TemporaryDirectory()
        // As root another user, as anybody else the same: without capabilities in both cases.
        let program = geteuid() == 0 ? ["setpriv", "--reuid", "65534", "--clear-groups", "sleep", "600"] : ["sleep", "600"]
        let process = try ChildProcess(program[0], Array(program.dropFirst()), log: directory.file("log"))
        var information = Samples.information()
        information.dataPlane = "userSpace"
        information.processID = process.identifier
        let hospital = try await Hospital(hasSubagent: false, hasSnmpd: false, information: information)
        try await eventually("the finding") {
            let output = try await hospital.doctor().output
            return output.contains("forwards and lacks CAP_NET_ADMIN and CAP_NET_RAW\n  add to its systemd unit")
        }
        try await process.stop()
        try await hospital.close()
    }
}
