import AsyncHTTPClient
import JSON
import NIOCore

/// An event of a `text/event-stream`.
struct ServerEvent: Sendable {
    /// The value for `Last-Event-ID`; nil if the stream has not sent one yet.
    var id: String?
    var kind = "message"
    var data = ""
}

/// Parses a `text/event-stream` (HTML, Server-sent events, "Interpreting an event stream").
struct ServerEventReader {
    /// The longest accepted line.
    private static let lineLimit = 1 << 20

    private var rest: [UInt8] = []
    private var event = ServerEvent()
    private var hasData = false

    /// The events that this piece completes.
    ///
    /// - Throws: `CommandFailure` when a line does not end.
    mutating func events(in piece: ByteBuffer) throws -> [ServerEvent] {
        let piece = piece.readableBytesView
        let isWhole = piece.contains(UInt8(ascii: "\n"))
        rest += piece
        guard isWhole || rest.count > Self.lineLimit else { return [] }
        var events: [ServerEvent] = []
        var start = rest.startIndex
        while let end = rest[start...].firstIndex(of: UInt8(ascii: "\n")) {
            let line = rest[start..<end]
            start = end + 1
            take(line.last == UInt8(ascii: "\r") ? line.dropLast() : line, &events)
        }
        rest.removeSubrange(..<start)
        guard rest.count <= Self.lineLimit else {
            throw CommandFailure.unreachable("the event stream has a line that does not end; is this a mip-mibd?")
        }
        return events
    }

    private mutating func take(_ line: ArraySlice<UInt8>, _ events: inout [ServerEvent]) {
        guard !line.isEmpty else {
            if hasData { events.append(event) }
            event = ServerEvent(id: event.id)
            hasData = false
            return
        }
        let name = line.prefix { $0 != UInt8(ascii: ":") }
        var value = line.dropFirst(name.count + 1)
        if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
        let text = String(decoding: value, as: UTF8.self)
        switch String(decoding: name, as: UTF8.self) {
        case "id": event.id = text
        case "event": event.kind = text
        case "data":
            event.data += hasData ? "\n" + text : text
            hasData = true
        default: break
        }
    }
}

extension DaemonSource {
    /// Follows the events of a management daemon until `receive` returns false. After a broken connection it reconnects and misses no
    /// event that the daemon still keeps.
    ///
    /// - Parameters:
    ///   - query: the query string that filters the events, with its question mark.
    ///   - id: the last known event; nil for the events from now on.
    ///   - isQuiet: whether missed events and broken connections are not reported on standard error.
    func follow(
        _ query: String, after id: String?, isQuiet: Bool = false, _ receive: @escaping @Sendable (Row) throws -> Bool
    ) async throws {
        func report(_ message: String) { if !isQuiet { StandardError.write(message) } }
        var last = id
        var isFirst = true
        while true {
            do {
                var isWanted = true
                try await get("/v1/events" + query, accept: "text/event-stream", lastEventID: last) { body in
                    var reader = ServerEventReader()
                    for try await piece in body {
                        for event in try reader.events(in: piece) {
                            guard let row = try JSONValue(json: Array(event.data.utf8)).object else { continue }
                            switch event.kind {
                            case "ready": last = last ?? row.text("id")
                            case "missed": report(row.text("message") ?? "events were missed")
                            default:
                                last = event.id ?? last
                                guard try receive(row) else { return isWanted = false }
                            }
                            isFirst = false
                        }
                    }
                }
                if !isWanted { return }
                if isFirst {
                    throw CommandFailure.unreachable("'\(url)' does not answer with an event stream; is this a mip-mibd?")
                }
            } catch let failure as CommandFailure where !isFirst && failure.status == 3 {
                report("\(failure.message); retrying")
            }
            try await Task.sleep(for: .seconds(1))
        }
    }

    /// Reads the events that a management daemon keeps, oldest first.
    func keptEvents(_ query: String, after id: String?, _ receive: @escaping @Sendable (Row) throws -> Bool) async throws {
        let after = id.map { (query.isEmpty ? "?" : "&") + "lastEventID=" + Self.escaped($0) } ?? ""
        try await get("/v1/events" + query + after) { body in
            var lines = JSONLines()
            for try await piece in body {
                for row in try lines.rows(in: piece) where try !receive(row) { return }
            }
            for row in try lines.end() where try !receive(row) { return }
        }
    }
}
