import FuzzSupport
import MIPMIB

@testable import SNMPAgent

/// One PDU of an AgentX master.
enum AgentXFuzzer: FuzzTarget {
    static let name = "agentx"
    static let about = "each answered PDU has one well-formed response, whose variables are what the MIB's own search finds"
    static let maximumLength = 2048

    static func run(_ input: [UInt8]) throws {
        guard let header = AgentXHeader(input.span) else { return }
        var pdu = input
        // The stream passes on PDUs of exactly the length in their header.
        if header.payloadLength != input.count - AgentXHeader.length {
            guard header.payloadLength < input.count - AgentXHeader.length else { return }
            pdu = Array(input[..<(AgentXHeader.length + header.payloadLength)])
        }
        var reply = ServedMIB.reply
        guard let count = ServedMIB.responder.answer(header, pdu.span, in: &reply) else {
            try require(reply.octets.isEmpty, "a response remains of a PDU that was passed on")
            return
        }
        let answer = try AgentXAnswer(reply.octets)
        try requireEqual(answer.length, reply.octets.count, "length of the response")
        try requireEqual(answer.header.sessionID, header.sessionID, "session")
        try requireEqual(answer.header.transactionID, header.transactionID, "transaction")
        try requireEqual(answer.header.packetID, header.packetID, "packet")
        try require(reply.octets.count <= ServedMIB.longestResponse, "a response of \(reply.octets.count) octets")
        guard answer.errorStatus == 0 else { return }
        try requireEqual(answer.variables.count, count, "number of variables")
        if header.kind == AgentXHeader.Kind.getBulk { return try requireExistence(answer) }
        try compare(answer, with: pdu, header)
    }

    /// What a GetBulk finds, Get finds too.
    private static func requireExistence(_ answer: AgentXAnswer) throws {
        for variable in answer.variables where variable.type != 130 {
            let value = ServedMIB.mib.get(variable.name.span, in: ServedMIB.view)
            guard case .value = value else { throw Finding("GetBulk finds \(variable.name), which Get does not") }
        }
    }

    /// Compares the variables with the search ranges of a PDU, which is well formed since it was answered.
    private static func compare(_ answer: AgentXAnswer, with pdu: [UInt8], _ header: AgentXHeader) throws {
        let reader = AgentXReader(flags: header.flags)
        var position = AgentXHeader.length
        if header.flags & AgentXHeader.hasContext != 0 { _ = reader.string(pdu.span, &position) }
        for variable in answer.variables {
            var (start, end): ([UInt], [UInt]) = ([], [])
            guard let include = reader.name(pdu.span, &position, into: &start),
                reader.name(pdu.span, &position, into: &end) != nil
            else { throw Finding("more variables than search ranges") }
            if header.kind == AgentXHeader.Kind.get {
                try requireEqual(variable.name, start, "name of a Get")
                let exists: Bool
                if case .value = ServedMIB.mib.get(start.span, in: ServedMIB.view) { exists = true } else { exists = false }
                try requireEqual(variable.type < 128, exists, "whether \(start) exists")
                continue
            }
            if variable.type == 130 {
                try requireEqual(variable.name, start, "name at the end of the view")
            } else {
                let follows = start.lexicographicallyPrecedes(variable.name) || include && start == variable.name
                try require(follows, "\(variable.name) does not follow \(start)")
                try require(end.isEmpty || variable.name.lexicographicallyPrecedes(end), "\(variable.name) is not before \(end)")
                let value = ServedMIB.mib.get(variable.name.span, in: ServedMIB.view)
                guard case .value = value else { throw Finding("GetNext finds \(variable.name), which Get does not") }
            }
        }
        try requireEqual(position, pdu.count, "end of the search ranges")
    }
}
