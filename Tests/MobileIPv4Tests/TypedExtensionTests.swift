import MIPTesting
import MobileIPv4
import Testing

@Suite("Extensions as typed values")
struct TypedExtensionTests {
    static func decode(_ octets: [UInt8], from offset: Int) throws(MessageError) -> [(any MobileIPExtension)?] {
        try readExtensions(of: octets.span.bytes, from: offset)
    }

    @Test(
        "The extensions of every test vector decode and encode to the same octets",
        arguments: [
            (Vectors.request, 24), (Vectors.reply, 20), (Vectors.deregistration, 24), (Vectors.naiWithChallenge, 24),
            (Vectors.revocation, 20), (Vectors.revocationAcknowledgment, 12), (Vectors.mismatchReply, 20),
            (Vectors.udpTunnelRequest, 24),
        ])
    func roundTrip(message: [UInt8], offset: Int) throws {
        let extensions = try Self.decode(message, from: offset)
        #expect(!extensions.isEmpty)
        var encoded = Array(message[..<offset])
        for value in extensions { try #require(value).encode(into: &encoded) }
        #expect(encoded == message)
    }

    @Test("Mutated chains of extensions never trap")
    func mutations() {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<TestLength.cases(30_000, long: 1_000_000) {
            var octets = Vectors.naiWithChallenge
            for _ in 0..<Int.random(in: 1...5, using: &generator) {
                octets[Int.random(in: 24..<octets.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            octets = Array(octets.prefix(Int.random(in: 24...octets.count, using: &generator)))
            _ = try? Self.decode(octets, from: 24)
            _ = try? scan(octets, from: 24)
        }
    }
}
