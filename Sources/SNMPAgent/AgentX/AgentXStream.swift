import Foundation

/// The input from an AgentX master: Get and GetNext requests are answered at once, everything else is passed on to libnetsnmp. Use it on
/// the SNMP thread only.
///
/// The library would copy a request five times and send it to itself through a pipe before our handler received it.
final class AgentXStream {
    /// The outcome of a read.
    enum Received: Equatable {
        /// This many octets are for the library.
        case octets(Int)
        /// Everything was answered, or is still incomplete.
        case nothing
        /// The master has closed the connection.
        case ended
    }

    /// More than the largest PDU of libnetsnmp, which is 65,536 octets without the header.
    private static let capacity = 1 << 17

    private let responder: AgentXResponder
    private let polling: AgentXPolling
    private var reply = AgentXReply()
    private var room = [UInt8](repeating: 0, count: capacity)
    /// Number of octets of an incomplete PDU.
    private var kept = 0
    /// Number of octets still to come of a PDU that is too long for `room` and is left to the library to refuse.
    private var passing = 0
    /// Called for each answered PDU with its number of variables.
    private let note: (Int) -> Void

    init(responder: AgentXResponder, polling: AgentXPolling = .standard, note: @escaping (Int) -> Void) {
        self.responder = responder
        self.polling = polling
        self.note = note
    }

    /// Discards what an earlier connection has left.
    func reset() { (kept, passing) = (0, 0) }

    /// Reads the available input, answers what it can, and leaves the rest for the library in `buffer`.
    func receive(from socket: CInt, into buffer: UnsafeMutableRawBufferPointer) -> Received {
        if passing > 0 {
            let count = recv(socket, buffer.baseAddress, min(buffer.count, passing), Int32(MSG_DONTWAIT))
            guard count > 0 else { return Self.outcome(of: count) }
            passing -= count
            return .octets(count)
        }
        let begin = AgentXPolling.now
        var answered = begin - polling.afterAnswer
        while true {
            // Read no more than fits the library's buffer, in case all of it is for the library.
            let free = max(0, min(room.count, buffer.count) - kept)
            let count = room.withUnsafeMutableBytes {
                recv(socket, $0.baseAddress.map { $0 + kept }, free, Int32(MSG_DONTWAIT))
            }
            if count > 0 {
                let passedOn = sort(kept + count, buffer)
                if !reply.octets.isEmpty {
                    defer { reply.clear() }
                    guard Self.send(reply.octets, to: socket) else { return .ended }
                    answered = AgentXPolling.now
                }
                if passedOn > 0 { return .octets(passedOn) }
            } else if Self.outcome(of: count) == .ended {
                return .ended
            }
            let now = AgentXPolling.now
            guard now - answered < polling.afterAnswer, now - begin < polling.inAll else { return .nothing }
            sched_yield()
        }
    }

    /// Processes the PDUs in the first `filled` octets and returns the number of octets put into `buffer`.
    private func sort(_ filled: Int, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
        var position = 0
        var passedOn = 0
        func passOn(_ range: Range<Int>) {
            room.withUnsafeBytes { buffer[passedOn...].copyBytes(from: $0[range]) }
            passedOn += range.count
        }
        while filled - position >= AgentXHeader.length {
            let header = AgentXHeader(room.span.extracting(position..<filled))
            let length = AgentXHeader.length + (header?.payloadLength ?? 0)
            guard let header, length <= min(room.count, buffer.count) else {
                // An unintelligible or too long PDU is left to the library; without a valid header, so is everything after it.
                passing = header == nil ? Int.max : length - (filled - position)
                passOn(position..<filled)
                position = filled
                break
            }
            guard filled - position >= length else { break }
            let pdu = position..<position + length
            if let count = responder.answer(header, room.span.extracting(pdu), in: &reply) {
                note(count)
            } else {
                passOn(pdu)
            }
            position += length
        }
        kept = filled - position
        if kept > 0, position > 0 {
            room.withUnsafeMutableBytes { $0.copyBytes(from: UnsafeRawBufferPointer(rebasing: $0[position..<filled])) }
        }
        return passedOn
    }

    private static func outcome(of count: Int) -> Received {
        count < 0 && (errno == EAGAIN || errno == EINTR) ? .nothing : .ended
    }

    /// Sends everything, or returns false: the connection is then useless, because part of a PDU may have been sent. A master that does not
    /// read for `sendLimit` milliseconds is given up.
    private static func send(_ octets: [UInt8], to socket: CInt, within limit: Int64 = sendLimit) -> Bool {
        octets.withUnsafeBytes { octets in
            var rest = octets[...]
            var end: UInt64?
            while !rest.isEmpty {
                let count = Foundation.send(
                    socket, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count,
                    Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
                if count > 0 {
                    rest = rest.dropFirst(count)
                    continue
                }
                guard count < 0, errno == EAGAIN || errno == EINTR else { return false }
                let now = AgentXPolling.now
                let due = end ?? now + UInt64(limit) * 1_000_000
                end = due
                guard now < due else { return false }
                var polled = pollfd(fd: socket, events: Int16(POLLOUT), revents: 0)
                _ = poll(&polled, 1, CInt((due - now) / 1_000_000 + 1))
            }
            return true
        }
    }

    private static let sendLimit: Int64 = 1000
}
