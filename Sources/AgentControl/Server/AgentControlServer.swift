public import AgentModel
import Foundation
public import Logging
import NIOCore
import NIOPosix
import Persistence
import Synchronization

/// Serves `org.mipmib.agent` on a Unix socket for one agent.
///
/// It runs on its own thread, so that encoding, slow readers and malformed input cost the agent nothing. Every reader has a bounded
/// buffer; a reader that lets it fill is disconnected and may reconnect.
public final class AgentControlServer: Sendable {
    /// Limits on the resources readers can use.
    public struct Limits: Sendable {
        /// Maximum number of simultaneous connections. The last sixteen, or a quarter of fewer than 64, are for root and the daemon's own
        /// user, and no other user has more than half.
        public var connections = 256
        /// How long a connection without a subscription may be idle.
        public var idleTime = Duration.seconds(60)
        /// How long a call may take to arrive.
        public var callTime = Duration.seconds(10)
        /// Maximum length of a call, in bytes.
        public var callSize = 65_536
        /// Maximum number of bytes waiting for a reader before it is disconnected.
        public var readerBuffer = 16 << 20
        /// Maximum number of changes in one reply.
        public var changesPerReply = 500

        public init() {}
    }

    /// Why the socket could not be opened.
    public enum StartError: Error, CustomStringConvertible {
        /// Another process answers on the socket.
        case inUse(path: String)
        case cannotBind(path: String, cause: String)

        public var description: String {
            switch self {
            case .inUse(let path):
                "control socket '\(path)' is in use by a running daemon; stop that daemon or choose another path"
            case .cannotBind(let path, let cause): "cannot open control socket '\(path)': \(cause)"
            }
        }
    }

    /// Path of the Unix socket it listens on.
    public let socketPath: String
    private let path = Mutex<UnixSocketPath?>(nil)
    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    private let hub: ControlHub
    private let listener: NIOLoopBoundBox<(any Channel)?>
    private let loop: any EventLoop

    /// - Parameter vendor: Program and version, for `org.varlink.service.GetInfo`.
    public convenience init(
        socketPath: String, source: any AgentControlSource, version: String, logger: Logger, limits: Limits = Limits()
    ) {
        self.init(
            socketPath: socketPath, source: source, version: version, logger: logger, limits: limits, history: .own)
    }

    /// - Parameter history: Which version of the vocabulary introduced what; tests use their own.
    init(
        socketPath: String, source: any AgentControlSource, version: String, logger: Logger, limits: Limits,
        history: VocabularyHistory
    ) {
        self.socketPath = socketPath
        loop = group.next()
        hub = ControlHub(loop: loop, source: source, version: version, logger: logger, limits: limits, history: history)
        listener = .makeEmptyBox(valueType: (any Channel).self, eventLoop: loop)
    }

    /// Opens the socket with mode 0660. Replaces a socket file on which nothing answers. Creates the socket's folder if only that is missing,
    /// so that a first start needs no preparation.
    public func start() async throws(StartError) {
        let descriptor = try open()
        let time = await hub.source.agentTime()
        let hub = self.hub
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 64)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(AcceptPause()) }
            }
            .childChannelOption(.writeBufferWaterMark, value: .init(low: 256 << 10, high: 1 << 20))
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers([
                        ByteToMessageHandler(FrameDecoder(limit: hub.limits.callSize, reportsParts: true)),
                        ControlConnection(hub: hub),
                    ])
                }
            }
        do {
            let channel = try await bootstrap.withBoundSocket(descriptor).get()
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

    /// Publishes changes to subscribers in the order of the calls. Returns at once; may be called from any thread.
    public func publish(_ changes: [StateChange], at time: Timestamp) {
        guard !changes.isEmpty else { return }
        let hub = self.hub
        loop.execute { hub.publish(changes, at: time) }
    }

    /// Closes every connection and the socket, and removes the socket file.
    public func stop() async {
        let (hub, listener) = (self.hub, self.listener)
        let closed = loop.flatSubmit {
            hub.end()
            guard let channel = listener.value else { return hub.loop.makeSucceededVoidFuture() }
            listener.value = nil
            return channel.close()
        }
        try? await closed.get()
        path.withLock { $0?.release() }
        try? await group.shutdownGracefully()
    }

    /// Binds a socket to the path.
    private func open() throws(StartError) -> CInt {
        do throws(UnixSocketPath.Problem) {
            let path = try UnixSocketPath(socketPath)
            let descriptor = try path.open()
            self.path.withLock { $0 = path }
            return descriptor
        } catch {
            if error.kind == .inUse { throw .inUse(path: socketPath) }
            throw .cannotBind(path: socketPath, cause: error.description)
        }
    }
}
