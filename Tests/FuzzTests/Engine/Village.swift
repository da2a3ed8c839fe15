import AgentModel
import FuzzSupport

@testable import MobileIPv4
@testable import MobilityAgent

/// The addresses and keys of the fuzzed agents, and the messages that are made for them.
enum Village {
    static let home = IPv4Address(192, 0, 2, 10)
    static let homeAgent = TransportEndpoint(IPv4Address(192, 0, 2, 1), port: 434)
    static let foreignAgent = TransportEndpoint(IPv4Address(198, 51, 100, 1), port: 434)
    static let node = TransportEndpoint(IPv4Address(203, 0, 113, 5), port: 5000)
    static let alice = NetworkAccessIdentifier("alice@example.net")
    static let start: Int64 = 1_700_846_592_000

    static let associations: [ConfiguredSecurityAssociation] = [
        association(.address(home), .mobileNode, 256, .timestamps),
        association(.address(IPv4Address(192, 0, 2, 11)), .mobileNode, 257, .nonces),
        association(alice.map { PeerIdentity.nai($0) } ?? PeerIdentity.address(home), .mobileNode, 258, .timestamps),
        association(.address(foreignAgent.address), .foreignAgent, 512, .timestamps),
    ]
    /// The foreign agent's associations with the home agent and with a visitor.
    static let foreignAssociations: [ConfiguredSecurityAssociation] = [
        association(.address(homeAgent.address), .homeAgent, 512, .timestamps),
        association(.address(home), .mobileNode, 768, .timestamps, .foreignAgent),
    ]

    private static func association(
        _ peer: PeerIdentity, _ role: AgentRole, _ spi: UInt32, _ replay: ReplayMethod, _ ownRole: AgentRole? = nil
    ) -> ConfiguredSecurityAssociation {
        ConfiguredSecurityAssociation(
            association: SecurityAssociation(
                peer: peer, peerRole: role, spi: SecurityParameterIndex(rawValue: spi), algorithm: .hmacMD5, replayMethod: replay,
                replayTolerance: 7),
            key: AuthenticationKey(octets: [UInt8](repeating: UInt8(truncatingIfNeeded: spi >> 4), count: 16)), ownRole: ownRole)
    }

    static func moment(_ uptime: Int64) -> Moment { Moment(uptime: uptime, wallClock: start * 1_000_000 + uptime) }

    /// A request whose fields the input steers: mostly valid, so that it gets past the first rules.
    static func request(_ input: inout FuzzInput, at uptime: Int64, careOf: IPv4Address) -> [UInt8] {
        let steering = input.octet()
        var octets: [UInt8] = []
        var wallClock = moment(uptime).wallClock
        if steering & 1 != 0 { wallClock += (Int64(input.octet()) - 128) * 100_000_000 }
        let homeAddress: IPv4Address =
            switch steering >> 1 & 3 {
            case 0: home
            case 1: IPv4Address(192, 0, 2, 11)
            case 2: .zero
            default: IPv4Address(192, 0, 2, input.octet())
            }
        let careOfAddress = steering & 8 == 0 ? careOf : IPv4Address(203, 0, 113, input.octet())
        let agent: IPv4Address = steering & 16 == 0 ? homeAgent.address : input.octet() & 1 == 0 ? .zero : .limitedBroadcast
        RegistrationRequest(
            flags: RegistrationFlags(rawValue: input.octet()), lifetime: RegistrationLifetime(rawValue: input.number16()),
            homeAddress: homeAddress, homeAgent: agent, careOfAddress: careOfAddress,
            identification: Identification(unixNanoseconds: wallClock)
        ).encode(into: &octets)
        if steering & 32 != 0, let alice { octets += [131, UInt8(alice.octets.count)] + alice.octets }
        octets += input.octets(Int(input.octet() & 0x3F))
        return octets
    }

    /// Signs with one of the associations, which the input chooses.
    static func sign(_ octets: inout [UInt8], _ input: inout FuzzInput, with associations: [ConfiguredSecurityAssociation]) {
        let choice = input.octet()
        let type: ExtensionType =
            switch choice >> 4 & 3 {
            case 0, 1: .mobileHomeAuthentication
            case 2: .mobileForeignAuthentication
            default: .foreignHomeAuthentication
            }
        associations[Int(choice & 15) % associations.count].sign(type, &octets)
    }
}

extension MobilityAgent {
    /// Every datagram has exactly one outcome.
    ///
    /// - Parameters:
    ///   - unsolicited: how many replies were sent for another reason than a datagram or a timeout.
    ///   - signals: how many datagrams were revocations, notifications, acknowledgments or experimental messages, and not dropped.
    func requireConsistency(_ received: Int, unsolicited: Int = 0, signals: Int = 0) throws {
        let counters = self.counters
        try requireEqual(counters.datagramsReceived, UInt64(received), "datagrams received")
        let (home, foreign) = (counters.homeAgent ?? HomeAgentCounters(), counters.foreignAgent ?? ForeignAgentCounters())
        let own = foreign.repliesSentByCode.total(0...255) - foreign.pendingTimeouts
        let outcomes = discarded + home.repliesSent + foreign.requestsRelayed + foreign.repliesRelayed + own
        try requireEqual(outcomes, UInt64(received + unsolicited - signals), "outcomes of datagrams")
    }

    /// The whole state, read in pages; no row may occur twice.
    func requireSnapshot() throws {
        var position: SnapshotPosition?
        var bindings: Set<BindingKey> = []
        var pages = 0
        repeat {
            let page = snapshotPage(after: position, limit: 8)
            for change in page.changes {
                if case .binding(let row) = change { try require(bindings.insert(row.key).inserted, "two rows of \(row.key)") }
            }
            position = page.next
            pages += 1
            try require(pages < 1000, "a snapshot without an end")
        } while position != nil
        try requireEqual(bindings.count, tableCounts.bindings, "number of bindings")
    }
}
