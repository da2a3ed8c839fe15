import AgentModel
import MIPTesting
import MobileIPv4
import Testing

@testable import mip_mib

@Suite("mip-mib notify")
struct NotifyTests {
    private static let text = "Maintenance at 22:00"

    private static func order(
        _ prefix: String? = nil, nai: String? = nil, to role: AgentRole = .mobileNode, acknowledged: Bool = true
    ) -> AgentChange {
        .notify(
            NotificationOrder(
                to: role, homeAddresses: prefix.flatMap { IPv4Prefix($0) }, nai: nai.flatMap { NetworkAccessIdentifier($0) },
                text: text, acknowledged: acknowledged))
    }

    @Test("Each kind of target and each option reach the agent, at its socket and by URL; with --dry-run nothing is sent")
    func targets() async throws {
        let scene = try await Scene.whole()
        let daemon = try await Daemon(scene)
        let cases: [([String], [AgentChange])] = [
            (["10.0.1.1"], [Self.order("10.0.1.1/32")]), (["10.0.0.0/8"], [Self.order("10.0.0.0/8")]),
            (["user2@example.net"], [Self.order(nai: "user2@example.net")]), (["all"], [Self.order()]),
            (["10.0.1.1", "10.0.1.2"], [Self.order("10.0.1.1/32"), Self.order("10.0.1.2/32")]),
        ]
        for source in [["--socket", scene.socket], daemon.arguments(.url)] {
            for (targets, expected) in cases {
                let before = await scene.agent.applied.count
                let command = ["notify"] + targets + [Self.text] + source
                let checked = try await Scene.run(command + ["--dry-run"], environment: daemon.environment)
                #expect(checked.status == 0 && checked.output.hasPrefix("this would be done: the text is sent to "), "\(checked)")
                #expect(await scene.agent.applied.count == before)
                let sent = try await Scene.run(command + ["--yes"], environment: daemon.environment)
                #expect(sent.status == 0 && sent.output.hasPrefix("the text is sent to "), "\(sent)")
                #expect(await Array(scene.agent.applied.dropFirst(before)) == expected)
            }
            let options = ["--to", "foreign-agents", "--no-acknowledgment", "--yes"]
            let sent = try await Scene.run(["notify", "all", Self.text] + options + source, environment: daemon.environment)
            #expect(sent.status == 0, "\(sent)")
            #expect(await scene.agent.applied.last == Self.order(to: .foreignAgent, acknowledged: false))
        }
        try await daemon.stop()
        await scene.agent.stop()
    }

    @Test("--wait shows who has acknowledged, refused and missed the text, at the socket and by URL; status 1 if anyone has not")
    func waiting() async throws {
        let scene = try await Scene.whole()
        let daemon = try await Daemon(scene)
        for source in [["--socket", scene.socket], daemon.arguments(.url)] {
            // A text of its own for each source, so that one does not see what the other has sent.
            func run(
                _ target: String, _ options: [String] = []
            ) async throws -> (status: Int32, output: String, errors: String) {
                try await Scene.run(
                    ["notify", target, "\(Self.text), \(source[0])", "--yes", "--wait", "30"] + options + source,
                    environment: daemon.environment)
            }
            let one = try await run("10.0.1.1")
            #expect(one.output == "10.0.1.1 acknowledged the text after 12 ms\n1 of 1 receiver acknowledged the text\n", "\(one)")
            #expect(one.status == 0)
            let sent = try await run("10.0.1.1", ["--no-acknowledgment"])
            #expect(sent.output == "10.0.1.1 was sent the text\n1 of 1 receiver got the text\n", "\(sent)")
            #expect(sent.status == 0)
            await scene.agent.answer(IPv4Address(10, 0, 1, 2), .refused, code: 193)
            await scene.agent.answer(IPv4Address(10, 0, 1, 4), .unanswered)
            let some = try await run("10.0.1.0/24")
            #expect(some.status == 1)
            #expect(some.output.contains("10.0.1.2 refused the text: 193 "), "\(some)")
            #expect(some.output.contains("10.0.1.4 did not acknowledge the text in 1 try\n"), "\(some)")
            #expect(some.errors == "mip-mib: 1 of 3 receivers acknowledged the text\n")
        }
        try await daemon.stop()
        await scene.agent.stop()
    }

    @Test("A text that is not acknowledged in time is reported as such, with status 1")
    func late() async throws {
        let scene = try await Scene()
        await scene.agent.answer(IPv4Address(10, 0, 1, 1), .waiting)
        let result = try await scene.run(["notify", "10.0.1.1", Self.text, "--yes", "--wait", "1"])
        #expect(result.status == 1)
        #expect(result.output == "10.0.1.1 has not acknowledged the text yet\n", "\(result)")
        #expect(result.errors == "mip-mib: 0 of 1 receiver acknowledged the text\n")
        await scene.agent.stop()
    }

    @Test(
        "Invalid arguments end with status 2 and say what is expected, and without --yes nothing is sent",
        arguments: [
            (["10.0.1.1"], "expected a target and a text"),
            (["everyone", "x", "--yes"], "the target 'everyone' is invalid"),
            (["10.0.1.0/8", "x", "--yes"], "the target '10.0.1.0/8' is invalid"),
            (["all", "a\nb", "--yes"], "expected one line"), (["all", "", "--yes"], "expected 1 to 254 bytes"),
            (["all", "x", "--wait", "0", "--yes"], "expected 1 to 3600 seconds"), (["all", "x", "--to", "me"], "'me'"),
            (["all", "x"], "add --yes"),
        ])
    func wrong(arguments: [String], expected: String) async throws {
        let scene = try await Scene()
        let result = try await scene.run(["notify"] + arguments)
        #expect(result.status == 2)
        #expect(result.errors.contains(expected), "\(result.errors)")
        #expect(await scene.agent.applied.isEmpty)
        await scene.agent.stop()
    }

    @Test("The home agent sends, but to home agents the foreign agent, which sends to nodes if there is no home agent")
    func agents() async throws {
        let foreign = try await Scene(
            [.visitor(Samples.visitor(1))], information: Samples.information(roles: [.foreignAgent], instance: "two"),
            name: "foreign")
        let node = try await Scene([], information: Samples.information(roles: [.mobileNode], instance: "three"), name: "node")
        let home = try await Scene(information: Samples.information(roles: [.homeAgent]))
        let others = ["--socket", foreign.socket, "--socket", node.socket]
        func run(_ options: [String], _ sockets: [String]) async throws {
            let result = try await Scene.run(["notify", "all", Self.text, "--yes"] + options + sockets)
            #expect(result.status == 0, "\(result)")
        }
        try await run([], others + ["--socket", home.socket])
        #expect(await home.agent.applied.count == 1)
        try await run(["--to", "foreign-agents"], others + ["--socket", home.socket])
        #expect(await home.agent.applied.count == 2)
        try await run(["--to", "home-agents"], others + ["--socket", home.socket])
        #expect(await foreign.agent.applied.count == 1)
        try await run([], others)
        #expect(await foreign.agent.applied.count == 2)
        #expect(await node.agent.applied.isEmpty)
        for scene in [foreign, node, home] { await scene.agent.stop() }
    }
}
