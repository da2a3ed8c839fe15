/// A PDU of SNMPv2 (RFC 3416 §3).
struct ProtocolDataUnit: Hashable, Sendable {
    enum Kind: UInt8, Sendable {
        case getRequest = 0xA0
        case getNextRequest = 0xA1
        case response = 0xA2
        case setRequest = 0xA3
        case getBulkRequest = 0xA5
        case report = 0xA8
    }

    var kind: Kind
    var requestID: Int32
    /// error-status; non-repeaters of a GetBulkRequest.
    var errorStatus: Int32 = 0
    /// error-index; max-repetitions of a GetBulkRequest.
    var errorIndex: Int32 = 0
    var bindings: [VariableBinding]

    func write(to writer: inout BERWriter) {
        writer.constructed(kind.rawValue) { pdu in
            pdu.integer(Int64(requestID))
            pdu.integer(Int64(errorStatus))
            pdu.integer(Int64(errorIndex))
            pdu.constructed { list in
                for binding in bindings {
                    list.constructed { pair in
                        pair.objectIdentifier(binding.name)
                        pair.value(binding.value)
                    }
                }
            }
        }
    }

    init(_ kind: Kind, requestID: Int32, bindings: [VariableBinding]) {
        self.kind = kind
        self.requestID = requestID
        self.bindings = bindings
    }

    init(from reader: inout BERReader) throws(BERError) {
        guard let tag = reader.nextTag, let kind = Kind(rawValue: tag) else {
            throw BERError("PDU of unknown type \(reader.nextTag ?? 0)", at: reader.offset)
        }
        self.kind = kind
        var pdu = try reader.constructed(tag, "a PDU")
        requestID = try pdu.integer32()
        errorStatus = try pdu.integer32()
        errorIndex = try pdu.integer32()
        var list = try pdu.constructed(BERTag.sequence, "variable bindings")
        bindings = []
        while !list.isAtEnd {
            var pair = try list.constructed(BERTag.sequence, "a variable binding")
            let name = try pair.objectIdentifier()
            bindings.append(VariableBinding(name, try pair.value()))
        }
    }
}
