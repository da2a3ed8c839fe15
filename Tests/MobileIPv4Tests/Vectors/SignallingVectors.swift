import MIPTesting
import MobileIPv4
import Testing

/// A message of the RFCs that extend registration, as bytes, and its contents. The bytes were computed from the RFCs alone, their
/// authenticators with Python's `hmac` and again with `openssl dgst`.
struct SignallingVector: Sendable, CustomTestStringConvertible {
    /// The fixed part of a message.
    enum Fixed: Hashable, Sendable {
        case request(RegistrationRequest)
        case reply(RegistrationReply)
        case revocation(RegistrationRevocation)
        case revocationAcknowledgment(RevocationAcknowledgment)
        case notification(GenericNotification)
        case notificationAcknowledgment(GenericNotificationAcknowledgment)
        case experimental(ExperimentalMessage)
    }

    /// What follows the fixed part.
    enum Part: Sendable {
        case value(any MobileIPExtension)
        case authenticator(ExtensionType, spi: UInt32)
    }

    var testDescription: String
    let fixed: Fixed
    let parts: [Part]
    let octets: [UInt8]

    init(_ testDescription: String, _ fixed: Fixed, _ parts: [Part], _ digits: String) {
        self.testDescription = testDescription
        self.fixed = fixed
        self.parts = parts
        octets = MobileIPv4Tests.octets(digits)
    }
}

extension SignallingVector.Fixed {
    var size: Int {
        switch self {
        case .request: RegistrationRequest.fixedSize
        case .reply: RegistrationReply.fixedSize
        case .revocation: RegistrationRevocation.fixedSize
        case .revocationAcknowledgment: RevocationAcknowledgment.fixedSize
        case .notification: GenericNotification.fixedSize
        case .notificationAcknowledgment: GenericNotificationAcknowledgment.fixedSize
        case .experimental: ExperimentalMessage.fixedSize
        }
    }

    func encode(into octets: inout [UInt8]) {
        switch self {
        case .request(let message): message.encode(into: &octets)
        case .reply(let message): message.encode(into: &octets)
        case .revocation(let message): message.encode(into: &octets)
        case .revocationAcknowledgment(let message): message.encode(into: &octets)
        case .notification(let message): message.encode(into: &octets)
        case .notificationAcknowledgment(let message): message.encode(into: &octets)
        case .experimental(let message): message.encode(into: &octets)
        }
    }

    /// Decodes a message of the same type as this one.
    func decode(_ octets: [UInt8]) throws(MessageError) -> Self {
        let datagram = octets.span.bytes
        switch self {
        case .request: return .request(try RegistrationRequest(decoding: datagram))
        case .reply: return .reply(try RegistrationReply(decoding: datagram))
        case .revocation: return .revocation(try RegistrationRevocation(decoding: datagram))
        case .revocationAcknowledgment: return .revocationAcknowledgment(try RevocationAcknowledgment(decoding: datagram))
        case .notification: return .notification(try GenericNotification(decoding: datagram))
        case .notificationAcknowledgment:
            return .notificationAcknowledgment(try GenericNotificationAcknowledgment(decoding: datagram))
        case .experimental: return .experimental(try ExperimentalMessage(decoding: datagram))
        }
    }
}

/// Mobile node 192.0.2.10, home agent 192.0.2.1, foreign agent 198.51.100.1; SPI 0x100 between mobile node and home agent, 0x101
/// between the agents, 0x102 between mobile node and foreign agent.
extension SignallingVector {
    static let node = IPv4Address(192, 0, 2, 10)
    static let home = IPv4Address(192, 0, 2, 1)
    static let foreign = IPv4Address(198, 51, 100, 1)
    static let mobileHome = Part.authenticator(.mobileHomeAuthentication, spi: 0x100)
    private static let foreignHome = Part.authenticator(.foreignHomeAuthentication, spi: 0x101)
    private static let mobileForeign = Part.authenticator(.mobileForeignAuthentication, spi: 0x102)

    static let acceptance = reply(.accepted)

    static func request(homeAddress: IPv4Address = node, homeAgent: IPv4Address = home) -> Fixed {
        .request(
            RegistrationRequest(
                flags: .reverseTunnel, lifetime: RegistrationLifetime(rawValue: 1800), homeAddress: homeAddress,
                homeAgent: homeAgent, careOfAddress: foreign,
                identification: Identification(high: 0xE90B_5A80, low: 0x1234_5678)))
    }

    /// A reply to that request; a denial has lifetime 0.
    static func reply(_ code: ReplyCode, homeAddress: IPv4Address = node, homeAgent: IPv4Address = home) -> Fixed {
        .reply(
            RegistrationReply(
                code: code, lifetime: RegistrationLifetime(rawValue: code == .accepted ? 1800 : 0), homeAddress: homeAddress,
                homeAgent: homeAgent, identification: Identification(high: 0xE90B_5A80, low: 0x1234_5678)))
    }

    private static func revocation(
        fromHome: Bool, informs: Bool, identifier: UInt32, foreign: IPv4Address = foreign
    ) -> Fixed {
        .revocation(
            RegistrationRevocation(
                isFromHomeDomain: fromHome, informsMobileNode: informs, homeAddress: node, homeDomain: home,
                foreignDomain: foreign, identifier: identifier))
    }

    private static func acknowledgment(
        _ direction: NotificationDirection, _ code: NotificationCode, high: UInt32
    ) -> Fixed {
        .notificationAcknowledgment(
            GenericNotificationAcknowledgment(
                direction: direction, code: code, homeAddress: node, homeAgent: home, careOfAddress: foreign,
                identification: Identification(high: high, low: 0x8000_0000)))
    }

