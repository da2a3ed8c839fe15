import MIPTesting
import MobileIPv4
import Testing

@Suite("The test vectors")
struct VectorTests {
    @Test(
        "A Mobile-Home authenticator verifies with its key and with no other",
        arguments: [
            (Vectors.request, 24), (Vectors.deregistration, 24), (Vectors.naiWithChallenge, 24), (Vectors.udpTunnelRequest, 24),
            (Vectors.reply, 20), (Vectors.mismatchReply, 20),
        ])
    func mobileHome(datagram: [UInt8], fixedSize: Int) throws {
        let found = try scan(datagram, from: fixedSize)
        let located = try #require(found.mobileHome)
        #expect(located.spi == SecurityParameterIndex(rawValue: 0x100))
        #expect(verify(.hmacMD5, located, in: datagram, key: Vectors.key))
        #expect(!verify(.hmacMD5, located, in: datagram, key: Vectors.aaaKey))
        #expect(!verify(.prefixSuffixMD5, located, in: datagram, key: Vectors.key))
        #expect(!verify(.hmacSHA1, located, in: datagram, key: Vectors.key))
    }

    @Test(
        "Changing any octet before or in the authenticator makes it wrong",
        arguments: 0..<Vectors.request.count)
    func changedOctet(index: Int) throws {
        let located = try #require(try scan(Vectors.request, from: 24).mobileHome)
        var changed = Vectors.request
        changed[index] ^= 0x01
        #expect(!verify(.hmacMD5, located, in: changed, key: Vectors.key))
    }

    @Test(
        "The Foreign-Home authenticator of a revocation message verifies",
        arguments: [(Vectors.revocation, 20), (Vectors.revocationAcknowledgment, 12)])
    func foreignHome(datagram: [UInt8], fixedSize: Int) throws {
        let found = try scan(datagram, from: fixedSize)
        let located = try #require(found.foreignHome)
        #expect(located.spi == SecurityParameterIndex(rawValue: 0x101))
        #expect(found.authorizationEnablingEnd == nil)
        #expect(verify(.hmacMD5, located, in: datagram, key: Vectors.key))
    }

    @Test("A CHAP-style MN-AAA authenticator verifies only with its challenge")
    func challenge() throws {
        let datagram = Vectors.naiWithChallenge
        let found = try scan(datagram, from: RegistrationRequest.fixedSize)
        let located = try #require(found.mobileAAA)
        let challenge = try #require(found.first(.challenge))
        #expect(located.spi == .chap)
        #expect(found.nai == NetworkAccessIdentifier("alice@example.net"))
        #expect(found.authorizationEnablingEnd == datagram.count)
        #expect(verifyChallenge(located, challenge: challenge.data, in: datagram, key: Vectors.aaaKey))
        #expect(!verifyChallenge(located, challenge: challenge.data, in: datagram, key: Vectors.key))
        #expect(!verifyChallenge(located, challenge: challenge.data.dropLast(), in: datagram, key: Vectors.aaaKey))
    }

    @Test("An encoded request matches the vector octet by octet")
    func composeRequest() throws {
        var octets: [UInt8] = []
        RegistrationRequest(
            flags: [.broadcastDatagram, .reverseTunnel], lifetime: RegistrationLifetime(rawValue: 600),
            homeAddress: IPv4Address(192, 0, 2, 10), homeAgent: IPv4Address(192, 0, 2, 1),
            careOfAddress: IPv4Address(198, 51, 100, 1), identification: Identification(high: 0xe90b_5a80, low: 0x1234_5678)
        ).encode(into: &octets)
        AuthenticationAlgorithm.hmacMD5.appendExtension(
            .mobileHomeAuthentication, spi: SecurityParameterIndex(rawValue: 0x100), key: Vectors.key, to: &octets)
        #expect(octets == Vectors.request)
    }

    @Test("An encoded denial with the home agent's clock matches the vector octet by octet")
    func composeReply() {
        var octets: [UInt8] = []
        RegistrationReply(
            code: .haIdentificationMismatch, lifetime: RegistrationLifetime(rawValue: 600),
            homeAddress: IPv4Address(192, 0, 2, 10), homeAgent: IPv4Address(192, 0, 2, 1),
            identification: Identification(high: 0xe90b_5b10, low: 0x1234_5678)
        ).encode(into: &octets)
        AuthenticationAlgorithm.hmacMD5.appendExtension(
            .mobileHomeAuthentication, spi: SecurityParameterIndex(rawValue: 0x100), key: Vectors.key, to: &octets)
        #expect(octets == Vectors.mismatchReply)
    }
}
