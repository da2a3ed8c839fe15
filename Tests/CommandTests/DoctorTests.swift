import AgentModel
import Foundation
import JSON
import MIPTesting
import MobileIPv4
import Testing

@testable import mip_mib

@Suite("mip-mib doctor")
struct DoctorTests {
    /// A private snmpd with mip-mibd as its subagent for a scene's agent. Each of them can be left out or misconfigured.
    struct Installation {
        let scene: Scene
        let port = freePort()
        let configuration: String
        let daemonConfiguration: String
        /// The Unix socket of the API.
        let api: String
        private(set) var daemon: ChildProcess?
        private(set) var snmpd: ChildProcess?
        private var processes: [ChildProcess] = []

        /// - Parameters:
        ///   - socketLine: whether snmpd's file has agentXSocket.
        ///   - options: further options of snmpd.
        ///   - http: whether mip-mibd has its API, at a Unix socket.
        init(
            master: String = "master agentx", view: String = "", community: String = "rocommunity public",
            permissions: String = "agentXPerms 0660 0755", socketLine: Bool = true, options: [String] = [],
            hasSubagent: Bool = true, hasSnmpd: Bool = true, control: String? = nil, http: Bool = false,
            rows: [StateChange] = Scene.rows, information: AgentInformation = Samples.information()
        ) async throws {
            scene = try await Scene(rows, information: information)
            let directory = scene.directory
            let socket = directory.file("agentx")
            configuration = try directory.write(
                """
                agentaddress udp:127.0.0.1:\(port)
                \(master)
                \(socketLine ? "agentXSocket \(socket)" : "")
                \(permissions)
                \(view)
                \(community)

                """, to: "private.conf")
            api = directory.file("api.sock")
            daemonConfiguration = directory.file("mip-mibd.yaml")
            if hasSnmpd {
                let snmpd = try ChildProcess(
                    "snmpd", ["-f", "-Lo", "-C", "-c", configuration, "-p", directory.file("pid")] + options,
                    log: directory.file("snmpd.log"),
                    environment: ["SNMP_PERSISTENT_DIR": directory.path])
                self.snmpd = snmpd
                processes.append(snmpd)
                let log = directory.file("snmpd.log")
                try await eventually("snmpd answers") {
                    (try? String(contentsOfFile: log, encoding: .utf8))?.contains("NET-SNMP version") == true
                }
            }
            chmod(
                try directory.write(
                    """
                    runtimeDirectory: \(directory.path)/run
                    stateFile: \(directory.path)/state.json
                    agents:
                      - name: home
                        control: \(control.map(directory.file) ?? scene.socket)
                    snmp:
                      agentx:
                        socket: \(socket)
                    \(http ? "http:\n  port: \(freePort(stream: true))\n  socket: \(api)" : "")

                    """, to: "mip-mibd.yaml"), 0o600)
            guard hasSubagent else { return }
            let daemon = try ChildProcess(
                BuiltProducts.path(of: "mip-mibd"), ["--config", daemonConfiguration], log: directory.file("mip-mibd.log"))
            self.daemon = daemon
            processes.append(daemon)
        }

        func doctor(_ arguments: [String] = []) async throws -> (status: Int32, output: String, errors: String) {
            try await Scene.run(
                [
                    "doctor", "--socket", scene.socket, "--snmp", "127.0.0.1:\(port)", "--snmpd-conf", configuration,
                    "--mibd-conf", daemonConfiguration,
                ] + arguments)
        }

        /// The stations of the doctor's findings.
        func stations(_ arguments: [String] = []) async throws -> [String] {
            let output = try await doctor(arguments + ["-o", "json"]).output
            return try (JSONValue(json: Array(output.utf8)).array ?? []).compactMap { $0["station"]?.text }
        }

        /// Waits until mip-mibd has registered, which is when nothing is found.
        func settle(_ arguments: [String] = []) async throws {
            try await eventually("no finding") { try await doctor(arguments).status == 0 }
        }

        func close() async throws {
            for process in processes.reversed() { try await process.stop() }
            await scene.agent.stop()
        }
    }

