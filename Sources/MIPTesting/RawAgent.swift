import Foundation
import NIOConcurrencyHelpers

/// A server on a Unix socket that answers each call with frames given by the test. It can act as an agent of any version and
/// implementation, including one that closes the connection.
public final class RawAgent: Sendable {
    /// What the agent does in reply to a call.
    public enum Action: Sendable {
        /// Sends a frame.
        case send(String)
        /// Closes the connection.
        case close
    }

    private struct State {
        var calls: [String] = []
        /// Descriptors; they are shut down but stay open until the process exits, so that their numbers are not reused.
        var connections: [CInt] = []
        var isStopped = false
    }

    public let socketPath: String
    private let listener: CInt
    private let state = NIOLockedValueBox(State())

    /// Calls so far on all connections.
    public var calls: [String] { state.withLockedValue { $0.calls } }
    /// Connections so far.
    public var connections: Int { state.withLockedValue { $0.connections.count } }

    public init(socketPath: String, answer: @escaping @Sendable (_ call: String) -> [Action]) throws {
        self.socketPath = socketPath
        listener = try UnixSocket.make(socketPath) { bind($0, $1, $2) }
        guard listen(listener, 16) == 0 else { throw UnixSocket.Failure(call: "listen", code: errno) }
        let (listener, state) = (self.listener, self.state)
        Thread.detachNewThread {
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { return }
                state.withLockedValue { $0.connections.append(connection) }
                Thread.detachNewThread { Self.serve(connection, state, answer) }
            }
        }
    }

    private static func serve(
        _ connection: CInt, _ state: NIOLockedValueBox<State>, _ answer: @Sendable (_ call: String) -> [Action]
    ) {
        var reader = FrameReader(connection)
        while let call = reader.next() {
            state.withLockedValue { $0.calls.append(call) }
            for action in answer(call) {
                switch action {
                case .send(let text): UnixSocket.send(text, connection)
                case .close:
                    shutdown(connection, CInt(SHUT_RDWR))
                    return
                }
            }
        }
    }

    /// Sends a frame on the newest connection.
    public func send(_ text: String) {
        if let connection = state.withLockedValue({ $0.connections.last }) { UnixSocket.send(text, connection) }
    }

    /// Closes all connections and removes the socket.
    public func stop() {
        let isFirst = state.withLockedValue { state in
            defer { state.isStopped = true }
            return !state.isStopped
        }
        guard isFirst else { return }
        shutdown(listener, CInt(SHUT_RDWR))
        unlink(socketPath)
        for connection in state.withLockedValue({ $0.connections }) { shutdown(connection, CInt(SHUT_RDWR)) }
    }

    deinit { stop() }
}

/// A connection to a control socket that sends given frames and returns received ones. Only one task may use it.
public final class RawManager {
    private let descriptor: CInt
    private var frames: AsyncStream<String>.AsyncIterator
    /// The number of users of the descriptor: this object, and the thread that reads.
    private let users = NIOLockedValueBox(2)

    public init(socketPath: String) throws {
        let descriptor = try UnixSocket.make(socketPath) { connect($0, $1, $2) }
        self.descriptor = descriptor
        // A timeout, so that a test that waits for a missing frame ends.
        var limit = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        let (stream, continuation) = AsyncStream.makeStream(of: String.self)
        frames = stream.makeAsyncIterator()
        let users = self.users
        // A separate thread, since it blocks and must not be one of those that tasks share.
        Thread.detachNewThread {
            var reader = FrameReader(descriptor)
            while let frame = reader.next() { continuation.yield(frame) }
            continuation.finish()
            Self.leave(descriptor, users)
        }
    }

    public func send(_ call: String) { UnixSocket.send(call, descriptor) }

    /// The next frame without its NUL; nil when the connection has ended or no frame arrived within ten seconds.
    public func next() async -> String? { await frames.next() }

    deinit {
        shutdown(descriptor, CInt(SHUT_RDWR))
        Self.leave(descriptor, users)
    }

    /// Closes the descriptor when it has no more users.
    private static func leave(_ descriptor: CInt, _ users: NIOLockedValueBox<Int>) {
        let isLast = users.withLockedValue { count in
            count -= 1
            return count == 0
        }
        if isLast { close(descriptor) }
    }
}

/// Splits received bytes at NUL.
private struct FrameReader {
    private let descriptor: CInt
    private var buffer: [UInt8] = []

    init(_ descriptor: CInt) { self.descriptor = descriptor }

    mutating func next() -> String? {
        while true {
            if let end = buffer.firstIndex(of: 0) {
                defer { buffer.removeSubrange(...end) }
                return String(decoding: buffer[..<end], as: UTF8.self)
            }
            var chunk = [UInt8](repeating: 0, count: 1 << 16)
            let count = recv(descriptor, &chunk, chunk.count, 0)
            guard count > 0 else { return nil }
            buffer += chunk[..<count]
        }
    }
}

private enum UnixSocket {
    struct Failure: Error {
        let call: String
        let code: CInt
    }

    static func make(
        _ path: String, _ use: (CInt, UnsafePointer<sockaddr>, socklen_t) -> CInt
    ) throws -> CInt {
        let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw Failure(call: "socket", code: errno) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let fits = withUnsafeMutableBytes(of: &address.sun_path) { place in
            guard path.utf8.count < place.count else { return false }
            place.copyBytes(from: path.utf8)
            return true
        }
        let result = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                use(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard fits, result == 0 else {
            let code = errno
            close(descriptor)
            throw Failure(call: path, code: code)
        }
        return descriptor
    }

    static func send(_ text: String, _ descriptor: CInt) {
        var rest = Array(text.utf8)[...] + [0]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { Foundation.send(descriptor, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL)) }
            guard sent > 0 else { return }
            rest = rest.dropFirst(sent)
        }
    }
}
