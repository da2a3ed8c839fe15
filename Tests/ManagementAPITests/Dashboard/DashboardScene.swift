import AgentModel
import Foundation
import Logging
import MIPTesting
import ManagementAPI
import ManagementCore
import MobileIPv4
import Testing

/// Agents with enough activity to show, behind a server on a port.
struct DashboardScene {
    /// Number of bindings of the home agent.
    static let bindings = 2640

    private let home: ScriptedAgent
    private let foreign: ScriptedAgent
    private let mirrors: [ManagedAgent]
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
        let start = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970) * 1000 - 3_742_000)
        var information = Samples.information(roles: [.homeAgent], start: start)
        information.version = "mip-agentd 1.0"
        information.maximumBindings = 100_000
        var other = Samples.information(roles: [.foreignAgent], instance: "two", start: start)
        other.version = "mip-agentd 1.0"
        other.addresses = [AgentAddress(role: .foreignAgent, address: IPv4Address(192, 0, 2, 1), port: 434)]
        let now = start.adding(milliseconds: 3_742_000)
        home = ScriptedAgent(
            socketPath: directory.file("home.sock"), information: information,
            rows: (1...Self.bindings).map { .binding(Self.binding($0, now)) }
                + (0..<14).map { .violation(Self.violation($0, now)) }
                + (1...24).map { .tunnel(Self.tunnel($0)) } + [.counters(Self.counters(0))],
            uptime: 3742)
        foreign = ScriptedAgent(
            socketPath: directory.file("foreign.sock"), information: other,
            rows: (1...310).map { number in
                var visitor = Samples.visitor(number, state: number % 9 == 0 ? .pending : .accepted)
                visitor.expires = now.adding(milliseconds: Int64(60 + number * 7) * 1000)
                return .visitor(visitor)
            }, uptime: 3742)
        mirrors = [
            ManagedAgent(name: "home", socketPath: home.socketPath),
            ManagedAgent(name: "foreign", socketPath: foreign.socketPath),
        ]
    }

    static func binding(_ number: Int, _ now: Timestamp) -> Binding {
        var binding = Samples.binding(number, lifetime: 1800)
        binding.created = now.adding(milliseconds: Int64(-number * 1370))
        binding.renewals = UInt32(number * 7 % 23)
        binding.expires = now.adding(milliseconds: Int64(300 + number * 37 % 1500) * 1000)
        return binding
    }

    private static func violation(_ number: Int, _ now: Timestamp) -> SecurityViolation {
        var violation = Samples.violation(number)
        violation.count = UInt64(1 + number * number * 3 % 41)
        violation.recentTime = now.adding(milliseconds: Int64(-number * 93_000))
        violation.recentReason = ViolationReason.allCases[number % 4]
        return violation
    }

    private static func tunnel(_ number: Int) -> MobilityTunnel {
        MobilityTunnel(
            localAddress: IPv4Address(10, 0, 0, 1), remoteAddress: IPv4Address(192, 0, 2, UInt8(number)), encapsulation: .ipInIp,
            packetsSent: UInt64(number * 12_345), octetsSent: UInt64(number * 9_876_543),
            packetsReceived: UInt64(number * 11_111),
            octetsReceived: UInt64(number * 4_567_890))
    }

    static func counters(_ step: Int) -> AgentCounters {
        var counters = HomeAgentCounters()
        var accepted = 841_230.0
        var denied = 19_512.0
        // A slow wave with a burst of denials.
        for index in 0..<step {
            accepted += 290 + 110 * sin(Double(index) / 21) + 24 * sin(Double(index) * 1.7)
            denied += (1060..<1074).contains(index) ? 130 : 9 + 4 * sin(Double(index) / 3)
        }
        counters.outcomes.initial.accepted = UInt64(accepted)
        counters.outcomes.initial.denied = UInt64(denied)
        counters.outcomes.initial.discarded = UInt64(step * 3)
        counters.repliesSentByCode[.accepted] = UInt64(accepted)
        counters.repliesSentByCode[.haMobileNodeFailedAuthentication] = UInt64(denied * 0.62)
        counters.repliesSentByCode[.haIdentificationMismatch] = UInt64(denied * 0.27)
        counters.repliesSentByCode[.haInsufficientResources] = UInt64(denied * 0.11)
        var all = AgentCounters()
        all.homeAgent = counters
        return all
    }

    /// Serves while `body` runs, on loopback unless a configuration is given.
    func run(
        _ configuration: ManagementServerConfiguration? = nil, _ body: @escaping @Sendable (UInt16) async throws -> Void
    ) async throws {
        for agent in [home, foreign] { try await agent.start() }
        let (ports, continuation) = AsyncStream.makeStream(of: UInt16.self)
        let loopback = ManagementServerConfiguration(address: IPv4Address(127, 0, 0, 1), port: 0)
        let configuration = try #require(configuration ?? loopback)
        let server = ManagementServer(
            configuration: configuration, agents: mirrors, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        ) { continuation.yield($0) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for mirror in mirrors { group.addTask { await mirror.run() } }
            try await eventually("synchronized mirrors") {
                mirrors.allSatisfy { $0.state().health.connection == .synchronized }
            }
            group.addTask { try await server.run() }
            var iterator = ports.makeAsyncIterator()
            try await body(try #require(await iterator.next()))
            group.cancelAll()
        }
        for agent in [home, foreign] { await agent.stop() }
    }

    /// Advances the counters, to the step given in the file `step` in the directory if it exists, and performs the actions requested by other
    /// files there: `register` a new node, `end` its registration.
    func play(steps folder: String) async throws {
        var step = 0
        while !Task.isCancelled {
            let named = (try? String(contentsOfFile: "\(folder)/step", encoding: .utf8)).flatMap { Int($0) }
            step = named ?? step + 1
            await home.publish([.counters(Self.counters(step))])
            for name in ["register", "end"] where FileManager.default.fileExists(atPath: "\(folder)/\(name)") {
                try FileManager.default.removeItem(atPath: "\(folder)/\(name)")
                await perform(name)
            }
            try? await Task.sleep(for: .milliseconds(20))
        }
    }

    private func perform(_ name: String) async {
        let now = await home.agentTime()
        let address = IPv4Address(10, 0, 0, 200)
        var binding = Self.binding(1, now)
        binding.homeAddress = address
        binding.nai = NetworkAccessIdentifier("newcomer@example.net")
        binding.created = now
        let isNew = name == "register"
        let event = AgentEvent(
            time: now, kind: isNew ? .registered : .deregistered, role: .homeAgent, homeAddress: address, nai: binding.nai,
            careOfAddress: binding.careOfAddress,
            message: isNew ? "newcomer@example.net registered from \(binding.careOfAddress)" : "newcomer@example.net went home")
        await home.publish([isNew ? .binding(binding) : .bindingRemoved(binding.key, .deregistered), .event(event)])
    }
}
