import AgentModel
import Logging
import MIPTesting
import MobileIPv4
import MobilityAgent
import MobilityLink
import NIOCore
import NIOPosix
import StateStore
import Synchronization
import Testing

@testable import AgentDaemon

/// What the runtime does while its store has not answered, fails, or is slow.
@Suite("A runtime and its state store")
struct SavingTests {
    private static let home = TransportEndpoint(IPv4Address(127, 0, 0, 1), port: 434)
    private static let failure = StoreFailure(.noSpace, "cannot write: No space left on device")

    /// What the runtime shares with the test.
    private final class Shared: Sendable {
        let uptime = Mutex<Int64>(3_600_000_000_000)
        let published = Mutex<[StateChange]>([])
    }

    /// A runtime with a scripted store; its clock moves when the test says so.
    private final class Scene: Sendable {
        let store = ScriptedStore()
        let loop: any EventLoop = MultiThreadedEventLoopGroup.singleton.next()
        let shared = Shared()
        let runtime: NIOLoopBound<AgentRuntime>

        init() async throws {
            var role = HomeAgentConfiguration(endpoints: [SavingTests.home])
            role.homeNetworks = IPv4Prefix("10.1.0.0/16").map { [$0] } ?? []
            let network = try #require(PeerIdentity("10.1.0.0/16"))
            let association = ConfiguredSecurityAssociation(
                association: SecurityAssociation(
                    peer: network, peerRole: .mobileNode, spi: MobileNodeClient.spi, algorithm: .hmacMD5,
                    replayMethod: .timestamps, replayTolerance: 65535),
                key: MobileNodeClient.key)
            let configuration = MobilityAgentConfiguration(
                name: "test", homeAgent: role, securityAssociations: [association])
            let (store, loop, shared) = (store, loop, shared)
            let began = Int64(1_700_000_000_000_000_000)
            let readings = ClockReadings(
                bootTime: { shared.uptime.withLock { $0 } }, wallClock: { began + shared.uptime.withLock { $0 } })
            let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            runtime = try await loop.submit {
                let opening = StateOpening(path: "/nonexistent/s", durability: .process, logger: logger) { _ in }
                let runtime = AgentRuntime(
                    configuration: configuration, state: StateKeeping(opening, .success(store)), loop: loop, logger: logger,
                    clock: AgentClock(readings), publish: { changes, _ in shared.published.withLock { $0 += changes } },
                    fail: { _ in })
                runtime.takeOver()
                runtime.begin()
                return NIOLoopBound(runtime, eventLoop: loop)
            }.get()
            wait(milliseconds: 10)
        }

        func wait(milliseconds: Int64) { shared.uptime.withLock { $0 += milliseconds * 1_000_000 } }

        func register(_ number: UInt8) async throws {
            try await on { runtime in
                var octets: [UInt8] = []
                RegistrationRequest(
                    flags: .decapsulationByMN, lifetime: RegistrationLifetime(rawValue: 600),
                    homeAddress: IPv4Address(10, 1, 0, number), homeAgent: SavingTests.home.address,
                    careOfAddress: IPv4Address(192, 0, 2, number),
                    identification: Identification(unixNanoseconds: runtime.clock.now.wallClock)
                ).encode(into: &octets)
                AuthenticationAlgorithm.hmacMD5.appendExtension(
                    .mobileHomeAuthentication, spi: MobileNodeClient.spi, key: MobileNodeClient.key, to: &octets)
                runtime.agent.receive(
                    octets.span.bytes, from: TransportEndpoint(IPv4Address(127, 0, 0, 1), port: 5000), to: SavingTests.home,
                    at: runtime.clock.now, effects: &runtime.effects)
                runtime.flush()
            }
        }

        func on<Value: Sendable>(_ body: @escaping @Sendable (AgentRuntime) -> Value) async throws -> Value {
            let runtime = runtime
            return try await loop.submit { body(runtime.value) }.get()
        }

        /// The bindings that were published, and the kinds of events.
        var shown: (bindings: Int, events: [AgentEventKind]) {
            shared.published.withLock { changes in
                let bindings = changes.count { if case .binding = $0 { true } else { false } }
                let events = changes.compactMap { change -> AgentEventKind? in
                    if case .event(let event) = change { event.kind } else { nil }
                }
                return (bindings, events)
            }
        }

        func error() async throws -> String { try await on { $0.information.stateError } }

        func stop() async throws -> StateEnding? { try await on { $0.stop() } }
    }

    @Test("Nobody learns of a registration before it is safe; what comes meanwhile waits for its own commit")
    func held() async throws {
        let scene = try await Scene()
        scene.store.end(nil)
        try await scene.register(1)
        scene.wait(milliseconds: 1)
        try await scene.register(2)
        #expect(scene.shown.bindings == 0)
        #expect(scene.store.waitingCount == 2)
        scene.store.end(nil)
        _ = try await scene.error()
        #expect(scene.shown.bindings == 1)
        scene.store.end(nil)
        _ = try await scene.error()
        #expect(scene.shown.bindings == 2)
        _ = try await scene.stop()
    }

    @Test("If a commit fails, the agent goes on, says so, and saves everything later, the record of its start too")
    func failing() async throws {
        let scene = try await Scene()
        try await scene.register(1)
        // The start, and then the registration.
        scene.store.end(Self.failure)
        scene.store.end(Self.failure)
        #expect(try await scene.error() == Self.failure.description)
        #expect(scene.shown.bindings == 1)
        scene.wait(milliseconds: 1)
        try await scene.register(2)
        #expect(scene.shown.bindings == 2)
        #expect(scene.store.waitingCount == 0)
        scene.store.answerAtOnce()
        try await eventually("the state is saved again") { try await scene.error().isEmpty }
        #expect(scene.shown.events.suffix(2) == [.registered, .stateSaved])
        #expect(scene.shown.events.contains(.stateNotSaved))
        // Two nodes of more than 100 bytes, and the start.
        #expect(scene.store.kept.reduce(0, +) > 300)
        _ = try await scene.stop()
    }

    @Test("If the store does not answer for two seconds, answers and operators no longer wait for it")
    func stalled() async throws {
        let scene = try await Scene()
        try await scene.register(1)
        scene.wait(milliseconds: 2100)
        let runtime = scene.runtime
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            scene.loop.execute {
                runtime.value.whenSaved { continuation.resume() }
                runtime.value.lookAtState()
            }
        }
        #expect(try await scene.error().contains("has not answered"))
        #expect(scene.shown.bindings == 1)
        let refusal = try await scene.on { $0.refusal }
        #expect(refusal != nil)
        _ = try await scene.stop()
    }

    @Test("Only if every commit has succeeded does the store learn that nothing is missing", arguments: [true, false])
    func ending(succeeds: Bool) async throws {
        let scene = try await Scene()
        scene.store.end(nil)
        try await scene.register(1)
        let ending = try #require(try await scene.stop())
        scene.store.end(succeeds ? nil : Self.failure)
        scene.store.answerAtOnce()
        let before = scene.store.kept.count
        ending.finish()
        // An empty commit shows that all before it have ended; the record of the end follows it.
        #expect(scene.store.kept.count - before == (succeeds ? 2 : 1))
        #expect(scene.store.isClosed)
    }
}
