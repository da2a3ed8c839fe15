public import AgentModel
import Foundation
public import Logging
import NIOCore
import NIOPosix

/// Serves `org.mipmib.agent` on a Unix socket for one agent.
///
/// It has a thread of its own: encoding, slow readers and garbage cost the agent nothing. Every reader has a bounded buffer; one
/// that lets it fill is cut off and may come again.
public final class AgentControlServer: Sendable {
    /// Bounds on what readers may cost.
    public struct Limits: Sendable {
        /// Most connections at once.
        public var connections = 256
        /// Longest call in bytes.
        public var callSize = 65_536
        /// Bytes waiting for one reader before it is cut off.
        public var readerBuffer = 16 << 20
        /// Changes in one reply.
        public var changesPerReply = 500

        public init() {}
    }

    /// Why the socket could not be opened.
    public enum StartError: Error, CustomStringConvertible {
        /// Something answers there.
        case inUse(path: String)
        case cannotBind(path: String, cause: String)

        public var description: String {
            switch self {
            case .inUse(let path):
                "the control socket '\(path)' is in use by a running daemon; stop that one or choose another path"
            case .cannotBind(let path, let cause): "the control socket '\(path)' cannot be opened: \(cause)"
            }
        }
    }

    /// Path of the Unix socket it listens on.
    public let socketPath: String
    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    private let hub: ControlHub
    private let listener: NIOLoopBoundBox<(any Channel)?>
    private let loop: any EventLoop

    /// - Parameter vendor: program and version, for `org.varlink.service.GetInfo`.
    public convenience init(
        socketPath: String, source: any AgentControlSource, version: String, logger: Logger, limits: Limits = Limits()
    ) {
        self.init(
            socketPath: socketPath, source: source, version: version, logger: logger, limits: limits, history: .own)
    }

    /// - Parameter history: what came with which version of the vocabulary; tests have others than ours.
    init(
        socketPath: String, source: any AgentControlSource, version: String, logger: Logger, limits: Limits,
        history: VocabularyHistory
    ) {
        self.socketPath = socketPath
        loop = group.next()
        hub = ControlHub(loop: loop, source: source, version: version, logger: logger, limits: limits, history: history)
        listener = .makeEmptyBox(valueType: (any Channel).self, eventLoop: loop)
    }

    /// Opens the socket, mode 0660. A socket file that nobody answers on is replaced; the socket's folder is created if only it is missing,
    /// so that a first start needs no preparation.
    public func start() async throws(StartError) {
        guard socketPath.utf8.count <= 107 else {
            throw .cannotBind(path: socketPath, cause: "a Unix socket path has at most 107 bytes")
        }
        if await isAnswering() { throw .inUse(path: socketPath) }
        let time = await hub.source.agentTime()
        let hub = self.hub
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 64)
            .childChannelOption(.writeBufferWaterMark, value: .init(low: 256 << 10, high: 1 << 20))
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers([
                        ByteToMessageHandler(FrameDecoder(limit: hub.limits.callSize)), ControlConnection(hub: hub),
                    ])
                }
            }
        let folder = (socketPath as NSString).deletingLastPathComponent
        if !folder.isEmpty { mkdir(folder, 0o755) }
        do {
            let channel = try await bootstrap.bind(unixDomainSocketPath: socketPath, cleanupExistingSocketFile: true).get()
            chmod(socketPath, 0o660)
            let listener = self.listener
            try await loop.submit {
                listener.value = channel
                hub.begin(at: time)
            }.get()
        } catch {
            let cause = (error as? IOError).map { String(cString: strerror($0.errnoCode)) } ?? "\(error)"
            throw .cannotBind(path: socketPath, cause: cause)
        }
    }

    /// Tells subscribers of changes, in the order of the calls. Returns at once; any thread.
    public func publish(_ changes: [StateChange], at time: Timestamp) {
        guard !changes.isEmpty else { return }
        let hub = self.hub
        loop.execute { hub.publish(changes, at: time) }
    }

    /// Closes every connection and the socket and removes its file.
    public func stop() async {
        let (hub, listener, path) = (self.hub, self.listener, socketPath)
        let closed = loop.flatSubmit {
            hub.end()
            guard let channel = listener.value else { return hub.loop.makeSucceededVoidFuture() }
            listener.value = nil
            unlink(path)
            return channel.close()
        }
        try? await closed.get()
        try? await group.shutdownGracefully()
    }

    private func isAnswering() async -> Bool {
        guard let channel = try? await ClientBootstrap(group: group).connect(unixDomainSocketPath: socketPath).get()
        else { return false }
        try? await channel.close()
        return true
    }
}
