import Foundation
import MIPTesting
import Testing

/// A TCP connection on which a test sends arbitrary text, and reads only on request.
final class RawClient {
    private let descriptor: Int32
    private let port: Int
    private(set) var bytes: [UInt8] = []
    private(set) var isClosed = false

    /// - Parameter receiveBuffer: how many bytes the system buffers for a client that does not read.
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
        try #require(Foundation.send(descriptor, text, text.utf8.count, Int32(MSG_NOSIGNAL)) == text.utf8.count)
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    }

    deinit { close(descriptor) }

    /// Sends more text.
    func send(_ text: String) throws {
        try #require(Foundation.send(descriptor, text, text.utf8.count, Int32(MSG_NOSIGNAL)) == text.utf8.count)
    }

    /// Reads the data that has arrived.
    func read() {
        var piece = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(descriptor, &piece, piece.count, 0)
            if count == 0 || count < 0 && errno == ECONNRESET { isClosed = true }
            guard count > 0 else { return }
            bytes += piece[..<count]
        }
    }

    /// Whether data has arrived, without reading it.
    var hasArrived: Bool {
        var byte: UInt8 = 0
        return recv(descriptor, &byte, 1, Int32(MSG_PEEK)) == 1
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Whether the server has closed its end, according to the kernel. A client that does not read cannot see this itself: the end comes after
    /// all the unread data.
    func isDisconnected() async throws -> Bool {
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
