package import MIPMIB

/// Answers Get and GetNext PDUs of an AgentX master (RFC 2741 §7.2.3). All search ranges of a PDU are answered in one pass from one
/// snapshot of the agent. Use it on the SNMP thread only.
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

    /// Appends the response to a PDU and returns its number of variables. Returns nil for a PDU that must be answered elsewhere: one of
    /// another kind, for an unknown context, or malformed.
    package func answer(_ header: AgentXHeader, _ pdu: Span<UInt8>, in reply: inout AgentXReply) -> Int? {
        guard header.kind == AgentXHeader.Kind.get || header.kind == AgentXHeader.Kind.getNext else { return nil }
        let reader = AgentXReader(flags: header.flags)
        var position = AgentXHeader.length
        guard let context = context(header, reader, pdu, &position) else { return nil }
        let view = context.view()
        reply.begin(header)
        var count = 0
        while position < pdu.count {
            guard let include = reader.name(pdu, &position, into: &start), reader.name(pdu, &position, into: &end) != nil else {
                reply.abandon()
                return nil
            }
            if header.kind == AgentXHeader.Kind.get {
                get(start, view, &reply)
            } else {
                next(start, include, end, view, &found, &reply)
            }
            count += 1
        }
        reply.end()
        return count
    }

    private func context(
        _ header: AgentXHeader, _ reader: AgentXReader, _ pdu: Span<UInt8>, _ position: inout Int
    ) -> Context? {
        guard header.flags & AgentXHeader.hasContext != 0 else { return contexts.isEmpty ? nil : contexts[0] }
        guard let name = reader.string(pdu, &position) else { return nil }
        for context in contexts where context.name.count == name.count {
            if context.name.indices.allSatisfy({ context.name[$0] == pdu[name.lowerBound + $0] }) { return context }
        }
        return nil
    }

    private func get(_ name: [UInt], _ view: MIBView, _ reply: inout AgentXReply) {
        switch mib.get(name.span, in: view) {
        case .value(let value): reply.append(name, value)
        case .noSuchInstance: reply.append(name, .noSuchInstance)
        case .noSuchObject: reply.append(name, .noSuchObject)
        }
    }

    private func next(
        _ start: [UInt], _ include: Bool, _ end: [UInt], _ view: MIBView, _ found: inout [UInt], _ reply: inout AgentXReply
    ) {
        let value = mib.next(after: start.span, inclusive: include, in: view, name: &found)
        // An empty end means no limit.
        if let value, end.isEmpty || found.lexicographicallyPrecedes(end) {
            reply.append(found, value)
        } else {
            reply.append(start, .endOfMibView)
        }
    }
}
