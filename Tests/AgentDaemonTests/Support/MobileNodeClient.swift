import Foundation
import MIPTesting
import MobileIPv4

/// The part of a mobile node that is needed to send a request and read the reply.
struct MobileNodeClient {
    static let keyDigits = "00112233445566778899aabbccddeeff"
    static let key = AuthenticationKey(octets: [
        0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF,
    ])
    static let spi = SecurityParameterIndex(rawValue: 256)

    let socket = UDPClient()
    var homeAddress: IPv4Address
    var homeAgent: IPv4Address
    var careOfAddress: IPv4Address
    /// The bytes between the fixed part of a request and its authenticator.
    var extensions: [UInt8] = []

    /// The bytes of a request, authenticated for the home agent.
    func request(lifetime: UInt16 = 600, flags: RegistrationFlags = .decapsulationByMN) -> [UInt8] {
        let now = Int64(Date.now.timeIntervalSince1970 * 1_000_000) * 1000
        var octets: [UInt8] = []
        RegistrationRequest(
            flags: flags, lifetime: RegistrationLifetime(rawValue: lifetime), homeAddress: homeAddress, homeAgent: homeAgent,
            careOfAddress: careOfAddress, identification: Identification(unixNanoseconds: now)
        ).encode(into: &octets)
        octets += extensions
        AuthenticationAlgorithm.hmacMD5.appendExtension(
            .mobileHomeAuthentication, spi: Self.spi, key: Self.key, to: &octets)
        return octets
    }

    /// Sends a request and returns the reply to it.
    func register(
        at agent: TransportEndpoint, lifetime: UInt16 = 600, flags: RegistrationFlags = .decapsulationByMN
    ) async throws -> RegistrationReply {
        socket.send(request(lifetime: lifetime, flags: flags), to: agent)
        let datagram = try await socket.receive()
        return try RegistrationReply(decoding: datagram.span.bytes)
    }
}