    @Test("For a healthy system, prints what was looked at; programs get an empty list")
    func healthy() async throws {
        let installation = try await Installation(http: true)
        // mip-mibd has to register first. The sample agent listens on port 434.
        try await installation.settle()
        let result = try await installation.doctor()
        #expect(result.errors == "")
        let expected = [
            "agent home at \(installation.scene.socket): registration on",
            "mip-mibd at unix:\(installation.api): ",
            "snmpd at 127.0.0.1:\(installation.port): MIP-MIB and MIPV4-EXT-MIB answered for the manager's community",
        ]
        for line in expected { #expect(result.output.contains(line), "\(result.output)") }
        let json = try await installation.doctor(["-o", "json"])
        #expect((json.status, json.output) == (0, "[]\n"))

        let url = ["doctor", "--url", "unix:\(installation.api)"]
        let unknown = try await Scene.run(url + ["--agent", "nosuch"])
        #expect(unknown.status == 2 && unknown.errors.contains("no agent named 'nosuch'; known agents: home"), "\(unknown)")
        let remote = try await Scene.run(url)
        #expect(remote.status == 0 && remote.output.contains("agent home: registration on"), "\(remote)")
        #expect(try await installation.scene.run(["disable", "--yes"]).status == 0)
        try await eventually("the daemon knows") {
            let found = try await Scene.run(url)
            return found.status == 1 && found.output.contains("agent: registration is disabled on home\n")
        }
        try await installation.close()
    }

    @Test("Finds an agent that does not run, and not what follows from it")
    func noAgent() async throws {
        let installation = try await Installation()
        try await installation.settle()
        await installation.scene.agent.stop()
        let result = try await installation.doctor()
        #expect(result.status == 1)
        #expect(result.output.contains("agent: cannot open control socket '\(installation.scene.socket)'"))
        #expect(result.output.contains("start mip-agentd with 'control: \(installation.scene.socket)'"))
        #expect(try await installation.stations() == ["agent"])
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
        let start = Advice.hasUnit("snmpd") ? "systemctl start snmpd" : "start snmpd"
        #expect(
            result.output == "snmpd: nothing listens on UDP port \(installation.port) of '127.0.0.1'\n  \(start)\n",
            "\(result.output)")
        try await installation.close()
    }

    @Test("Finds that AgentX is not enabled")
    func noMaster() async throws {
        let installation = try await Installation(master: "")
        let result = try await installation.doctor()
        #expect(result.output == "snmpd: AgentX is not enabled\n  add to \(installation.configuration): master agentx\n")
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

    @Test(
        "Finds a view that hides only MIPV4-EXT-MIB",
        arguments: [
            "view most included .1.3.6.1.2.1", "view most included .1\nview most excluded .1.3.6.1.4.1.8072.9999.9999",
        ])
    func extensionView(lines: String) async throws {
        let installation = try await Installation(view: lines, community: "rocommunity public default -V most")
        var output = ""
        try await eventually("the finding") {
            output = try await installation.doctor().output
            return output.hasPrefix("view: snmpd's views hide MIPV4-EXT-MIB")
        }
        #expect(
            output.contains("add to \(installation.configuration): view most included .1.3.6.1.4.1.8072.9999.9999.44\n"),
            "\(output)")
        #expect(try await installation.stations() == ["view"])
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

    @Test("Finds a mip-mibd that hangs, by SNMP and at its API, and names it once", arguments: [false, true])
    func hung(http: Bool) async throws {
        let installation = try await Installation(http: http)
        try await installation.settle()
        installation.daemon?.signal(SIGSTOP)
        let result = try await installation.doctor()
        let stations = try await installation.stations()
        installation.daemon?.signal(SIGCONT)
        #expect(stations == ["mip-mibd"], "\(result.output)")
        #expect(result.output.hasPrefix("mip-mibd: mip-mibd (process "), "\(result.output)")
        #expect(!result.output.contains("createUser"))
        try await installation.close()
    }

    @Test("Finds that the API's socket is gone, and names it once")
    func noAPI() async throws {
        let installation = try await Installation(http: true)
        try await installation.settle()
        #expect(unlink(installation.api) == 0)
        let result = try await installation.doctor()
        #expect(
            result.output.hasPrefix("API: mip-mibd's API socket '\(installation.api)' does not work (missing)"),
            "\(result.output)")
        #expect(try await installation.stations() == ["API"])
        try await installation.close()
    }

