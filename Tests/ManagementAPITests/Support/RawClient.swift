import Foundation
import MIPTesting
import Testing

/// A TCP connection on which a test sends whatever it likes, and reads only when it likes.
final class RawClient {
    private let descriptor: Int32
    private let port: Int
    private(set) var octets: [UInt8] = []
    private(set) var isClosed = false

    /// - Parameter receiveBuffer: how much the system takes in for a client that does not read, in bytes.
    init(port: Int, sending text: String = "", receiveBuffer: Int32 = 4096) throws {
        self.port = port
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var size = receiveBuffer
        setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        try #require(status == 0)
        try #require(send(descriptor, text, text.utf8.count, Int32(MSG_NOSIGNAL)) == text.utf8.count)
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    }

    deinit { close(descriptor) }

    /// Takes in what has arrived.
    func read() {
        var piece = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(descriptor, &piece, piece.count, 0)
            if count == 0 || count < 0 && errno == ECONNRESET { isClosed = true }
            guard count > 0 else { return }
            octets += piece[..<count]
        }
    }

    /// Whether something has arrived, without taking it.
    var hasArrived: Bool {
        var octet: UInt8 = 0
        return recv(descriptor, &octet, 1, Int32(MSG_PEEK)) == 1
    }

    var text: String { String(decoding: octets, as: UTF8.self) }

    /// Whether the server has given its end up, as the kernel tells it. A client that does not read is told after all before it.
    func isLetGo() async throws -> Bool {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        try #require(status == 0)
        let ends = "sport = :\(port) and dport = :\(UInt16(bigEndian: address.sin_port))"
        let (_, output, _) = try await ChildProcess.run("ss", ["-H", "-t", "-a", "-n", ends])
        return output.hasPrefix("FIN-WAIT")
    }
}
