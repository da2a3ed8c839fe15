import MIPMIB
import MobileIPv4

extension AgentXReader {
    /// A number of two octets.
    func short(_ octets: Span<UInt8>, _ position: inout Int) -> UInt16? {
        guard octets.count - position >= 2 else { return nil }
        defer { position += 2 }
        let (a, b) = (UInt16(octets[position]), UInt16(octets[position + 1]))
        return isNetworkByteOrder ? a << 8 | b : b << 8 | a
    }

    /// A variable binding (§5.4) as an assignment. Nil if it is incomplete or its type does not exist.
    func assignment(_ octets: Span<UInt8>, _ position: inout Int) -> MIBAssignment? {
        var name: [UInt] = []
        guard let type = short(octets, &position), octets.count - position >= 2 else { return nil }
        position += 2
        guard self.name(octets, &position, into: &name) != nil, let content = content(type, octets, &position) else { return nil }
        return MIBAssignment(oid: name, content: content)
    }

    private func content(_ type: UInt16, _ octets: Span<UInt8>, _ position: inout Int) -> MIBAssignment.Content? {
        switch type {
        case 2: return number(octets, &position).map { .value(.integer(Int32(bitPattern: $0))) }
        case 65: return number(octets, &position).map { .value(.counter($0)) }
        // Unsigned32 has the type of Gauge32.
        case 66: return number(octets, &position).map { .value(.unsigned($0)) }
        case 67: return number(octets, &position).map { .value(.timeTicks($0)) }
        case 70:
            guard let first = number(octets, &position), let second = number(octets, &position) else { return nil }
            let (high, low) = isNetworkByteOrder ? (first, second) : (second, first)
            return .value(.counter64(UInt64(high) << 32 | UInt64(low)))
        case 4:
            guard let range = string(octets, &position) else { return nil }
            return .value(.octets(range.map { octets[$0] }))
        case 64:
            guard let range = string(octets, &position) else { return nil }
            guard range.count == 4 else { return .malformed }
            let start = range.lowerBound
            return .value(.ipAddress(IPv4Address(octets[start], octets[start + 1], octets[start + 2], octets[start + 3])))
        case 5: return .foreign
        case 6:
            var value: [UInt] = []
            return name(octets, &position, into: &value).map { _ in .foreign }
        case 68: return string(octets, &position).map { _ in .foreign }
        default: return nil
        }
    }

    /// Whether a PDU that a master sends to a subagent can be parsed: its parts are complete and fill it exactly.
    func isWellFormed(_ header: AgentXHeader, _ pdu: Span<UInt8>) -> Bool {
        var position = AgentXHeader.length
        var name: [UInt] = []
        guard header.payloadLength % 4 == 0 else { return false }
        switch header.kind {
        case AgentXHeader.Kind.close: return header.payloadLength == 4
        case AgentXHeader.Kind.commitSet, AgentXHeader.Kind.undoSet, AgentXHeader.Kind.cleanupSet:
            return header.payloadLength == 0
        case AgentXHeader.Kind.get, AgentXHeader.Kind.getNext, AgentXHeader.Kind.getBulk, AgentXHeader.Kind.testSet: break
        default: return true
        }
        if header.flags & AgentXHeader.hasContext != 0, string(pdu, &position) == nil { return false }
        if header.kind == AgentXHeader.Kind.getBulk, number(pdu, &position) == nil { return false }
        while position < pdu.count {
            if header.kind == AgentXHeader.Kind.testSet {
                guard assignment(pdu, &position) != nil else { return false }
            } else {
                guard self.name(pdu, &position, into: &name) != nil, self.name(pdu, &position, into: &name) != nil else {
                    return false
                }
            }
        }
        return true
    }
}
