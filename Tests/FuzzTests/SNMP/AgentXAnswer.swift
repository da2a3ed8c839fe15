import FuzzSupport

@testable import SNMPAgent

/// A Response PDU, read strictly (RFC 2741 §6.2.16): anything left over or missing is a finding.
struct AgentXAnswer {
    struct Variable: Equatable {
        let type: UInt16
        let name: [UInt]
    }

    let header: AgentXHeader
    let errorStatus: UInt16
    var variables: [Variable] = []
    /// Number of octets of the PDU.
    let length: Int

    /// Reads the PDU at the beginning of the octets.
    init(_ octets: [UInt8]) throws {
        guard let header = AgentXHeader(octets.span) else { throw Finding("a response without a header") }
        self.header = header
        try requireEqual(header.kind, 18, "type of a response")
        length = AgentXHeader.length + header.payloadLength
        try require(length <= octets.count && length % 4 == 0, "a response of \(length) octets in \(octets.count)")
        let pdu = Array(octets[..<length])
        let isNetworkByteOrder = header.flags & 0x10 != 0
        func half(_ position: Int) -> UInt16 {
            let (a, b) = (UInt16(pdu[position]), UInt16(pdu[position + 1]))
            return isNetworkByteOrder ? a << 8 | b : b << 8 | a
        }
        try require(header.payloadLength >= 8, "a response without its fixed part")
        errorStatus = half(AgentXHeader.length + 4)
        var position = AgentXHeader.length + 8
        let reader = AgentXReader(flags: header.flags)
        while position < length {
            try require(length - position >= 4, "a truncated variable")
            let type = half(position)
            position += 4
            var name: [UInt] = []
            guard reader.name(pdu.span, &position, into: &name) != nil else { throw Finding("a truncated name") }
            switch type {
            case 2, 65, 66, 67: position += 4
            case 70: position += 8
            case 4, 6, 64, 68:
                guard reader.string(pdu.span, &position) != nil else { throw Finding("a truncated string") }
            case 5, 128, 129, 130: break
            default: throw Finding("a variable of the unknown type \(type)")
            }
            try require(position <= length, "a truncated value")
            variables.append(Variable(type: type, name: name))
        }
    }
}
