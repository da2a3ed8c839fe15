import Foundation
import HTTPTypes
import Hummingbird
import JSON
import ManagementCore
import NIOCore
import ServiceLifecycle

/// `/v1/events`: a stream of Server-Sent Events, or the stored events as a list.
struct EventEndpoint: Sendable {
    let journal: EventJournal
    let agents: [ManagedAgent]
    let heartbeat: Duration

    /// - Parameters:
    ///   - client: whom the limits of streams count.
    ///   - streams: the places for streams on the listener of the request.
    func respond(_ request: Request, of client: ConnectionClient, streams: StreamShare) throws -> Response {
        let query = try Query(request, allowed: EventFilter.parameters.union(["lastEventID"]))
        let filter = try EventFilter(query, agents: agents)
        switch try Accepted.choose(request, from: [.eventStream, .json, .ndjson]) {
        case .json: return list(filter, query, isLines: false)
        case .ndjson: return list(filter, query, isLines: true)
        default:
            guard let place = streams.take(client) else { throw Self.noPlace }
            return stream(filter, after: request.headers[.lastEventID] ?? query["lastEventID"], place)
        }
    }

    /// The stored events, oldest first.
    private func list(_ filter: EventFilter, _ query: Query, isLines: Bool) -> Response {
        let start = query["lastEventID"].flatMap(EventID.init).flatMap { $0.run == journal.run ? $0.number : nil } ?? 0
        let entries = journal.read(after: start, limit: .max / 2, where: filter.matches).entries
        var body = ByteBuffer()
        if !isLines { body.writeString("[") }
        for (index, entry) in entries.enumerated() {
            if !isLines { body.writeString(index == 0 ? "\n" : ",\n") }
            body.writeImmutableBuffer(entry.json)
            if isLines { body.writeString("\n") }
        }
        if !isLines { body.writeString("\n]\n") }
        return Response(
            status: .ok, headers: [.contentType: isLines ? MediaKind.ndjson.rawValue : MediaKind.json.rawValue],
            body: ResponseBody(byteBuffer: body))
    }

    private static var noPlace: Problem {
        Problem(
            status: .serviceUnavailable, title: "Too many event streams",
            detail: "this server already serves its maximum number of event streams here, or the part of them that one client "
                + "may have; close one or retry later",
            // A client that waits for its turn must not keep a connection meanwhile.
            headers: [.retryAfter: "10", .connection: "close"])
    }

    private func stream(_ filter: EventFilter, after lastEventID: String?, _ place: StreamShare.Place) -> Response {
        let body = StreamBody(
            journal: journal, filter: filter, place: place, lastEventID: lastEventID, heartbeat: heartbeat)
        return Response(
            // nginx would otherwise keep events until its buffer is full.
            status: .ok, headers: [.contentType: MediaKind.eventStream.rawValue, .accelBuffering: "no"],
            body: ResponseBody { writer in try await body.write(to: &writer) })
    }
}

/// One open stream. When the response is dropped before it is written, its subscription ends with it.
private final class StreamBody: Sendable {
    private let journal: EventJournal
    private let filter: EventFilter
    private let subscription: EventSubscription
    private let place: StreamShare.Place
    private let lastEventID: String?
    private let heartbeat: Duration

    /// How long a browser waits before it reconnects, in milliseconds.
    private static let retry = 2000

    init(
        journal: EventJournal, filter: EventFilter, place: StreamShare.Place, lastEventID: String?, heartbeat: Duration
    ) {
        self.journal = journal
        self.filter = filter
        self.place = place
        subscription = journal.subscribe()
        self.lastEventID = lastEventID
        self.heartbeat = heartbeat
    }

    deinit { journal.unsubscribe(subscription) }

    func write(to writer: inout any ResponseBodyWriter) async throws {
        try await withGracefulShutdownHandler {
            try await follow(&writer)
            try await writer.finish(nil)
        } onGracefulShutdown: { [subscription] in
            subscription.end()
        }
    }

    private func follow(_ writer: inout any ResponseBodyWriter) async throws {
        var place = try await greet(&writer)
        while true {
            while true {
                let reading = journal.read(after: place, where: filter.matches)
                guard reading.place != place else { break }
                var buffer = ByteBuffer()
                if reading.missed > 0 { Self.missed(reading.missed, &buffer) }
                for entry in reading.entries { buffer.writeImmutableBuffer(entry.block) }
                place = reading.place
                if buffer.readableBytes > 0 { try await writer.write(buffer) }
            }
            switch await subscription.wait() {
            case .event: continue
            case .tick:
                // Sends the current place too, so that a reader whose filter matches few events can resume from here.
                try await writer.write(ByteBuffer(string: ": alive\nid: \(EventID(run: journal.run, number: place))\n\n"))
            case .end: return
            }
        }
    }

    /// Writes the first block of a stream. Returns the place from which the stream continues.
    private func greet(_ writer: inout any ResponseBodyWriter) async throws -> UInt64 {
        struct Ready: Encodable {
            let id: String
            let heartbeat: Double
        }
        let now = journal.lastID
        var place = now.number
        var buffer = ByteBuffer(string: "retry: \(Self.retry)\n")
        let requested = lastEventID.flatMap { $0.isEmpty ? nil : $0 }
        let resumed = requested.flatMap(EventID.init).flatMap { $0.run == journal.run && $0.number <= now.number ? $0 : nil }
        if let resumed { place = resumed.number } else if requested != nil { place = 0 }
        let ready = Ready(
            id: now.description,
            heartbeat: Double(heartbeat.components.seconds) + Double(heartbeat.components.attoseconds) / 1e18)
        buffer.writeString("event: ready\ndata: ")
        buffer.writeBytes(try JSONValue(encoding: ready).bytes)
        buffer.writeString("\n\n")
        if requested != nil && resumed == nil { Self.missed(nil, &buffer) }
        try await writer.write(buffer)
        return place
    }

    /// Reports that events were missed, and how many where that is known.
    private static func missed(_ count: UInt64?, _ buffer: inout ByteBuffer) {
        let text =
            count.map { "{\"missed\":\($0),\"message\":\"\($0) events before this one are no longer stored\"}" }
            ?? "{\"message\":\"Last-Event-ID is from an earlier run of this server; events between that run and this one are not known\"}"
        buffer.writeString("event: missed\ndata: \(text)\n\n")
    }
}

extension HTTPField.Name {
    // The name is a valid token, so this cannot fail.
    // swift-format-ignore: NeverForceUnwrap
    static let lastEventID = Self("Last-Event-ID")!
    // swift-format-ignore: NeverForceUnwrap
    static let accelBuffering = Self("X-Accel-Buffering")!
}
