import MIPMIB

/// The steps of one SetRequest.
protocol SetSteps: AnyObject {
    /// - Parameter index: identifies the varbind in failures. Varbinds are planned in the order of their indexes.
    func collect(_ assignment: MIBAssignment, index: CInt)
    /// Plans everything collected, once. Nil if the change can be made.
    func reserve() -> SetTransaction.Failure?
    /// Makes the change, once. Nil if it was made.
    func commit() -> SetTransaction.Failure?
    /// Undoes the change, once. Nil if that succeeded or nothing had been made.
    func undo() -> SetTransaction.Failure?
}

extension SetTransaction: SetSteps {}

/// The SetRequests of an AgentX master (RFC 2741 §7.2.4). Use it on the SNMP thread only.
///
/// A master must send all varbinds of a request in one TestSet. That of net-snmp sends one for each registered subtree, one after the
/// other, and likewise the PDUs of the later phases. The TestSets of one transaction are therefore gathered and planned together; `settle`
/// answers them, before anything that arrived later is answered. One that arrives later is planned again together with the earlier ones.
/// The master repeats a PDU that it believes lost, and gets the same answer.
final class AgentXSets {
    /// An SNMP context and how a SetRequest in it is carried out. The default context has an empty name.
    struct Context {
        var name: [UInt8]
        var make: () -> any SetSteps
    }

    /// A TestSet that was received.
    private struct Part {
        var header: AgentXHeader
        var assignments: [MIBAssignment]
        /// Nil until it is planned.
        var result: (status: UInt16, index: Int)?
    }

    private enum Phase {
        case testing, committed, ended
    }

    private struct Transaction {
        var identifier: UInt32
        /// Position in `contexts`.
        var context: Int
        var parts: [Part] = []
        var steps: (any SetSteps)?
        var phase = Phase.testing
        /// The packet identifiers of the CommitSets and UndoSets received, in this order.
        var commits: [UInt32] = []
        var undos: [UInt32] = []
    }

    /// More TestSets than net-snmp sends, which is one for each module.
    private static let maximumParts = 16

    private let contexts: [Context]
    private let note: (SetTransaction.Failure) -> Void
    private var current: Transaction?

    /// - Parameters:
    ///   - contexts: the contexts, the default one first.
    ///   - note: called for each refusal.
    init(contexts: [Context], note: @escaping (SetTransaction.Failure) -> Void) {
        self.contexts = contexts
        self.note = note
    }

    /// Whether `settle` has TestSets to answer.
    var isGathering: Bool { current?.parts.contains { $0.result == nil } ?? false }

    /// Processes a PDU and appends its response, except that of a TestSet, which `settle` appends. There is none for a CleanupSet.
    func process(_ header: AgentXHeader, _ pdu: Span<UInt8>, in reply: inout AgentXReply) {
        if header.kind == AgentXHeader.Kind.testSet { return test(header, pdu, &reply) }
        settle(&reply)
        guard header.payloadLength == 0 else {
            if header.kind != AgentXHeader.Kind.cleanupSet { reply.refuse(header, AgentXStatus.parseError) }
            return
        }
        switch header.kind {
        case AgentXHeader.Kind.commitSet: commit(header, &reply)
        case AgentXHeader.Kind.undoSet: undo(header, &reply)
        default: if current?.identifier == header.transactionID { current?.phase = .ended }
        }
    }

    /// Undoes a change that the master committed without ending the request, because it has closed the session (§7.3.1).
    func endSession() {
        if let current, current.phase == .committed { _ = current.steps?.undo() }
        current = nil
    }

    // MARK: - TestSet

    private func test(_ header: AgentXHeader, _ pdu: Span<UInt8>, _ reply: inout AgentXReply) {
        let reader = AgentXReader(flags: header.flags)
        var position = AgentXHeader.length
        var name: [UInt8] = []
        if header.flags & AgentXHeader.hasContext != 0 {
            guard let range = reader.string(pdu, &position) else { return refuse(header, AgentXStatus.parseError, &reply) }
            name = range.map { pdu[$0] }
        }
        var assignments: [MIBAssignment] = []
        while position < pdu.count {
            guard let assignment = reader.assignment(pdu, &position) else {
                return refuse(header, AgentXStatus.parseError, index: assignments.count + 1, &reply)
            }
            assignments.append(assignment)
        }
        guard let context = contexts.firstIndex(where: { $0.name == name }) else {
            // A context that nobody serves contains nothing to write.
            return refuse(header, AgentXStatus.notWritable, index: 1, &reply)
        }
        open(header, context, &reply)
        guard let transaction = current else { return }
        if let known = transaction.parts.firstIndex(where: { $0.header.packetID == header.packetID }) {
            settle(&reply)
            if let result = current?.parts[known].result { reply.refuse(header, result.status, index: result.index) }
            return
        }
        guard transaction.parts.count < Self.maximumParts, transaction.phase == .testing else {
            return refuse(header, AgentXStatus.processingError, &reply)
        }
        current?.parts.append(Part(header: header, assignments: assignments))
    }

