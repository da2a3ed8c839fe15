/// The header of every AgentX PDU (RFC 2741 §6.1).
package struct AgentXHeader: Equatable {
    /// The length of a header in octets.
    static let length = 20
    static let isNetworkByteOrder: UInt8 = 0x10
    static let hasContext: UInt8 = 0x08

    /// h.type.
    package enum Kind {
        static let open: UInt8 = 1
        static let close: UInt8 = 2
        static let get: UInt8 = 5
        package static let getNext: UInt8 = 6
        static let getBulk: UInt8 = 7
        static let testSet: UInt8 = 8
        static let commitSet: UInt8 = 9
        static let undoSet: UInt8 = 10
        static let cleanupSet: UInt8 = 11
        static let response: UInt8 = 18
    }

    var kind: UInt8
    var flags: UInt8
    var sessionID: UInt32
    var transactionID: UInt32
    var packetID: UInt32
    /// Number of octets after the header.
    var payloadLength: Int

    /// Nil if there are too few octets or the version is not 1.
    package init?(_ octets: Span<UInt8>) {
        guard octets.count >= Self.length, octets[0] == 1 else { return nil }
        kind = octets[1]
        flags = octets[2]
        let reader = AgentXReader(flags: flags)
        var position = 4
        guard let session = reader.number(octets, &position), let transaction = reader.number(octets, &position),
            let packet = reader.number(octets, &position), let payload = reader.number(octets, &position)
        else { return nil }
        (sessionID, transactionID, packetID, payloadLength) = (session, transaction, packet, Int(payload))
    }
}
