import AgentModel
import MIPTesting
import MobileIPv4
import Testing

@testable import mip_mib

@Suite("mip-mib revoke")
struct RevokeTests {
    private static let careOf = IPv4Address(192, 0, 2, 1)
    private static let homeAgent = IPv4Address(10, 0, 0, 1)

    /// Targets with options, the order that follows from them, and the registrations in words.
    private static let orders: [([String], RevocationOrder, String)] = [
        (["all"], RevocationOrder(), ""),
        (["10.0.1.0/24"], RevocationOrder(homeAddresses: IPv4Prefix("10.0.1.0/24")), " of 10.0.1.0/24"),
        (["user2@example.net"], RevocationOrder(nai: NetworkAccessIdentifier("user2@example.net")), " of user2@example.net"),
        (["all", "--care-of", "192.0.2.1"], RevocationOrder(careOfAddress: careOf), " with care-of address 192.0.2.1"),
        (["all", "--home-agent", "10.0.0.1"], RevocationOrder(homeAgent: homeAgent), " at home agent 10.0.0.1"),
        (
            ["10.0.1.1", "--text", "moved to maintenance"],
            RevocationOrder(homeAddresses: IPv4Prefix("10.0.1.1/32"), text: "moved to maintenance"), " of 10.0.1.1"
        ),
    ]

    @Test("Each kind of target and each option reach the agent, at its socket and by URL", arguments: orders.indices)
    func targets(index: Int) async throws {
        let (target, order, whose) = Self.orders[index]
        for isURL in [false, true] {
            let scene = try await Scene.whole()
            let daemon = try await Daemon(scene)
            let source = isURL ? daemon.arguments(.url) : ["--socket", scene.socket]
            let count = Scene.allRows.count { row in
                switch row {
                case .binding(let row): order.covers(row)
                case .visitor(let row): order.covers(row)
                default: false
                }
            }
            #expect(count > 0)
            let what = "\(count) registration\(count == 1 ? "" : "s")\(whose)"
            let trial = try await Scene.run(["revoke"] + target + ["--dry-run"] + source, environment: daemon.environment)
            #expect(trial.output == "this would be done: \(what) \(count == 1 ? "is" : "are") ended\n", "\(trial)")
            #expect(await scene.agent.applied.isEmpty)
            let made = try await Scene.run(["revoke"] + target + ["--yes"] + source, environment: daemon.environment)
            #expect(made.output == "\(what) ended\n", "\(made)")
            #expect(made.status == 0)
            // A management daemon ends bindings and visits one after the other.
            let applied = await scene.agent.applied.map { (change: AgentChange) -> AgentChange in
                guard case .revoke(var made) = change else { return change }
                if isURL { made.role = nil }
                return .revoke(made)
            }
            #expect(Set(applied) == [.revoke(order)], "\(applied)")
            let again = try await Scene.run(["revoke"] + target + ["--yes"] + source, environment: daemon.environment)
            #expect(again.status == 1, "\(again)")
            try await daemon.stop()
            await scene.agent.stop()
        }
    }

    @Test("By URL, an agent with a binding and a visit of a home address ends both, and the answer counts both")
    func bothRoles() async throws {
        var visitor = Samples.visitor(1)
        visitor.homeAddress = IPv4Address(10, 0, 1, 1)
        let scene = try await Scene(
            [.binding(Samples.binding(1)), .visitor(visitor)],
            information: Samples.information(roles: [.homeAgent, .foreignAgent]))
        let daemon = try await Daemon(scene)
        let made = try await Scene.run(
            ["revoke", "10.0.1.1", "--yes"] + daemon.arguments(.url), environment: daemon.environment)
        #expect(made.output == "2 registrations of 10.0.1.1 ended\n", "\(made)")
        #expect(await scene.agent.applied == [.endBinding(homeAddress: IPv4Address(10, 0, 1, 1), careOfAddress: Self.careOf)])
        try await daemon.stop()
        await scene.agent.stop()
    }

    /// An agent with a binding and a visit, of different home addresses.
    private static func twoRoles() async throws -> Scene {
        try await Scene(
            [.binding(Samples.binding(1)), .visitor(Samples.visitor(1))],
            information: Samples.information(roles: [.homeAgent, .foreignAgent]))
    }

