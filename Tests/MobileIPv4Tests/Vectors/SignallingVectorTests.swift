import MIPTesting
import MobileIPv4
import Testing

@Suite("The test vectors of the RFCs that extend registration")
struct SignallingVectorTests {
    /// What makes values of different types comparable.
    private static func hashable(_ value: some MobileIPExtension) -> AnyHashable { AnyHashable(value) }

    @Test("A message decodes to its fields and extensions", arguments: try SignallingVector.all())
    func decode(_ vector: SignallingVector) throws {
        let fixed = try vector.fixed.decode(vector.octets)
        #expect(fixed == vector.fixed)
        let values = try readExtensions(of: vector.octets.span.bytes, from: vector.fixed.size)
        #expect(values.count == vector.parts.count)
        for (value, part) in zip(values, vector.parts) {
            let value = try #require(value)
            switch part {
            case .value(let expected): #expect(Self.hashable(value) == Self.hashable(expected))
            case .authenticator(let type, _): #expect(Swift.type(of: value).type == type)
            }
        }
    }

    @Test("Its authenticators verify with their key and with no other", arguments: try SignallingVector.all())
    func authenticate(_ vector: SignallingVector) throws {
        let located = try allExtensions(vector.octets, from: vector.fixed.size)
        for (located, part) in zip(located, vector.parts) {
            guard case .authenticator(_, let spi) = part else { continue }
            let authentication = try LocatedAuthentication(located, in: vector.octets.span.bytes)
            #expect(authentication.spi == SecurityParameterIndex(rawValue: spi))
            #expect(verify(.hmacMD5, authentication, in: vector.octets, key: Vectors.key))
            #expect(!verify(.hmacMD5, authentication, in: vector.octets, key: Vectors.aaaKey))
        }
    }

    @Test("Its fields and extensions encode to the same octets", arguments: try SignallingVector.all())
    func encode(_ vector: SignallingVector) throws {
        var octets: [UInt8] = []
        vector.fixed.encode(into: &octets)
        for part in vector.parts {
            switch part {
            case .value(let value): try value.encode(into: &octets)
            case .authenticator(let type, let spi):
                AuthenticationAlgorithm.hmacMD5.appendExtension(
                    type, spi: SecurityParameterIndex(rawValue: spi), key: Vectors.key, to: &octets)
            }
        }
        #expect(hexadecimal(octets) == hexadecimal(vector.octets))
    }

    @Test("A message that ends too early is refused where it ends", arguments: try SignallingVector.all())
    func truncation(_ vector: SignallingVector) throws {
        let size = vector.fixed.size
        for length in 0..<size {
            #expect(throws: MessageError.truncated(expected: size, actual: length)) {
                try vector.fixed.decode(Array(vector.octets[..<length]))
            }
        }
        let extensions = try allExtensions(vector.octets, from: size)
        for length in size..<vector.octets.count {
            let octets = Array(vector.octets[..<length])
            let fixed = try vector.fixed.decode(octets)
            #expect(fixed == vector.fixed)
            if let cut = extensions.first(where: { $0.start < length && length < $0.end }) {
                #expect(throws: MessageError.extensionOverrun(type: cut.type.rawValue, offset: cut.start)) {
                    try allExtensions(octets, from: size)
                }
            } else {
                let whole = try allExtensions(octets, from: size)
                #expect(whole == extensions.filter { $0.end <= length })
            }
        }
    }

    @Test("A message of another type is refused", arguments: try SignallingVector.all())
    func otherType(_ vector: SignallingVector) {
        var octets = vector.octets
        octets[0] = 99
        #expect(throws: MessageError.unexpectedType(99)) { try vector.fixed.decode(octets) }
    }
}
