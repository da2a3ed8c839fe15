import FuzzSupport

@testable import SNMPClient

/// Elements of the basic encoding rules, and PDUs.
enum BERFuzzer: FuzzTarget {
    static let name = "ber"
    static let about = "values and PDUs read from any octets are a fixed point of writing and reading, within their limits"

    static func run(_ input: [UInt8]) throws {
        try elements(input)
        var reader = BERReader(input)
        if let pdu = try? ProtocolDataUnit(from: &reader) { try check(pdu) }
        var values = BERReader(input)
        while !values.isAtEnd {
            let before = values.offset
            let value: SNMPValue
            do throws(BERError) {
                value = try values.value()
            } catch {
                return try require(error.description.contains("octet"), "\(error)")
            }
            try require(values.offset > before && values.offset <= input.count, "no progress at \(before)")
            try check(value)
        }
    }

    private static func elements(_ input: [UInt8]) throws {
        var reader = BERReader(input)
        while !reader.isAtEnd {
            let before = reader.offset
            guard let (tag, content) = try? reader.element() else { return }
            try requireEqual(tag, input[before], "tag")
            try require(content.lowerBound >= before + 2 && content.upperBound == reader.offset, "content \(content)")
            try require(content.upperBound <= input.count, "content past the end")
        }
    }

    static func check(_ value: SNMPValue) throws {
        switch value {
        case .ipAddress(let address): try requireEqual(address.count, 4, "length of an address")
        case .objectIdentifier(let parts): try require(parts.count <= 128, "\(parts.count) sub-identifiers")
        default: break
        }
        var writer = BERWriter()
        writer.value(value)
        var reader = BERReader(writer.octets)
        let again = try reader.value()
        try require(reader.isAtEnd, "octets after \(value)")
        // Written without parts, an identifier has the shortest form there is.
        if case .objectIdentifier(let parts) = value, parts.isEmpty {
            try requireEqual(again, .objectIdentifier([0, 0]), "an identifier without parts")
        } else {
            try requireEqual(again, value, "read again")
        }
    }

    static func check(_ pdu: ProtocolDataUnit) throws {
        for binding in pdu.bindings { try check(binding.value) }
        guard pdu.bindings.allSatisfy({ !$0.name.isEmpty && $0.value != .objectIdentifier([]) }) else { return }
        var writer = BERWriter()
        pdu.write(to: &writer)
        var reader = BERReader(writer.octets)
        try requireEqual(try ProtocolDataUnit(from: &reader), pdu, "PDU read again")
        try require(reader.isAtEnd, "octets after a PDU")
    }
}