    @Test("Knows which of snmpd's option -x and its file decides", arguments: [true, false])
    func option(socketLine: Bool) async throws {
        let directory = try TemporaryDirectory()
        let installation = try await Installation(socketLine: socketLine, options: ["-x", directory.file("x")])
        if socketLine {
            try await installation.settle()
        } else {
            let result = try await installation.doctor()
            #expect(
                result.output.hasPrefix(
                    "AgentX: snmpd listens for AgentX at '\(directory.file("x"))' (its option -x, because \(installation.configuration) has "
                        + "no agentXSocket), but mip-mibd connects to '\(installation.scene.directory.file("agentx"))'\n"),
                "\(result.output)")
            #expect(try await installation.stations() == ["AgentX"])
        }
        try await installation.close()
    }

    @Test("Distinguishes a wrong community, user, password, key, context and missing rights, each with its own remedy")
    func credentials() async throws {
        let installation = try await Installation(
            community: """
                rocommunity public
                rouser monitor priv
                createUser monitor SHA-256 authentication AES privacy-privacy
                createUser stranger SHA-256 authentication AES privacy-privacy
                """)
        try await installation.settle()
        func user(_ name: String, _ authentication: String, _ privacy: String, _ more: String = "") -> String {
            "user: \(name)\nauthentication: sha256\nauthenticationPassword: \(authentication)\nprivacyPassword: \(privacy)\n\(more)"
        }
        let cases = [
            ("community: secret\n", "community", "to no request with the manager's community"),
            (user("nobody", "authentication", "privacy-privacy"), "SNMPv3 user", "does not know the user 'nobody'"),
            (
                user("monitor", "wrong-password", "privacy-privacy"), "SNMPv3 user",
                "the authentication password of the user 'monitor'"
            ),
            (user("monitor", "authentication", "wrong-privacy"), "SNMPv3 user", "is right, but its privacy password"),
            (
                user("monitor", "authentication", "privacy-privacy", "context: nosuch\n"), "context",
                "has no context for the user 'monitor'"
            ),
            (user("stranger", "authentication", "privacy-privacy"), "rights", "gives it no right to read MIP-MIB"),
        ]
        for (text, station, words) in cases {
            let file = try installation.scene.directory.write(text, to: "credentials.yaml")
            chmod(file, 0o600)
            let result = try await installation.doctor(["--credentials", file])
            #expect(result.output.hasPrefix("\(station): ") && result.output.contains(words), "\(text)\n\(result.output)")
            #expect(result.output.split(separator: "\n").count == 2, "\(result.output)")
        }
        // The reading commands name what an agent drops without a word as well.
        let reading = ["get", "mipEnable.0", "--snmp", "127.0.0.1:\(installation.port)", "--timeout", "4", "--credentials"]
        for (text, words) in [
            (cases[0].0, "to no request with this community"), (cases[3].0, "the privacy password of 'monitor'"),
            (cases[4].0, "has no context 'nosuch'; the contexts of mip-mibd are the names of its agents"),
        ] {
            let file = try installation.scene.directory.write(text, to: "reading.yaml")
            chmod(file, 0o600)
            let result = try await Scene.run(reading + [file])
            #expect(result.status > 2 && result.errors.contains(words), "\(result.errors)")
        }
        let file = try installation.scene.directory.write(
            user("monitor", "authentication", "privacy-privacy"), to: "credentials.yaml")
        let right = try await installation.doctor(["--credentials", file])
        #expect(right.status == 0 && right.output.contains("answered for the user 'monitor'"), "\(right)")
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

    @Test("Names no unit and no group that does not exist on this machine")
    func advice() {
        #expect(Advice.start("no-such-program") == "start no-such-program")
        #expect(!Advice.restart("no-such-program").contains("systemctl"))
        #expect(!Advice.hasGroup("no-such-group") && Advice.hasGroup("root"))
        #expect(Advice.group(of: "/") == "root" && Advice.group(of: "/no/such/file") == nil)
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
                    + "  on 10.0.1.1: synchronize its clock, for example with systemd-timesyncd or chrony\n"), "\(result.output)")
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
            return output.contains("forwards but lacks CAP_NET_ADMIN and CAP_NET_RAW\n  start it with these capabilities")
        }
        try await process.stop()
        try await installation.close()
    }
}