    /// Revokes by URL at an agent that refuses what follows a moment, and returns the errors.
    private static func revoke(
        _ target: String, of scene: Scene, refusedOnce moment: String,
        _ isReached: @Sendable @escaping (ScriptedAgent) async -> Bool
    ) async throws -> String {
        let daemon = try await Daemon(scene)
        let (arguments, environment) = (["revoke", target, "--yes"] + daemon.arguments(.url), daemon.environment)
        async let made = Scene.run(arguments, environment: environment)
        try await eventually(moment) { await isReached(scene.agent) }
        await scene.agent.refuse(ChangeRefusal(index: 0, problem: .resourceUnavailable, reason: "there is no room"))
        let result = try await made
        #expect(result.status == 4)
        try await daemon.stop()
        return result.errors
    }

    @Test("By URL, an agent that refuses visits after bindings have ended is reported with what has ended")
    func half() async throws {
        let scene = try await Self.twoRoles()
        await scene.agent.delay(making: .seconds(2))
        let errors = try await Self.revoke("10.0.0.0/8", of: scene, refusedOnce: "the bindings have ended") {
            await $0.applied.count == 1
        }
        #expect(errors.contains("1 binding ended, but this failed for the visits: refused"), "\(errors)")
        #expect(errors.contains("there is no room"))
        await scene.agent.stop()
    }

    @Test("By URL, an agent with both roles is asked about both before anything ends")
    func refusedWhole() async throws {
        let scene = try await Self.twoRoles()
        await scene.agent.delay(checking: .seconds(2))
        // After the check of the bindings and before that of the visits.
        let errors = try await Self.revoke("10.0.0.0/8", of: scene, refusedOnce: "the bindings are checked") {
            await $0.commands.contains("validate 1")
        }
        #expect(!errors.contains("ended"), "\(errors)")
        #expect(await scene.agent.applied.isEmpty)
        await scene.agent.stop()
    }

    @Test("By URL, registrations of an address with several care-of addresses that ended before a refusal are reported")
    func several() async throws {
        var other = Samples.binding(1)
        other.careOfAddress = IPv4Address(192, 0, 2, 9)
        let scene = try await Scene([.binding(Samples.binding(1)), .binding(other)])
        await scene.agent.delay(making: .seconds(2))
        let errors = try await Self.revoke("10.0.1.1", of: scene, refusedOnce: "the first binding has ended") {
            await $0.applied.count == 1
        }
        #expect(errors.contains("1 registration ended, but this failed for the others: refused"), "\(errors)")
        await scene.agent.stop()
    }

    @Test(
        "Invalid arguments end with status 2 and say what is expected, and without --yes nothing ends",
        arguments: [
            (["nobody", "--yes"], "'nobody' is invalid"), (["10.0.1.0/8", "--yes"], "'10.0.1.0/8' is invalid"),
            (["all", "--text", "", "--yes"], "expected 1 to 254 bytes"),
            (["all", "--text", "a\nb", "--yes"], "expected one line"),
            (["all", "--home-agent", "x", "--yes"], "--home-agent 'x' is invalid"),
            (["all"], "End all registrations? Cannot ask without a terminal; add --yes"),
        ])
    func wrong(arguments: [String], expected: String) async throws {
        let scene = try await Scene()
        let result = try await scene.run(["revoke"] + arguments)
        #expect(result.status == 2)
        #expect(result.errors.contains(expected), "\(result.errors)")
        #expect(await scene.agent.commands == [])
        await scene.agent.stop()
    }

    @Test("With several agents, the home agent is asked; with --home-agent, the foreign agent")
    func agents() async throws {
        let foreign = try await Scene(
            [.visitor(Samples.visitor(1))], information: Samples.information(roles: [.foreignAgent], instance: "two"),
            name: "foreign")
        let home = try await Scene(information: Samples.information(roles: [.homeAgent]))
        let sockets = ["--socket", foreign.socket, "--socket", home.socket]
        #expect(try await Scene.run(["revoke", "10.0.0.0/8", "--yes"] + sockets).status == 0)
        #expect(await home.agent.applied.count == 1)
        #expect(await foreign.agent.applied.isEmpty)
        let visits = try await Scene.run(["revoke", "all", "--home-agent", "10.0.0.1", "--yes"] + sockets)
        #expect(visits.output == "1 registration at home agent 10.0.0.1 ended\n", "\(visits)")
        #expect(await home.agent.applied.count == 1)
        #expect(await foreign.agent.applied.count == 1)
        for scene in [foreign, home] { await scene.agent.stop() }
    }
}
