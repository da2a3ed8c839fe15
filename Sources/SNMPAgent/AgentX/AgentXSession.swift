/// What a subagent does with the PDUs of its master (RFC 2741 §7), apart from the responses that libnetsnmp waits for. Use it on the SNMP
/// thread only.
final class AgentXSession {
    /// What becomes of a PDU.
    enum Outcome: Equatable {
        /// Read requests were answered; the number of variables.
        case answered(Int)
        /// Answered otherwise, or one that needs no answer.
        case done
        /// For libnetsnmp.
        case forLibrary
        /// The master has closed the session.
        case closed
    }

    /// What the operator may want to know about the master.
    enum Incident: Hashable {
        /// The master closed the session for this reason (§6.2.2).
        case closed(reason: UInt8)
        /// A PDU of this type was answered with this status of AgentX.
        case refused(kind: UInt8, status: UInt16)
        /// What the master sends is not AgentX version 1.
        case unreadable
    }

    let responder: AgentXResponder
    let sets: AgentXSets
    /// Whether requests are answered here. Otherwise they are for libnetsnmp, which here is only protected from what it does not answer.
    private let answersRequests: Bool
    private let report: (Incident) -> Void
    private let now: () -> ContinuousClock.Instant
    /// h.sessionID of this session; nil if not known, which accepts any.
    private var identifier: UInt32?
    /// When each incident was reported. Kept from session to session: a master may open and close one every second.
    private var reported: [Incident: ContinuousClock.Instant] = [:]
    /// How long the same incident is not reported again.
    static let silence = Duration.seconds(600)

    init(
        responder: AgentXResponder, sets: AgentXSets, answersRequests: Bool = true,
        now: @escaping () -> ContinuousClock.Instant = { .now }, report: @escaping (Incident) -> Void
    ) {
        self.now = now
        self.answersRequests = answersRequests
        self.responder = responder
        self.sets = sets
        self.report = report
    }

    /// Begins a session with this identifier and discards what an earlier one has left.
    func begin(_ identifier: UInt32?) {
        sets.endSession()
        self.identifier = identifier
    }

    /// Reports an incident unless the same was reported in the last ten minutes.
    func note(_ incident: Incident) {
        let now = now()
        if let last = reported[incident], now - last < Self.silence { return }
        if reported.count >= 64 { reported = reported.filter { now - $0.value < Self.silence } }
        guard reported.count < 64 else { return }
        reported[incident] = now
        report(incident)
    }

    /// Whether libnetsnmp gets a PDU of this type if nothing is wrong with it.
    func isForLibrary(_ header: AgentXHeader) -> Bool {
        let requests = AgentXHeader.Kind.get...AgentXHeader.Kind.cleanupSet
        return header.kind == AgentXHeader.Kind.response || !answersRequests && requests.contains(header.kind)
    }

    /// Processes a complete PDU and appends the responses to it.
    func process(_ header: AgentXHeader, _ pdu: Span<UInt8>, in reply: inout AgentXReply) -> Outcome {
        typealias Kind = AgentXHeader.Kind
        if header.kind != Kind.testSet { sets.settle(&reply) }
        if header.kind == Kind.response { return .forLibrary }
        // Every PDU consists of words of four octets (§6.1).
        guard header.payloadLength % 4 == 0 else { return refuse(header, AgentXStatus.parseError, &reply) }
        if let identifier, header.sessionID != identifier {
            let status = reader(header).isWellFormed(header, pdu) ? AgentXStatus.notOpen : AgentXStatus.parseError
            return refuse(header, status, &reply)
        }
        if !answersRequests, isForLibrary(header) {
            return reader(header).isWellFormed(header, pdu) ? .forLibrary : refuse(header, AgentXStatus.parseError, &reply)
        }
        switch header.kind {
        case Kind.get, Kind.getNext, Kind.getBulk: return .answered(responder.answer(header, pdu, in: &reply) ?? 0)
        case Kind.testSet, Kind.commitSet, Kind.undoSet, Kind.cleanupSet:
            sets.process(header, pdu, in: &reply)
            return .done
        case Kind.close:
            guard header.payloadLength == 4 else { return refuse(header, AgentXStatus.parseError, &reply) }
            note(.closed(reason: pdu[AgentXHeader.length]))
            sets.endSession()
            reply.refuse(header, AgentXStatus.noError)
            return .closed
        case Kind.open..<Kind.response:
            // A subagent sends these, a master does not.
            return refuse(header, AgentXStatus.processingError, &reply)
        default: return refuse(header, AgentXStatus.parseError, &reply)
        }
    }

    /// Refuses a PDU that is too long to be read.
    func refuseLong(_ header: AgentXHeader, in reply: inout AgentXReply) {
        guard header.kind != AgentXHeader.Kind.response else { return }
        _ = refuse(header, AgentXStatus.tooBig, &reply)
    }

    /// Answers with an error, unless no answer is expected.
    private func refuse(_ header: AgentXHeader, _ status: UInt16, _ reply: inout AgentXReply) -> Outcome {
        note(.refused(kind: header.kind, status: status))
        sets.settle(&reply)
        if header.kind != AgentXHeader.Kind.cleanupSet {
            // The master of net-snmp turns tooBig without an index into genErr.
            reply.refuse(header, status, index: status == AgentXStatus.tooBig ? 1 : 0)
        }
        return .done
    }

    private func reader(_ header: AgentXHeader) -> AgentXReader { AgentXReader(flags: header.flags) }
}

extension AgentXSession.Incident: CustomStringConvertible {
    var description: String {
        switch self {
        case .closed(let reason):
            let reasons = [
                1: "other", 2: "parse errors", 3: "protocol errors", 4: "timeouts", 5: "shutdown", 6: "requested by a manager",
            ]
            return "the AgentX master closed the session (\(reasons[Int(reason)] ?? "reason \(reason)")); reconnecting"
        case .refused(let kind, let status):
            return "the AgentX master sent a PDU of type \(kind) that was refused with \(AgentXStatus.name(Int(status)))"
        case .unreadable: return "the AgentX master sends something other than AgentX version 1; reconnecting"
        }
    }
}
