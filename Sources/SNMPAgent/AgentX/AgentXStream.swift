import Foundation

/// The input from an AgentX master: requests are answered at once, and only what `AgentXSession` leaves to libnetsnmp is passed on to it,
/// which is usually the responses that it waits for. Use it on the SNMP thread only.
///
/// The library would copy a request five times and send it to itself through a pipe before our handler received it. It would also drop a
/// request of more than 65,536 octets, for which the master then waits in vain, closes the session and fails other managers' requests.
final class AgentXStream {
    /// The outcome of a read.
    enum Received: Equatable {
        /// This many octets are for the library.
        case octets(Int)
        /// Everything was answered, or is still incomplete.
        case nothing
        /// The connection or the session has ended, or must end.
        case ended
    }

    /// The longest PDU that is read, in octets with its header. An SNMP request that fills a datagram becomes at most half of this.
    static let longestPDU = 1 << 20
    /// How long the other TestSets of a transaction may take to arrive, in milliseconds; see `AgentXSets`.
    private static let gatheringTime: CInt = 5
    /// Nanoseconds after which what was gathered is answered, however much arrives.
    private static let gatheringLimit: UInt64 = 50_000_000

    private let session: AgentXSession
    private let polling: AgentXPolling
    private var reply: AgentXReply
    private var room: [UInt8] = []
    /// Number of octets of an incomplete PDU.
    private var kept = 0
    /// Number of octets still to come of a PDU that is discarded.
    private var skipping = 0
    /// Called for each answered read request with its number of variables.
    private let note: (Int) -> Void

    init(
        session: AgentXSession, polling: AgentXPolling = .standard, reply: AgentXReply = AgentXReply(),
        note: @escaping (Int) -> Void
    ) {
        self.session = session
        self.polling = polling
        self.reply = reply
        self.note = note
    }

    /// Begins a session and discards what an earlier connection has left.
    ///
    /// - Parameter session: h.sessionID; nil if not known, which accepts any.
    func reset(session identifier: UInt32? = nil) {
        (kept, skipping) = (0, 0)
        reply.clear()
        session.begin(identifier)
    }

    /// The session has ended: undoes a change that its master committed without ending the request.
    func endSession() { session.sets.endSession() }

    /// Reads the available input, answers what it can, and leaves the rest for the library in `buffer`.
    func receive(from socket: CInt, into buffer: UnsafeMutableRawBufferPointer) -> Received {
        let begin = AgentXPolling.now
        var answered = begin - polling.afterAnswer
        while true {
            let count = read(socket, buffer.count)
            var sorted = Received.nothing
            if count > 0 {
                sorted = sort(kept + count, buffer)
                if session.sets.isGathering, sorted == .nothing, AgentXPolling.now - begin < Self.gatheringLimit,
                    Self.wait(for: socket)
                {
                    continue
                }
            } else if Self.outcome(of: count) == .ended {
                session.sets.endSession()
                return .ended
            }
            session.sets.settle(&reply)
            if !reply.octets.isEmpty {
                defer { reply.clear() }
                guard Self.send(reply.octets, to: socket) else {
                    // A response may be incomplete, so that nothing may follow it; see below.
                    shutdown(socket, Int32(SHUT_RDWR))
                    session.sets.endSession()
                    return .ended
                }
                answered = AgentXPolling.now
            }
            // The session is over: whoever reads from the socket from now on finds its end, and nothing more is sent.
            if sorted == .ended { shutdown(socket, Int32(SHUT_RDWR)) }
            if sorted != .nothing { return sorted }
            let now = AgentXPolling.now
            guard now - answered < polling.afterAnswer, now - begin < polling.inAll else { return .nothing }
            sched_yield()
        }
    }

    /// Reads behind the kept octets as many as are to be processed together: no more than fit the library's buffer, in case all of them are
    /// for the library, or the rest of a longer PDU and nothing behind it.
    private func read(_ socket: CInt, _ libraryRoom: Int) -> Int {
        var wanted = libraryRoom
        if skipping > 0 {
            wanted = min(wanted, skipping)
        } else if kept >= AgentXHeader.length, let header = AgentXHeader(room.span.extracting(0..<kept)) {
            wanted = max(wanted, AgentXHeader.length + header.payloadLength)
        }
        if room.count < wanted { room.append(contentsOf: repeatElement(0, count: wanted - room.count)) }
        return room.withUnsafeMutableBytes {
            recv(socket, $0.baseAddress.map { $0 + kept }, wanted - kept, Int32(MSG_DONTWAIT))
        }
    }

    /// Processes the PDUs in the first `filled` octets and puts those for the library into `buffer`.
    private func sort(_ filled: Int, _ buffer: UnsafeMutableRawBufferPointer) -> Received {
        kept = 0
        guard skipping == 0 else {
            skipping -= filled
            return .nothing
        }
        var position = 0
        var passedOn = 0
        while filled - position >= AgentXHeader.length {
            guard let header = AgentXHeader(room.span.extracting(position..<filled)) else {
                // Without a valid header, nothing after it can be understood.
                session.note(.unreadable)
                session.sets.settle(&reply)
                session.sets.endSession()
                return .ended
            }
            let length = AgentXHeader.length + header.payloadLength
            guard length <= (session.isForLibrary(header) ? buffer.count : Self.longestPDU) else {
                session.refuseLong(header, in: &reply)
                skipping = max(0, length - (filled - position))
                position = min(filled, position + length)
                continue
            }
            guard filled - position >= length else { break }
            let pdu = position..<position + length
            position += length
            switch session.process(header, room.span.extracting(pdu), in: &reply) {
            case .answered(let count): note(count)
            case .done: break
            case .forLibrary:
                room.withUnsafeBytes { buffer[passedOn...].copyBytes(from: $0[pdu]) }
                passedOn += length
            case .closed: return .ended
            }
        }
        keep(position..<filled)
        return passedOn > 0 ? .octets(passedOn) : .nothing
    }

    /// Moves the octets of an incomplete PDU to the front, and returns the memory that a long one needed.
    private func keep(_ rest: Range<Int>) {
        kept = rest.count
        if kept > 0, rest.lowerBound > 0 {
            room.withUnsafeMutableBytes { $0.copyBytes(from: UnsafeRawBufferPointer(rebasing: $0[rest])) }
        }
        if kept == 0, room.count > AgentXReply.limit { room = [] }
    }

    /// Waits a moment for more input.
    private static func wait(for socket: CInt) -> Bool {
        var descriptor = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        return poll(&descriptor, 1, gatheringTime) > 0
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