    static func all() throws -> [SignallingVector] { try signals() + registrations() }

    /// Messages of RFC 3543, 4636, 4917 and 6098.
    private static func signals() throws -> [SignallingVector] {
        let alice = try #require(NetworkAccessIdentifier("alice@example.net"))
        let moved = try #require(MessageString(author: .homeAgent, clipping: "moved"))
        let quota = try #require(MessageString(author: .homeAgent, clipping: "Prepaid quota: 5 MB left"))
        let coffee = try #require(MessageString(author: .foreignAgent, clipping: "Caf\u{E9} Wi-Fi"))
        let maintenance = try #require(MessageString(author: .homeAgent, clipping: "Maintenance at 02:00 UTC"))
        let notification = GenericNotification(
            direction: .homeAgentToMobileNode, requiresAcknowledgment: true, homeAddress: node, homeAgent: home,
            careOfAddress: foreign, identification: Identification(high: 0xE90B_5C00, low: 0x8000_0000))
        return [
            SignallingVector(
                "a request with revocation support", request(),
                [mobileHome, .value(RevocationSupport(informsMobileNode: true, timestamp: 0xE90B_5A80)), foreignHome],
                """
                01020708c000020ac0000201c6336401e90b5a8012345678201400000100aa6c806df86e5c8112e79f3ead599d0789068000e90b5a80\
                221400000101b4bbf5e0daa50daa1a066aa80da18a58
                """),
            SignallingVector(
                "a reply with revocation support", acceptance,
                [mobileHome, .value(RevocationSupport(informsMobileNode: true, timestamp: 0xE90B_5A81)), foreignHome],
                """
                03000708c000020ac0000201e90b5a80123456782014000001008d2d159e66b2f99cfcc129ca2c1fe84089068000e90b5a8122140000\
                0101e4b9c8ba1b48ed8171dd65d21e95f205
                """),
            SignallingVector(
                "a revocation by the foreign agent", revocation(fromHome: false, informs: true, identifier: 0xE90B_5B40),
                [foreignHome], "07004000c000020ac0000201c6336401e90b5b40221400000101d1e989fd011961a285e703eb3d911798"),
            SignallingVector(
                "its acknowledgment",
                .revocationAcknowledgment(
                    RevocationAcknowledgment(informedMobileNode: false, homeAddress: node, identifier: 0xE90B_5B40)),
                [foreignHome], "0f000000c000020ae90b5b40221400000101932f2a2bbfa03a961f0a219fd8c1b8fb"),
            SignallingVector(
                "a revocation by the home agent with NAI and text",
                revocation(fromHome: true, informs: false, identifier: 0xE90B_5B50),
                [.value(MobileNodeNAI(alice)), .value(moved), foreignHome],
                """
                07008000c000020ac0000201c6336401e90b5b508311616c696365406578616d706c652e6e65749106016d6f76656422140000010154\
                f39f1cfbdbea8335feb9c2a79e0b06
                """),
            SignallingVector(
                "a revocation to a direct mobile node",
                revocation(fromHome: true, informs: true, identifier: 0xE90B_5B60, foreign: IPv4Address(198, 51, 100, 77)),
                [mobileHome], "0700c000c000020ac0000201c633644de90b5b602014000001007a01beadd6f8d5c83bca69a0402a2a64"),
            SignallingVector(
                "a reply with texts of both agents", acceptance, [.value(quota), mobileHome, .value(coffee)],
                """
                03000708c000020ac0000201e90b5a8012345678911901507265706169642071756f74613a2035204d42206c65667420140000010\
                0c69951d57d62a35968cfdc7db80a55ca910c02436166c3a92057692d4669
                """),
            SignallingVector(
                "an accepting reply that the foreign agent refuses", acceptance,
                [mobileHome, .value(ForeignAgentError(.faHomeAgentFailedAuthentication)), mobileForeign],
                """
                03000708c000020ac0000201e90b5a80123456782014000001008d2d159e66b2f99cfcc129ca2c1fe8402d0200442114000001\
                02d143979995c00d6500c6617296470353
                """),
            SignallingVector(
                "a notification to the mobile node through the foreign agent", .notification(notification),
                [.value(maintenance), mobileHome, foreignHome],
                """
                16008000c000020ac0000201c6336401e90b5c00800000009119014d61696e74656e616e63652061742030323a303020555443201400\
                000100e577c012861c66316c8ab90f1ab8f2d7221400000101388522f2c27fc3adc8c286cbc178e0e7
                """),
            SignallingVector(
                "its acknowledgment by the mobile node", acknowledgment(.mobileNodeToHomeAgent, .accepted, high: 0xE90B_5C00),
                [mobileHome],
                "17020000c000020ac0000201c6336401e90b5c008000000020140000010003fbc353d6e50cea754ce85117de4818"),
            SignallingVector(
                "an identification mismatch with the home agent's clock",
                acknowledgment(.homeAgentToMobileNode, .haIdentificationMismatch, high: 0xE90B_5C33), [mobileHome],
                "17008500c000020ac0000201c6336401e90b5c33800000002014000001005b7edbc4d0bd4e7a5576fc7f088cd4bc"),
            SignallingVector(
                "an unauthenticated error of the foreign agent", acceptance,
                [mobileHome, .value(ForeignAgentError(.faInvalidCareOfAddress))],
                "03000708c000020ac0000201e90b5a80123456782014000001008d2d159e66b2f99cfcc129ca2c1fe8402d02004d"),
        ]
    }
}
