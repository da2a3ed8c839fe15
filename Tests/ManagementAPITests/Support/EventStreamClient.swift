import Foundation
import MIPTesting
import Testing

/// A plain TCP client of an event stream that reads only on request.
final class EventStreamClient {
    struct Event: Equatable {
        var id: String?
        var name: String
        var data: String

        var object: [String: Any] {
            (try? JSONSerialization.jsonObject(with: Data(data.utf8)) as? [String: Any]) ?? [:]
        }
    }

    private let descriptor: Int32
    private(set) var text = ""
    private(set) var isClosed = false

    /// Connects and sends the request.
    init(port: Int, path: String = "/v1/events", headers: [String] = [], receiveBuffer: Int32? = nil) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        if var size = receiveBuffer {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        }
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
        let request = (["GET \(path) HTTP/1.1", "Host: localhost", "Accept: text/event-stream"] + headers + ["", ""])
            .joined(separator: "\r\n")
        try #require(send(descriptor, request, request.utf8.count, 0) == request.utf8.count)
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    }

    deinit { close(descriptor) }

    /// Reads the data that has arrived.
    func read() {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count == 0 { isClosed = true }
            guard count > 0 else { return }
            text += String(decoding: buffer[..<count], as: UTF8.self)
        }
    }

    /// The events that have arrived completely, without `ready`.
    var events: [Event] { allEvents.filter { $0.name != "ready" } }

    var allEvents: [Event] {
        // Lines of the chunked transfer coding contain only a hexadecimal length and are not fields of an event.
        text.split(separator: "\n\n").compactMap { block in
            var event = Event(id: nil, name: "", data: "")
            for line in block.split(whereSeparator: \.isNewline) {
                if line.hasPrefix("id: ") { event.id = String(line.dropFirst(4)) }
                if line.hasPrefix("event: ") { event.name = String(line.dropFirst(7)) }
                if line.hasPrefix("data: ") { event.data = String(line.dropFirst(6)) }
            }
            return event.data.isEmpty || event.name.isEmpty ? nil : event
        }
    }

    /// Reads until this many events have arrived.
    func events(_ count: Int) async throws -> [Event] {
        try await eventually("\(count) events") {
            read()
            return events.count >= count
        }
        return events
    }
}
