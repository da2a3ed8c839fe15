public import AgentModel
public import MobileIPv4

/// Records for tests; the same number gives the same record.
public enum Samples {
    public static let start = Timestamp(milliseconds: 1_700_000_000_000)

    public static func information(
        roles: [AgentRole] = [.homeAgent, .foreignAgent], instance: String = "one", start: Timestamp = start
    ) -> AgentInformation {
        var settings = AgentSettings()
        settings.foreignAgent.registrationRequired = true
        settings.limits.maximumBindings = 1000
        settings.limits.maximumVisitors = 500
        return AgentInformation(
            name: "sample", version: "test 1", instance: instance, processID: 1, roles: roles, startTime: start,
            encapsulations: [.ipInIp, .gre],
            addresses: [AgentAddress(role: .homeAgent, address: IPv4Address(10, 0, 0, 1), port: 434)],
            careOfAddresses: [IPv4Address(192, 0, 2, 200), IPv4Address(192, 0, 2, 1)], settings: settings)
    }

    public static func binding(_ number: Int, lifetime: UInt16 = 600, at time: Timestamp = start) -> Binding {
        Binding(
            homeAddress: IPv4Address(rawValue: 0x0A00_0100 + UInt32(number)),
            careOfAddress: IPv4Address(192, 0, 2, UInt8(number % 250)),
            homeAgent: IPv4Address(10, 0, 0, 1), sourceAddress: IPv4Address(198, 51, 100, 7), sourcePort: 4000,
            nai: number.isMultiple(of: 2) ? NetworkAccessIdentifier("user\(number)@example.net") : nil,
            flags: [.decapsulationByMN, .reverseTunnel], identification: Identification(rawValue: 0xE90B_5A80_1234_5678),
            lifetimeGranted: lifetime, created: time, renewed: time,
            expires: lifetime == .max ? nil : time.adding(milliseconds: Int64(lifetime) * 1000), renewals: 0,
            encapsulation: .ipInIp, spi: SecurityParameterIndex(rawValue: 256))
    }

    public static func visitor(_ number: Int, source: IPv4Address? = nil, state: VisitorState = .accepted) -> Visitor {
        Visitor(
            sourceAddress: source ?? IPv4Address(rawValue: 0xAC10_0000 + UInt32(number)), sourcePort: 434,
            homeAddress: IPv4Address(rawValue: 0x0A00_0200 + UInt32(number)), homeAgent: IPv4Address(10, 0, 0, 1),
            careOfAddress: IPv4Address(192, 0, 2, 1), nai: nil, flags: [],
            identification: Identification(rawValue: UInt64(number)),
            state: state, lifetimeRequested: 600, lifetimeGranted: state == .accepted ? 300 : 0, created: start,
            expires: start.adding(milliseconds: 300_000))
    }

    public static func pending(_ number: Int, kind: RequestKind = .initial) -> PendingRegistration {
        PendingRegistration(
            homeAddress: IPv4Address(rawValue: 0x0A00_0200 + UInt32(number)),
            nai: number.isMultiple(of: 2) ? NetworkAccessIdentifier("user\(number)@example.net") : nil,
            homeAgent: IPv4Address(10, 0, 0, 1), kind: kind, sent: start, retransmissions: UInt32(number),
            expires: start.adding(milliseconds: 7000))
    }

    /// A revocation that a home agent has sent.
    public static func exchange(_ number: Int, state: ExchangeState = .acknowledged) -> Exchange {
        Exchange(
            number: UInt32(number), kind: .revocation, role: .homeAgent, peer: IPv4Address(192, 0, 2, UInt8(number % 250)),
            peerRole: .foreignAgent, homeAddress: IPv4Address(rawValue: 0x0A00_0100 + UInt32(number)),
            nai: number.isMultiple(of: 2) ? NetworkAccessIdentifier("user\(number)@example.net") : nil,
            homeAgent: IPv4Address(10, 0, 0, 1), careOfAddress: IPv4Address(192, 0, 2, UInt8(number % 250)), state: state,
            tries: UInt32(number), started: start, nextTry: state == .waiting ? start.adding(milliseconds: 2000) : nil,
            ended: state == .waiting ? nil : start.adding(milliseconds: 1000), delay: state == .acknowledged ? 1000 : nil,
            reason: .administrativelyRevoked, informsNode: true)
    }

    /// A normal vendor extension that a home agent has received; those with an even number are known.
    public static func extensionUse(_ number: Int) -> ExtensionUse {
        ExtensionUse(
            role: .homeAgent, type: 134, vendor: 9, number: UInt16(truncatingIfNeeded: number),
            isKnown: number.isMultiple(of: 2), seen: UInt64(number) + 3, accepted: UInt64(number), skipped: 2, refused: 1,
            lastSource: IPv4Address(198, 51, 100, UInt8(number % 250)), lastSeen: start)
    }

