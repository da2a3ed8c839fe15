import Foundation
import MIPTesting
import MobilityLink
import NIOConcurrencyHelpers
import Testing

@Suite("The socket reader thread")
struct SocketReaderTests {
    @Test("A pending error is reported once, and then the thread is idle")
    func pendingError() async throws {
        let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        defer { close(descriptor) }
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        name.sin_port = freePort().bigEndian
        let connected = withUnsafePointer(to: &name) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        #expect(connected == 0)
        let errors = NIOLockedValueBox<[Int32]>([])
        let reader = SocketReader([
            SocketReader.Source(descriptor: descriptor, isReadHere: false) { _, done in
                var octet: UInt8 = 0
                let count = recv(descriptor, &octet, 1, Int32(MSG_DONTWAIT))
                let code = count < 0 ? errno : 0
                errors.withLockedValue { $0.append(code) }
                done()
            }
        ])
        reader.start()
        defer { reader.stop() }
        // Nothing listens on the port, which the kernel reports on the socket.
        #expect(send(descriptor, "x", 1, 0) == 1)
        try await eventually("the error") { errors.withLockedValue { !$0.isEmpty } }
        try await Task.sleep(for: .milliseconds(300))
        #expect(errors.withLockedValue { $0 } == [ECONNREFUSED])
    }
}