    /// Refuses a TestSet that is not gathered, after those that are.
    private func refuse(_ header: AgentXHeader, _ status: UInt16, index: Int = 0, _ reply: inout AgentXReply) {
        settle(&reply)
        reply.refuse(header, status, index: index)
    }

    /// Makes the transaction of this PDU the current one. One that its master has left unfinished is answered and dropped.
    private func open(_ header: AgentXHeader, _ context: Int, _ reply: inout AgentXReply) {
        if let current, current.identifier == header.transactionID, current.context == context, current.phase != .ended { return }
        settle(&reply)
        current = Transaction(identifier: header.transactionID, context: context)
    }

    /// Plans the TestSets that were gathered and appends their responses.
    func settle(_ reply: inout AgentXReply) {
        guard isGathering, var transaction = current else { return }
        let steps = contexts[transaction.context].make()
        for (number, part) in transaction.parts.enumerated() {
            for (position, assignment) in part.assignments.enumerated() {
                steps.collect(assignment, index: Self.index(number, position + 1))
            }
        }
        let failure = steps.reserve()
        if let failure { report(failure) }
        transaction.steps = steps
        // Which were answered before: their answers cannot be changed.
        let isAnswered = transaction.parts.map { $0.result != nil }
        for number in transaction.parts.indices where !isAnswered[number] {
            var result: (status: UInt16, index: Int) = (AgentXStatus.noError, 0)
            if let failure {
                let place = Self.place(failure)
                let status = UInt16(clamping: failure.status.rawValue)
                if place.part == number {
                    result = (status, place.index)
                } else if isAnswered.indices.contains(place.part), isAnswered[place.part] {
                    // A varbind of a TestSet that was accepted fails together with this one, so this one is refused.
                    result = (status, 1)
                }
            }
            transaction.parts[number].result = result
            reply.refuse(transaction.parts[number].header, result.status, index: result.index)
        }
        current = transaction
    }

    // MARK: - CommitSet and UndoSet

    private func commit(_ header: AgentXHeader, _ reply: inout AgentXReply) {
        guard var transaction = current, transaction.identifier == header.transactionID, transaction.phase != .ended,
            let steps = transaction.steps
        else { return reply.refuse(header, AgentXStatus.processingError) }
        let number = Self.place(of: header, in: &transaction.commits)
        let failure = steps.commit()
        if let failure, number == 0 { report(failure) }
        transaction.phase = .committed
        current = transaction
        answer(header, failure, AgentXStatus.commitFailed, part: number, of: transaction.parts.count, &reply)
    }

    private func undo(_ header: AgentXHeader, _ reply: inout AgentXReply) {
        guard var transaction = current, transaction.identifier == header.transactionID, let steps = transaction.steps else {
            return reply.refuse(header, AgentXStatus.processingError)
        }
        let number = Self.place(of: header, in: &transaction.undos)
        let failure = steps.undo()
        if let failure { report(failure) }
        transaction.phase = .ended
        current = transaction
        answer(header, failure, AgentXStatus.undoFailed, part: number, of: transaction.parts.count, &reply)
    }

    /// Answers the n-th CommitSet or UndoSet, which is for the n-th TestSet: the failure is reported only where its varbind is.
    private func answer(
        _ header: AgentXHeader, _ failure: SetTransaction.Failure?, _ status: UInt16, part: Int, of count: Int,
        _ reply: inout AgentXReply
    ) {
        guard let failure else { return reply.refuse(header, AgentXStatus.noError) }
        let place = Self.place(failure)
        if place.part != part && part < count { return reply.refuse(header, AgentXStatus.noError) }
        reply.refuse(header, status, index: place.index)
    }

    private static func place(of header: AgentXHeader, in packets: inout [UInt32]) -> Int {
        if let known = packets.firstIndex(of: header.packetID) { return known }
        if packets.count < maximumParts { packets.append(header.packetID) }
        return packets.count - 1
    }

    private func report(_ failure: SetTransaction.Failure) {
        var shown = failure
        shown.index = CInt(clamping: Self.place(failure).index)
        note(shown)
    }

    // MARK: - Indexes

    private static let partSize = 1 << 20

    /// - Parameter position: counted from 1.
    private static func index(_ part: Int, _ position: Int) -> CInt { CInt(clamping: part * partSize + position) }

    private static func place(_ failure: SetTransaction.Failure) -> (part: Int, index: Int) {
        (Int(failure.index) / partSize, Int(failure.index) % partSize)
    }
}
