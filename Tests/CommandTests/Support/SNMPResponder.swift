import Foundation
import MIPTesting
import Synchronization

/// Answers SNMPv2c requests on a UDP port as a test requires: with arbitrary bytes, or with variables that no agent would return.
final class SNMPResponder: Sendable {
    let port: UInt16
    private let descriptor: Int32
    private let count = Mutex(0)

    /// The number of requests received so far.
    var requests: Int { count.withLock { $0 } }

    /// - Parameter answer: returns the reply to a request; nil for no reply.
    init(_ answer: @escaping @Sendable ([UInt8]) -> [UInt8]?) throws {
        let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        self.descriptor = descriptor
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        // The system chooses the port, so that no other process can take it in between.
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 ? getsockname(descriptor, $0, &length) : -1
            }
        }
        port = UInt16(bigEndian: address.sin_port)
        guard bound == 0 else { throw TimedOut(description: "no UDP port: \(String(cString: strerror(errno)))") }
        Thread.detachNewThread { [weak self] in
            // Here and not where it is stopped, since this thread would use the number for whatever gets it next.
            defer { close(descriptor) }
            while true {
                var octets = [UInt8](repeating: 0, count: 65_536)
                var from = sockaddr_in()
                var size = socklen_t(MemoryLayout<sockaddr_in>.size)
                let received = withUnsafeMutablePointer(to: &from) {
                    $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                        recvfrom(descriptor, &octets, octets.count, 0, $0, &size)
                    }
                }
                guard received > 0 else { return }
                self?.count.withLock { $0 += 1 }
                guard let reply = answer(Array(octets.prefix(received))) else { continue }
                _ = withUnsafePointer(to: &from) {
                    $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                        sendto(descriptor, reply, reply.count, 0, $0, size)
                    }
                }
            }
        }
    }

    func stop() {
        shutdown(descriptor, Int32(SHUT_RDWR))
    }

    // MARK: - BER, as far as replies need it

    /// The request's identifier and names.
    static func names(in request: [UInt8]) -> (identifier: [UInt8], names: [[UInt8]]) {
        let message = elements(elements(request).first?.content ?? [])
        let pdu = elements(message.last?.content ?? [])
        let bindings = elements(pdu.last?.content ?? [])
        return (pdu.first?.content ?? [], bindings.map { elements($0.content).first?.content ?? [] })
    }

    /// The tag of a request: 0xA0 for GET, 0xA1 for GETNEXT, 0xA5 for GETBULK.
    static func tag(of request: [UInt8]) -> UInt8? { elements(elements(request).first?.content ?? []).last?.tag }

    /// A response with these names, each with the integer 1.
    static func response(to identifier: [UInt8], _ names: [[UInt8]]) -> [UInt8] {
        let bindings = names.flatMap { element(0x30, element(0x06, $0) + element(0x02, [1])) }
        let pdu = element(0x02, identifier) + element(0x02, [0]) + element(0x02, [0]) + element(0x30, bindings)
        return element(0x30, element(0x02, [1]) + element(0x04, Array("public".utf8)) + element(0xA2, pdu))
    }

    /// A response that refuses the request because of one of its names.
    static func refusal(to identifier: [UInt8], _ names: [[UInt8]], status: UInt8, index: Int) -> [UInt8] {
        let bindings = names.flatMap { element(0x30, element(0x06, $0) + element(0x05, [])) }
        let pdu =
            element(0x02, identifier) + element(0x02, [status]) + element(0x02, [UInt8(clamping: index)])
            + element(0x30, bindings)
        return element(0x30, element(0x02, [1]) + element(0x04, Array("public".utf8)) + element(0xA2, pdu))
    }

    private static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        let count = content.count
        return [tag] + (count < 128 ? [UInt8(count)] : [0x82, UInt8(count >> 8 & 255), UInt8(count & 255)]) + content
    }

    private static func elements(_ octets: [UInt8]) -> [(tag: UInt8, content: [UInt8])] {
        var elements: [(UInt8, [UInt8])] = []
        var rest = octets[...]
        while rest.count >= 2, let tag = rest.popFirst(), var length = rest.popFirst().map(Int.init) {
            if length >= 128 {
                let size = length - 128
                length = rest.prefix(size).reduce(0) { $0 << 8 | Int($1) }
                rest = rest.dropFirst(size)
            }
            elements.append((tag, Array(rest.prefix(length))))
            rest = rest.dropFirst(length)
        }
        return elements
    }
}
