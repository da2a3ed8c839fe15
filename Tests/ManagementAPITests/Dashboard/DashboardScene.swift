import AgentModel
import DaemonSupport
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
    static let bindings = 9000
    /// Seconds that the agents have been running.
    private static let uptime: Int64 = 3742
    /// The step of the counters when the scene begins. Each step stands for 2 s since the agents started.
    private static let firstStep = Int(uptime) / 2

    private let home: ScriptedAgent
    private let foreign: ScriptedAgent
    private let mirrors: [ManagedAgent]
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
        let start = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970) * 1000 - Self.uptime * 1000)
        var information = Samples.information(roles: [.homeAgent], start: start)
        information.version = "mip-agentd \(MIPMIBVersion.current)"
        information.maximumBindings = 100_000
        var other = Samples.information(roles: [.foreignAgent], instance: "two", start: start)
        other.version = information.version
        other.addresses = [AgentAddress(role: .foreignAgent, address: IPv4Address(192, 0, 2, 1), port: 434)]
        let now = start.adding(milliseconds: Self.uptime * 1000)
        var rows: [StateChange] = [.counters(Self.counters(Self.firstStep))]
        rows += (1...Self.bindings).map { .binding(Self.binding($0, now)) }
        rows += (1...Self.bindings + 250).map { .association(Samples.association($0)) }
        rows += (0..<14).map { .violation(Self.violation($0, now)) }
        rows += (1...24).map { .tunnel(Self.tunnel($0)) }
        home = ScriptedAgent(
            socketPath: directory.file("home.sock"), information: information, rows: rows, uptime: Self.uptime)
        rows = (1...310).map { .visitor(Self.visitor($0, now)) }
        rows += (1...12).map { .association(Self.homeAgent($0)) }
        foreign = ScriptedAgent(socketPath: directory.file("foreign.sock"), information: other, rows: rows, uptime: Self.uptime)
        mirrors = [
            ManagedAgent(name: "home", socketPath: home.socketPath),
            ManagedAgent(name: "foreign", socketPath: foreign.socketPath),
        ]
    }

    /// A pseudorandom number below a limit, the same for the same number.
    private static func scatter(_ number: Int, below limit: UInt64) -> Int64 {
        var bits = UInt64(number + 1) &* 0x9E37_79B9_7F4A_7C15
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int64((bits ^ (bits >> 31)) % limit)
    }

    /// A binding created since the agent started, and renewed each time half of its lifetime was over.
    static func binding(_ number: Int, _ now: Timestamp) -> Binding {
        var binding = Samples.binding(number, lifetime: 1800)
        let age = scatter(number, below: UInt64(uptime) * 1000)
        binding.careOfAddress = IPv4Address(192, 0, 2, UInt8(1 + scatter(number, below: 24)))
        binding.nai = number.isMultiple(of: 5) ? nil : NetworkAccessIdentifier("user\(number)@example.net")
        binding.created = now.adding(milliseconds: -age)
        binding.renewals = UInt32(age / 900_000)
        binding.expires = now.adding(milliseconds: 1_800_000 - age % 900_000)
        return binding
    }

    private static func visitor(_ number: Int, _ now: Timestamp) -> Visitor {
        var visitor = Samples.visitor(number, state: number % 9 == 0 ? .pending : .accepted)
        visitor.expires = now.adding(milliseconds: Int64(60 + number * 7) * 1000)
        return visitor
    }

    /// The association of the foreign agent with a home agent.
    private static func homeAgent(_ number: Int) -> SecurityAssociation {
        var association = Samples.association(number)
        association.peer = .address(IPv4Address(10, 0, 0, UInt8(number)))
        association.peerRole = .homeAgent
        return association
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
        var (accepted, denied) = (0.0, 0.0)
        // The renewals of the bindings, 20 in a step, in slow waves; and a burst of denials while the dashboard is watched.
        for index in 0..<step {
            accepted += 20 + 5 * sin(Double(index) / 38) + 3 * sin(Double(index) / 11.3) + Double(scatter(index, below: 9) - 4)
            denied += (1931..<1945).contains(index) ? Double(5 + scatter(index, below: 8)) : 1 + sin(Double(index) / 9)
        }
        counters.outcomes.renewal.accepted = UInt64(accepted * 0.8)
        counters.outcomes.initial.accepted = UInt64(accepted) - counters.outcomes.renewal.accepted
        counters.outcomes.initial.denied = UInt64(denied)
        counters.outcomes.initial.discarded = UInt64(step / 8)
        counters.repliesSentByCode[.accepted] = UInt64(accepted)
        counters.repliesSentByCode[.haMobileNodeFailedAuthentication] = UInt64(denied * 0.62)
        counters.repliesSentByCode[.haIdentificationMismatch] = UInt64(denied * 0.27)
        counters.repliesSentByCode[.haTooManySimultaneousBindings] = UInt64(denied * 0.11)
        var all = AgentCounters()
        all.homeAgent = counters
        return all
    }

    /// Serves while `body` runs.
    ///
    /// - Parameter configuration: must not be nil, which an invalid one is.
    func run(
        _ configuration: ManagementServerConfiguration?, _ body: @escaping @Sendable (UInt16) async throws -> Void
    ) async throws {
        for agent in [home, foreign] { try await agent.start() }
        let (ports, continuation) = AsyncStream.makeStream(of: UInt16.self)
        var configuration = try #require(configuration)
        // Screenshots advance the page's clock faster than time passes, and the page must not miss a heartbeat.
        configuration.heartbeat = .milliseconds(200)
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
        var step = Self.firstStep
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
