import Foundation
import MIPTesting
import Synchronization

/// A server of bytes on a Unix socket or a TCP port of the loopback, a thread for each connection: for peers that answer what no real one
/// does, and for a door that can be shut between real ones.
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

    /// How many have connected so far.
    var accepted: Int { state.withLock { $0.accepted } }

    /// - Parameter serve: is handed the descriptor of each connection, which is closed when it returns.
    convenience init(path: String, _ serve: @escaping @Sendable (Int32) -> Void) throws {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8).prefix($0.count - 1)) }
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        try self.init(descriptor, &address, 0, serve)
    }

    /// On `port`, or on a free one when that is 0.
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
        let bound = withUnsafeBytes(of: &address) { octets in
            octets.baseAddress.map { bind(descriptor, $0.assumingMemoryBound(to: sockaddr.self), socklen_t(octets.count)) }
        }
        guard bound == 0, listen(descriptor, 64) == 0 else {
            throw TimedOut(description: "nothing can be listened at: \(String(cString: strerror(errno)))")
        }
        state.withLock { $0.listener = descriptor }
        Thread.detachNewThread { self.accept(descriptor) }
    }

    private func accept(_ listener: Int32) {
        signal(SIGPIPE, SIG_IGN)
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

    /// Ends every connection and takes no more.
    func stop() {
        state.withLock { state in
            if state.listener >= 0 {
                shutdown(state.listener, Int32(SHUT_RDWR))
                close(state.listener)
                state.listener = -1
            }
            for connection in state.connections { shutdown(connection, Int32(SHUT_RDWR)) }
        }
    }

    deinit { stop() }

    // MARK: - What a connection may do

    /// Writes all of it; false when the other side is gone.
    @discardableResult
    static func write(_ octets: some Collection<UInt8>, to connection: Int32) -> Bool {
        var rest = Array(octets)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// What has come; nil at the end.
    static func read(from connection: Int32) -> [UInt8]? {
        var octets = [UInt8](repeating: 0, count: 65_536)
        let count = recv(connection, &octets, octets.count, 0)
        return count > 0 ? Array(octets.prefix(count)) : nil
    }

    /// Reads until `end` has come, at most 64 KiB.
    static func read(from connection: Int32, until end: [UInt8]) {
        var octets: [UInt8] = []
        while octets.count < 65_536, let more = read(from: connection) {
            octets += more
            if octets.suffix(end.count) == end[...] { return }
        }
    }

    /// Passes everything on to a TCP port of this machine, both ways.
    static func relay(to port: Int) -> @Sendable (Int32) -> Void {
        { connection in
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = UInt16(clamping: port).bigEndian
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            let other = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            let connected = withUnsafeBytes(of: &address) { octets in
                octets.baseAddress.map { connect(other, $0.assumingMemoryBound(to: sockaddr.self), socklen_t(octets.count)) }
            }
            guard connected == 0 else { return _ = close(other) }
            Thread.detachNewThread {
                while let octets = read(from: other), write(octets, to: connection) {}
                shutdown(connection, Int32(SHUT_RDWR))
            }
            while let octets = read(from: connection), write(octets, to: other) {}
            shutdown(other, Int32(SHUT_RDWR))
        }
    }
}
