import AgentControl
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

        /// - Parameter isAgreed: Whether the node, which has a co-located care-of address, and the agent agree on revocation.
        func register(_ number: UInt8, isAgreed: Bool = false) async throws {
            try await on { runtime in
                var octets: [UInt8] = []
                let careOfAddress = IPv4Address(192, 0, 2, number)
                let identification = Identification(unixNanoseconds: runtime.clock.now.wallClock)
                RegistrationRequest(
                    flags: .decapsulationByMN, lifetime: RegistrationLifetime(rawValue: 600),
                    homeAddress: IPv4Address(10, 1, 0, number), homeAgent: SavingTests.home.address,
                    careOfAddress: careOfAddress, identification: identification
                ).encode(into: &octets)
                if isAgreed {
                    octets.append(extension: RevocationSupport(informsMobileNode: true, timestamp: identification.high))
                }
                AuthenticationAlgorithm.hmacMD5.appendExtension(
                    .mobileHomeAuthentication, spi: MobileNodeClient.spi, key: MobileNodeClient.key, to: &octets)
                runtime.agent.receive(
                    octets.span.bytes,
                    from: TransportEndpoint(isAgreed ? careOfAddress : IPv4Address(127, 0, 0, 1), port: 5000),
                    to: SavingTests.home, at: runtime.clock.now, effects: &runtime.effects)
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

    private static func end(_ number: UInt8) -> AgentChange {
        .endBinding(homeAddress: IPv4Address(10, 1, 0, number), careOfAddress: nil)
    }

    private static func revoke(_ number: UInt8) -> AgentChange {
        .revoke(RevocationOrder(homeAddresses: IPv4Prefix(host: IPv4Address(10, 1, 0, number))))
    }

    /// Two bindings with an agreement, and a runtime whose store answers.
    private static func agreed() async throws -> Scene {
        let scene = try await Scene()
        scene.store.answerAtOnce()
        for number: UInt8 in 1...2 {
            try await scene.register(number, isAgreed: true)
            scene.wait(milliseconds: 1000)
        }
        _ = try await scene.error()
        let agreements = scene.shared.published.withLock { changes in
            changes.compactMap { change -> RevocationAgreement? in
                if case .binding(let row) = change { row.revocation } else { nil }
            }
        }
        #expect(agreements == [.agreedInforming, .agreedInforming])
        return scene
    }

    @Test("Ends of bindings leave too little room for an order of the same list: the list is refused, in whatever order")
    func noRoom() async throws {
        let scene = try await Self.agreed()
        // Each is counted, as each might be of another binding.
        let ends = Array(repeating: Self.end(1), count: 16_384)
        for changes in [ends + [Self.revoke(2)], [Self.revoke(2)] + ends] {
            let refusal = try await scene.on { runtime -> ChangeRefusal? in
                do throws(ControlError) {
                    _ = try runtime.begin(changes)
                    return nil
                } catch {
                    if case .changeRefused(let refusal) = error { return refusal } else { return nil }
                }
            }
            #expect(refusal?.problem == .resourceUnavailable)
            #expect(refusal.map { changes[$0.index] } == Self.revoke(2))
        }
        _ = try await scene.stop()
    }

    private static func turnRevocation(_ isOn: Bool, _ runtime: AgentRuntime) {
        let change = AgentChange.signalling(SignallingSettings { $0.revocation = isOn })
        do throws(ChangeRefusal) {
            _ = try runtime.agent.apply(change, at: runtime.clock.now, effects: &runtime.effects)
        } catch {
            Issue.record("\(error.reason)")
        }
    }

    /// What became of a list of changes.
    private struct Outcome: Sendable {
        var applied: AppliedChanges?
        var refusal: ChangeRefusal?
        /// The agent's limit of bindings, and how many it has.
        var maximum: UInt32
        var bindings: Int
    }

    /// Makes a list of changes; something happens while the store saves them.
    private static func make(
        _ changes: [AgentChange], _ scene: Scene, meanwhile body: @escaping @Sendable (AgentRuntime) -> Void
    ) async throws -> Outcome {
        try await scene.on { runtime -> Outcome in
            var applied: AppliedChanges?
            var refusal: ChangeRefusal?
            do throws(ControlError) {
                let made = try runtime.begin(changes)
                body(runtime)
                applied = try runtime.finish(made, nil)
            } catch {
                if case .changeRefused(let reason) = error { refusal = reason }
            }
            return Outcome(
                applied: applied, refusal: refusal, maximum: runtime.information.maximumBindings,
                bindings: runtime.counts.bindings)
        }
    }

    @Test("If the room for revocations is gone once a list is saved, all of it is taken back, and the caller is informed")
    func takenBack() async throws {
        let scene = try await Self.agreed()
        let limits = AgentChange.limits(AgentLimits { $0.maximumBindings = 77 })
        // While revocation is off, nothing is sent, and no room is needed.
        let ends = Array(repeating: Self.end(1), count: 16_384)
        try await scene.on { runtime in Self.turnRevocation(false, runtime) }
        let outcome = try await Self.make([limits] + ends + [Self.revoke(2)], scene) { runtime in
            Self.turnRevocation(true, runtime)
        }
        #expect(outcome.applied == nil)
        #expect(outcome.refusal?.problem == .resourceUnavailable && outcome.refusal?.index == 16_385)
        #expect(outcome.maximum != 77)
        #expect(outcome.bindings == 2)
        _ = try await scene.stop()
    }

    @Test("What has ended once a list is saved is not a reason to refuse it: the rest is made, and the answer counts none")
    func endedMeanwhile() async throws {
        let scene = try await Self.agreed()
        let limits = AgentChange.limits(AgentLimits { $0.maximumBindings = 77 })
        let outcome = try await Self.make([limits, Self.revoke(2)], scene) { runtime in
            _ = runtime.revokeBinding(homeAddress: IPv4Address(10, 1, 0, 2), careOfAddress: nil)
        }
        #expect(outcome.refusal == nil)
        #expect(outcome.applied?.applied == 2 && outcome.applied?.ended == 0)
        #expect(outcome.maximum == 77)
        #expect(outcome.bindings == 1)
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
