import AgentModel
import DataPlane
import Foundation
import Glibc
import Logging
import MIPTesting
import MobileIPv4
import MobileNode
import MobilityLink
import NIOCore
import NIOPosix

@testable import NodeDaemon

/// A node in its own network namespace, which one thread of this process has entered and its children inherit.
final class IsolatedNode: Sendable {
    /// The node's own counts, and how many changes it has published.
    struct Counts: Sendable {
        var snapshots = 0
        var polls = 0
        var changes = 0
    }

    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    private let loop: any EventLoop
    private let runtime: NIOLoopBound<NodeRuntime>
    private let changes: NIOLoopBoundBox<[StateChange]>
    let directory: TemporaryDirectory

    /// - Parameters:
    ///   - setUp: arguments of `ip` commands that create the interface `eth0`.
    ///   - stateFile: the name of the state file in the node's folder; nil for none.
    ///   - readings: the clocks that the node reads.
    ///   - change: changes the node's configuration; it gets the node's folder as well.
    init(
        _ setUp: [String], stateFile: String? = nil, readings: ClockReadings = .system,
        _ change: @escaping @Sendable (inout NodeDaemonConfiguration, TemporaryDirectory) -> Void = { _, _ in }
    ) async throws {
        let loop = group.next()
        self.loop = loop
        directory = try TemporaryDirectory()
        let log = directory.file("ip.log")
        changes = NIOLoopBoundBox<[StateChange]>.makeBoxSendingValue([], eventLoop: loop)
        let (published, statePath) = (changes, stateFile.map { [directory] in directory.file($0) })
        runtime = try await loop.submit { [directory] in
            guard Self.enterNewNamespace() else { throw NodeDaemonError("cannot enter a new network namespace") }
            for line in setUp {
                let program = try ChildProcess("ip", line.split(separator: " ").map(String.init), log: log)
                for _ in 0..<2000 where program.isRunning { usleep(5000) }
                guard !program.isRunning, program.status == 0 else { throw NodeDaemonError("ip \(line): \(program.output)") }
            }
            let node = MobileNodeConfiguration(
                homeAddress: IPv4Address(192, 0, 2, 10), homeAgent: TransportEndpoint(IPv4Address(192, 0, 2, 1), port: 434),
                careOfAddress: .zero, spi: SecurityParameterIndex(rawValue: 256), key: AuthenticationKey(octets: [1]))
            var configuration = NodeDaemonConfiguration(
                name: "n", controlSocketPath: "", interface: "eth0", node: node,
                movement: MovementDetector.Configuration(homeAgent: node.homeAgent.address, homeNetwork: nil))
            configuration.statePath = statePath
            change(&configuration, directory)
            let (runtime, _) = try NodeDaemon.open(
                configuration, clock: AgentClock(readings), loop: loop,
                logger: Logger(label: "n") { _ in SwiftLogNoOpLogHandler() },
                publish: { changes, _ in published.value += changes }, lost: { _ in }, fail: { _ in })
            runtime.begin()
            return NIOLoopBound(runtime, eventLoop: loop)
        }.get()
    }

    /// Moves the calling thread to a new network namespace. Swift does not import `unshare`, which is a GNU extension.
    private static func enterNewNamespace() -> Bool {
        guard let symbol = dlsym(nil, "unshare") else { return false }
        let newNetwork: CInt = 0x4000_0000
        // The type is that in unshare(2).
        return unsafeBitCast(symbol, to: (@convention(c) (CInt) -> CInt).self)(newNetwork) == 0
    }

    func counts() async throws -> Counts {
        try await loop.submit { [runtime, changes] in
            let publication = runtime.value.publication
            return Counts(snapshots: publication.snapshotsTaken, polls: publication.polls, changes: changes.value.count)
        }.get()
    }

    /// What the node has published after the first `count` changes.
    func published(after count: Int) async throws -> [StateChange] {
        try await loop.submit { [changes] in Array(changes.value[count...]) }.get()
    }

    /// What `body` makes of the node, and what the node publishes meanwhile. The node's own thread runs it.
    func perform<Result: Sendable>(
        _ body: @escaping @Sendable (NodeRuntime) throws -> Result
    ) async throws -> (result: Result, published: [StateChange]) {
        try await loop.submit { [runtime, changes] in
            let count = changes.value.count
            let result = try body(runtime.value)
            return (result: result, published: Array(changes.value[count...]))
        }.get()
    }

    func stop() async throws {
        try await loop.submit { [runtime] in runtime.value.stop() }.get()
        try await group.shutdownGracefully()
    }

    static let isPossible: Bool = getuid() == 0 && access("/dev/net/tun", R_OK | W_OK) == 0
}
