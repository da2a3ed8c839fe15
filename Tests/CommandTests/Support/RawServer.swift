import Foundation
import MIPTesting
import Synchronization

/// A server of raw bytes on a Unix socket or a loopback TCP port, with one thread per connection. It stands for peers that reply as no
/// real one does, and relays between real ones so that the connection can be cut.
final class RawServer: Sendable {
    private struct State {
        var listener: Int32 = -1
        var connections: Set<Int32> = []
        var accepted = 0
    }

    private let state = Mutex(State())
    private let serve: @Sendable (Int32) -> Void
    /// 0 for a Unix socket.
    let port: UInt16

    /// The number of connections accepted so far.
    var accepted: Int { state.withLock { $0.accepted } }

    /// - Parameter serve: called with the descriptor of each connection, which is closed when it returns.
    convenience init(path: String, _ serve: @escaping @Sendable (Int32) -> Void) throws {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8).prefix($0.count - 1)) }
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        try self.init(descriptor, &address, 0, serve)
    }

    /// Listens on `port`, or on a free port if it is 0.
    convenience init(port: UInt16 = 0, _ serve: @escaping @Sendable (Int32) -> Void) throws {
        let port = port == 0 ? freePort(stream: true) : port
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        try self.init(descriptor, &address, port, serve)
    }

    private init<Address>(
        _ descriptor: Int32, _ address: inout Address, _ port: UInt16, _ serve: @escaping @Sendable (Int32) -> Void
    ) throws {
        self.serve = serve
        self.port = port
        let bound = withUnsafeBytes(of: &address) { bytes in
            bytes.baseAddress.map { bind(descriptor, $0.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count)) }
        }
        guard bound == 0, listen(descriptor, 64) == 0 else {
            throw TimedOut(description: "cannot listen: \(String(cString: strerror(errno)))")
        }
        state.withLock { $0.listener = descriptor }
        Thread.detachNewThread { self.accept(descriptor) }
    }

    private func accept(_ listener: Int32) {
        signal(SIGPIPE, SIG_IGN)
        // Here and not where it is stopped, since this thread would use the number for whatever gets it next.
        defer { close(listener) }
        while true {
            let connection = Foundation.accept(listener, nil, nil)
            guard connection >= 0 else { return }
            state.withLock { state in
                state.accepted += 1
                state.connections.insert(connection)
            }
            Thread.detachNewThread {
                self.serve(connection)
                self.state.withLock { state in
                    state.connections.remove(connection)
                    close(connection)
                }
            }
        }
    }

    /// Closes every connection and accepts no more.
    func stop() {
        state.withLock { state in
            if state.listener >= 0 {
                shutdown(state.listener, Int32(SHUT_RDWR))
                state.listener = -1
            }
            for connection in state.connections { shutdown(connection, Int32(SHUT_RDWR)) }
        }
    }

    deinit { stop() }

    // MARK: - Operations on a connection

    /// Writes all bytes. Returns false if the peer has closed the connection.
    @discardableResult
    static func write(_ bytes: some Collection<UInt8>, to connection: Int32) -> Bool {
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// The bytes that have arrived; nil at the end.
    static func read(from connection: Int32) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = recv(connection, &bytes, bytes.count, 0)
        return count > 0 ? Array(bytes.prefix(count)) : nil
    }

    /// Reads until `end` has arrived, at most 64 KiB.
    static func read(from connection: Int32, until end: [UInt8]) {
        var bytes: [UInt8] = []
        while bytes.count < 65_536, let more = read(from: connection) {
            bytes += more
            if bytes.suffix(end.count) == end[...] { return }
        }
    }

    /// Relays everything to and from a TCP port of this machine.
    static func relay(to port: Int) -> @Sendable (Int32) -> Void {
        { connection in
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = UInt16(clamping: port).bigEndian
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            let other = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            let connected = withUnsafeBytes(of: &address) { bytes in
                bytes.baseAddress.map { connect(other, $0.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count)) }
            }
            guard connected == 0 else { return _ = close(other) }
            let answered = DispatchSemaphore(value: 0)
            Thread.detachNewThread {
                while let bytes = read(from: other), write(bytes, to: connection) {}
                shutdown(connection, Int32(SHUT_RDWR))
                answered.signal()
            }
            while let bytes = read(from: connection), write(bytes, to: other) {}
            shutdown(other, Int32(SHUT_RDWR))
            answered.wait()
            close(other)
        }
    }
}
