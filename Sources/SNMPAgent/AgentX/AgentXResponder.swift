package import MIPMIB

/// Answers Get, GetNext and GetBulk PDUs of an AgentX master (RFC 2741 §7.2.3). All search ranges of a PDU are answered in one pass from
/// one snapshot of the agent. Use it on the SNMP thread only.
package final class AgentXResponder {
    /// An SNMP context and the view that is served in it. The default context has an empty name.
    package struct Context {
        var name: [UInt8]
        var view: () -> MIBView

        package init(name: [UInt8], view: @escaping () -> MIBView) {
            self.name = name
            self.view = view
        }
    }

    /// The context that a PDU names.
    private enum Requested {
        case served(Context)
        /// The default context of a process without agents, or one that nobody serves: it contains no variables.
        case empty
        case unreadable
    }

    private let mib: MIPMIB
    /// The contexts, the default one first.
    private let contexts: [Context]
    // Reused for each range, so that a response allocates no names.
    private var start: [UInt] = []
    private var end: [UInt] = []
    private var found: [UInt] = []

    /// - Parameter contexts: the contexts, the default one first.
    package init(mib: MIPMIB, contexts: [Context]) {
        self.mib = mib
        self.contexts = contexts
    }

    /// Appends the response to a PDU and returns its number of variables: parseError for a malformed PDU, tooBig if the variables do not
    /// fit a response that a master accepts. Returns nil, and appends nothing, for a PDU of another kind.
    package func answer(_ header: AgentXHeader, _ pdu: Span<UInt8>, in reply: inout AgentXReply) -> Int? {
        let isBulk = header.kind == AgentXHeader.Kind.getBulk
        guard header.kind == AgentXHeader.Kind.get || header.kind == AgentXHeader.Kind.getNext || isBulk else { return nil }
        let reader = AgentXReader(flags: header.flags)
        var position = AgentXHeader.length
        let view: MIBView?
        switch context(header, reader, pdu, &position) {
        case .served(let context): view = context.view()
        case .empty: view = nil
        case .unreadable: return refuse(header, AgentXStatus.parseError, 0, &reply)
        }
        if isBulk { return bulk(header, reader, pdu, &position, view, &reply) }
        reply.begin(header)
        var count = 0
        while position < pdu.count {
            guard let include = reader.name(pdu, &position, into: &start), reader.name(pdu, &position, into: &end) != nil else {
                reply.abandon()
                return refuse(header, AgentXStatus.parseError, count + 1, &reply)
            }
            if header.kind == AgentXHeader.Kind.get {
                get(start, view, &reply)
            } else {
                _ = next(start, include, end, view, &found, &reply)
            }
            count += 1
            guard !reply.isTooLong else {
                reply.abandon()
                return refuse(header, AgentXStatus.tooBig, count, &reply)
            }
        }
        reply.end()
        return count
    }

    private func refuse(_ header: AgentXHeader, _ status: UInt16, _ index: Int, _ reply: inout AgentXReply) -> Int {
        reply.refuse(header, status, index: index)
        return 0
    }

    private func context(
        _ header: AgentXHeader, _ reader: AgentXReader, _ pdu: Span<UInt8>, _ position: inout Int
    ) -> Requested {
        guard header.flags & AgentXHeader.hasContext != 0 else { return contexts.isEmpty ? .empty : .served(contexts[0]) }
        guard let name = reader.string(pdu, &position) else { return .unreadable }
        for context in contexts where context.name.count == name.count {
            if context.name.indices.allSatisfy({ context.name[$0] == pdu[name.lowerBound + $0] }) { return .served(context) }
        }
        return .empty
    }

    private func get(_ name: [UInt], _ view: MIBView?, _ reply: inout AgentXReply) {
        guard let view else { return reply.append(name, .noSuchObject) }
        switch mib.get(name.span, in: view) {
        case .value(let value): reply.append(name, value)
        case .noSuchInstance: reply.append(name, .noSuchInstance)
        case .noSuchObject: reply.append(name, .noSuchObject)
        }
    }

    /// Returns whether a variable was found; its name is then in `found`.
    private func next(
        _ start: [UInt], _ include: Bool, _ end: [UInt], _ view: MIBView?, _ found: inout [UInt], _ reply: inout AgentXReply
    ) -> Bool {
        var value: MIBValue?
        if let view { value = mib.next(after: start.span, inclusive: include, in: view, name: &found) }
        // An empty end means no limit.
        guard let value, end.isEmpty || found.lexicographicallyPrecedes(end) else {
            reply.append(start, .endOfMibView)
            return false
        }
        reply.append(found, value)
        return true
    }

    /// A search range of a GetBulk, advanced to the last variable found in it.
    private struct Repeater {
        var start: [UInt]
        var include: Bool
        var end: [UInt]
        var isAtEnd = false
    }

    /// Answers a GetBulk (§7.2.3.3). The length of the response limits the repetitions, whatever their requested number.
    private func bulk(
        _ header: AgentXHeader, _ reader: AgentXReader, _ pdu: Span<UInt8>, _ position: inout Int, _ view: MIBView?,
        _ reply: inout AgentXReply
    ) -> Int {
        guard let nonRepeaters = reader.short(pdu, &position), let repetitions = reader.short(pdu, &position) else {
            return refuse(header, AgentXStatus.parseError, 0, &reply)
        }
        reply.begin(header)
        var count = 0
        var repeaters: [Repeater] = []
        while position < pdu.count {
            guard let include = reader.name(pdu, &position, into: &start), reader.name(pdu, &position, into: &end) != nil else {
                reply.abandon()
                return refuse(header, AgentXStatus.parseError, count + repeaters.count + 1, &reply)
            }
            guard count >= Int(nonRepeaters) else {
                _ = next(start, include, end, view, &found, &reply)
                count += 1
                guard reply.isTooLong else { continue }
                reply.abandon()
                return refuse(header, AgentXStatus.tooBig, count, &reply)
            }
            repeaters.append(Repeater(start: start, include: include, end: end))
        }
        for _ in 0..<repetitions where repeaters.contains(where: { !$0.isAtEnd }) {
            for number in repeaters.indices {
                let before = reply.octets.count
                let repeater = repeaters[number]
                if repeater.isAtEnd {
                    reply.append(repeater.start, .endOfMibView)
                } else if next(repeater.start, repeater.include, repeater.end, view, &found, &reply) {
                    repeaters[number].start = found
                    repeaters[number].include = false
                } else {
                    repeaters[number].isAtEnd = true
                }
                if reply.isTooLong {
                    reply.shorten(to: before)
                    reply.end()
                    return count
                }
                count += 1
            }
        }
        reply.end()
        return count
    }
}