    public static func association(_ number: Int) -> SecurityAssociation {
        SecurityAssociation(
            peer: .address(IPv4Address(rawValue: 0x0A00_0100 + UInt32(number))), peerRole: .mobileNode,
            spi: SecurityParameterIndex(rawValue: 0x8000_0100 + UInt32(number)), algorithm: .hmacMD5, replayMethod: .timestamps,
            replayTolerance: 7)
    }

    public static func violation(_ number: Int) -> SecurityViolation {
        SecurityViolation(
            violator: .address(IPv4Address(rawValue: 0x0A00_0300 + UInt32(number))), count: UInt64(number + 1),
            recentSPI: SecurityParameterIndex(rawValue: 0x9000_0000), recentTime: start,
            recentIdentification: Identification(high: 0xE90B_5A80, low: 7), recentReason: .badAuthenticator, recentCode: 131)
    }

    public static func mobileNode(_ number: Int, deniedCode: UInt8? = nil) -> MobileNodeService {
        MobileNodeService(
            homeAddress: IPv4Address(rawValue: 0x0A00_0100 + UInt32(number)), nai: nil, accepted: 3,
            denied: deniedCode == nil ? 0 : 1,
            serviceTime: 100, servingSince: nil, recentAccepted: start, recentDenied: deniedCode.map { _ in start },
            recentDeniedCode: deniedCode)
    }

    public static func advertisement(_ number: Int) -> HeardAdvertisement {
        HeardAdvertisement(
            sourceAddress: IPv4Address(198, 51, 100, UInt8(number % 250)), sequence: UInt16(truncatingIfNeeded: number),
            flags: [.foreignAgent, .reverseTunnel, .registrationRequired], registrationLifetime: 1800, advertisementLifetime: 90,
            received: start)
    }

    public static func foreignAgent(_ number: Int) -> KnownForeignAgent {
        KnownForeignAgent(advertisement(number), careOfAddress: IPv4Address(198, 51, 100, UInt8(number % 250)))
    }

    public static func registration(_ number: Int, isAccepted: Bool = true) -> NodeRegistration {
        NodeRegistration(
            agentAddress: IPv4Address(198, 51, 100, UInt8(number % 250)), careOfAddress: IPv4Address(198, 51, 100, 1),
            homeAgent: IPv4Address(10, 0, 0, 1), flags: .reverseTunnel, identification: Identification(rawValue: UInt64(number)),
            lifetime: 600, sent: start, expires: isAccepted ? start.adding(milliseconds: 600_000) : nil, isAccepted: isAccepted,
            isCoLocated: false, reverseTunnel: .encapsulating)
    }

    public static func mobileNodeStatus(_ state: MobileNodeState = .registered) -> MobileNodeStatus {
        MobileNodeStatus(
            state: state, homeAddress: IPv4Address(10, 0, 1, 1), nai: NetworkAccessIdentifier("alice@example.net"),
            homeAgents: [KnownHomeAgent(address: IPv4Address(10, 0, 0, 1), isCurrent: true)],
            recentAdvertisement: advertisement(1),
            homeAgentMessage: ReceivedMessage(
                text: "Welcome", agentAddress: IPv4Address(10, 0, 0, 1), code: 0, isAuthenticated: true, received: start),
            foreignAgentMessage: ReceivedMessage(
                text: "Maintenance at 22:00", agentAddress: IPv4Address(198, 51, 100, 1), code: 0, isAuthenticated: false,
                received: start),
            foreignAgentError: ReceivedError(
                status: 71, code: 0, agentAddress: IPv4Address(198, 51, 100, 1), isAuthenticated: true, received: start),
            homeAgentSearch: HomeAgentSearch(
                state: .anchored, homeAgent: IPv4Address(10, 0, 0, 1), source: .redirected, redirects: [IPv4Address(10, 0, 0, 2)]),
            hostConfiguration: ReceivedHostConfiguration(
                prefixLength: 24, domainNameServers: [IPv4Address(10, 0, 0, 53), IPv4Address(10, 0, 1, 53)],
                dhcpServer: IPv4Address(10, 0, 0, 67), defaultGateway: IPv4Address(10, 0, 1, 254),
                domainNameSuffix: "home.example", configurationURL: "https://config.example/", received: start, isApplied: true),
            homeAgentIdentity: NetworkAccessIdentifier("ha1@example.net"),
            homeAAAIdentity: NetworkAccessIdentifier("aaa@example.net"), service: ServiceIdentifier("ims"))
    }
}
