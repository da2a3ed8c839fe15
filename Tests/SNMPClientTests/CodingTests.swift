import MIPTesting
import Testing

@testable import SNMPClient

@Suite("The encoding of SNMP messages")
struct CodingTests {
    static let values: [SNMPValue] = [
        .integer(0), .integer(127), .integer(128), .integer(-1), .integer(-129), .integer(.max), .integer(.min),
        .octets([]), .octets(Array(repeating: 7, count: 300)), .objectIdentifier([1, 3, 6, 1, 4, 1, 8072]),
        .objectIdentifier([2, 999, .max]), .ipAddress([192, 0, 2, 1]), .counter32(0), .counter32(.max), .gauge32(1 << 31),
        .timeTicks(12345), .opaque([1]), .counter64(.max), .counter64(0), .null, .noSuchObject, .noSuchInstance, .endOfMibView,
    ]

    @Test("Every value is read back unchanged", arguments: values)
    func roundTrip(value: SNMPValue) throws {
        var writer = BERWriter()
        writer.value(value)
        var reader = BERReader(writer.octets)
        #expect(try reader.value() == value)
        #expect(reader.isAtEnd)
    }

    @Test(
        "Numbers have the shortest form (X.690 §8.3.2)",
        arguments: [
            (SNMPValue.integer(127), [2, 1, 127]), (.integer(128), [2, 2, 0, 128]), (.integer(-128), [2, 1, 128]),
            (.counter32(.max), [0x41, 5, 0, 255, 255, 255, 255]),
        ] as [(SNMPValue, [UInt8])])
    func shortest(value: SNMPValue, octets: [UInt8]) {
        var writer = BERWriter()
        writer.value(value)
        #expect(writer.octets == octets)
    }

    @Test("Mutated messages are read or refused and never trap: 200,000 messages of both versions")
    func garbage() throws {
        var generator = SeededGenerator(seed: 44)
        let pdu = ProtocolDataUnit(.response, requestID: 7, bindings: Self.values.map { VariableBinding([1, 3, 6, 1], $0) })
        let keys = LocalizedKeys(authentication: (.sha256, "authentication"), privacyPassword: "privacy!", engineID: [1, 2, 3])
        let message = SecureMessage(
            messageID: 7, engine: .init(identifier: [1, 2, 3], boots: 1, time: 1), userName: [65], pdu: pdu)
        var plain = BERWriter()
        pdu.write(to: &plain)
        let seeds = [
            plain.octets, try message.encoded(keys: nil, isPrivate: false, context: [], salt: []),
            try message.encoded(keys: keys, isPrivate: true, context: [65], salt: Array(0..<8)),
        ]
        var read = 0
        for _ in 0..<TestLength.cases(200_000, long: 5_000_000) {
            var octets = seeds.randomElement(using: &generator) ?? []
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let index = Int.random(in: 0..<octets.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: octets[index] = UInt8.random(in: 0...255, using: &generator)
                case 1: octets.removeSubrange(index...)
                default: octets.insert(UInt8.random(in: 0...255, using: &generator), at: index)
                }
                if octets.isEmpty { octets = [0x30] }
            }
            var reader = BERReader(octets)
            if (try? ProtocolDataUnit(from: &reader)) != nil { read += 1 }
            if (try? SecureMessage(octets, keys: Bool.random(using: &generator) ? nil : keys)) != nil { read += 1 }
        }
        #expect(read > 1000)
    }

    @Test("A password becomes the key of RFC 3414 §A.3.2")
    func localizedKey() {
        let key = LocalizedKeys.localized("maplesyrup", .sha1, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2])
        #expect(
            key == [
                0x66, 0x95, 0xFE, 0xBC, 0x92, 0x88, 0xE3, 0x62, 0x82, 0x23, 0x5F, 0xC7, 0x15, 0x1F, 0x12, 0x84, 0x97, 0xB3, 0x8F,
                0x3F,
            ])
    }
}
