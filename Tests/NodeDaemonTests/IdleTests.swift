import AgentModel
import DataPlane
import Foundation
import Glibc
import Logging
import MIPTesting
import MobileIPv4
import MobileNode
import NIOCore
import NIOPosix
import Testing

@testable import NodeDaemon

/// A node in its own network namespace, which one thread of this process has entered and its children inherit.
private final class IsolatedNode: Sendable {
    /// The node's own counts, and how many changes it has published.
    struct Counts: Sendable {
        var snapshots = 0
        var polls = 0
        var changes = 0
    }

    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    private let loop: any EventLoop
    private let runtime: NIOLoopBound<NodeRuntime>
    private let changes: NIOLoopBoundBox<Int>
    private let directory: TemporaryDirectory

    /// - Parameter setUp: arguments of `ip` commands that create the interface `eth0`.
    init(_ setUp: [String]) async throws {
        let loop = group.next()
        self.loop = loop
        directory = try TemporaryDirectory()
        let log = directory.file("ip.log")
        changes = NIOLoopBoundBox.makeBoxSendingValue(0, eventLoop: loop)
        let counted = changes
        runtime = try await loop.submit {
            guard Self.enterNewNamespace() else { throw NodeDaemonError("cannot enter a new network namespace") }
            for line in setUp {
                let program = try ChildProcess("ip", line.split(separator: " ").map(String.init), log: log)
                for _ in 0..<2000 where program.isRunning { usleep(5000) }
                guard !program.isRunning, program.status == 0 else { throw NodeDaemonError("ip \(line): \(program.output)") }
            }
            let node = MobileNodeConfiguration(
                homeAddress: IPv4Address(192, 0, 2, 10), homeAgent: TransportEndpoint(IPv4Address(192, 0, 2, 1), port: 434),
                careOfAddress: .zero, spi: SecurityParameterIndex(rawValue: 256), key: AuthenticationKey(octets: [1]))
            let configuration = NodeDaemonConfiguration(
                name: "n", controlSocketPath: "", interface: "eth0", node: node,
                movement: MovementDetector.Configuration(homeAgent: node.homeAgent.address, homeNetwork: nil))
            let (runtime, _) = try NodeDaemon.open(
                configuration, loop: loop, logger: Logger(label: "n") { _ in SwiftLogNoOpLogHandler() },
                publish: { changes, _ in counted.value += changes.count }, lost: { _ in }, fail: { _ in })
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
            return Counts(snapshots: publication.snapshotsTaken, polls: publication.polls, changes: changes.value)
        }.get()
    }

    func stop() async throws {
        try await loop.submit { [runtime] in runtime.value.stop() }.get()
        try await group.shutdownGracefully()
    }

    static let isPossible: Bool = getuid() == 0 && access("/dev/net/tun", R_OK | W_OK) == 0
}

@Suite("An idle mobile node", .enabled(if: IsolatedNode.isPossible, "needs root and TUN devices"))
struct IdleTests {
    @Test("In five seconds it polls the data plane often but takes no snapshot and publishes nothing")
    func idle() async throws {
        // The other end stays down, so that there is no link.
        let node = try await IsolatedNode(["link add eth0 type veth peer name other"])
        // By then the kernel has sent all notifications about the new device.
        try await Task.sleep(for: .seconds(1))
        let before = try await node.counts()
        try await Task.sleep(for: .seconds(5))
        let after = try await node.counts()
        try await node.stop()
        #expect(before.snapshots > 0 && before.changes > 0)
        #expect(after.snapshots == before.snapshots)
        #expect(after.changes == before.changes)
        #expect(after.polls > before.polls + 20)
    }

    @Test("While it looks for an agent, it takes one snapshot for each solicitation")
    func searching() async throws {
        let node = try await IsolatedNode(["link add eth0 type veth peer name other", "link set other up"])
        try await Task.sleep(for: .seconds(1))
        let before = try await node.counts()
        try await Task.sleep(for: .seconds(5))
        let after = try await node.counts()
        try await node.stop()
        // One per second at first, then fewer and fewer.
        #expect((1...6).contains(after.snapshots - before.snapshots))
        #expect(after.changes > before.changes)
    }
}
