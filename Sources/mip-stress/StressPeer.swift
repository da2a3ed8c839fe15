import AgentModel
import MobileIPv4
import MobilityAgent

/// A mobile node's identity and associations.
struct StressPeer {
    /// 0.0.0.0 for a node that has its address assigned.
    var homeAddress: IPv4Address
    var nai: NetworkAccessIdentifier?
    var association: ConfiguredSecurityAssociation
    /// The association with the foreign agent.
    var mobileForeign: ConfiguredSecurityAssociation?
    /// The association with the AAA server.
    var server: ConfiguredSecurityAssociation?

    static let fixed = NetworkAccessIdentifier("alice@example.net")
    static let pooled = NetworkAccessIdentifier("bob@example.net")
    static let strange = NetworkAccessIdentifier("carol@example.net")

    private static let ofPrefix = StressPlan.association(
        IPv4Prefix(containing: StressPlan.homeAgent.address, length: 24).map { .prefix($0) } ?? .address(.zero), .mobileNode,
        spi: 256, key: 0)
    private static let withNonces = StressPlan.association(
        .address(IPv4Address(192, 0, 2, 30)), .mobileNode, spi: 300, key: 64, algorithm: .hmacSHA256, replay: .nonces)
    private static let withSHA1 = StressPlan.association(
        .address(IPv4Address(192, 0, 2, 31)), .mobileNode, spi: 301, key: 80, algorithm: .hmacSHA1)
    private static let identified = [fixed, pooled, strange].compactMap { $0 }.map {
        StressPlan.association(.nai($0), .mobileNode, spi: 257, key: 96)
    }

    /// The home agent's associations with nodes.
    static let associations = [ofPrefix, withNonces, withSHA1] + identified
    /// An association that operators add and remove.
    static let added = StressPlan.association(.address(IPv4Address(192, 0, 2, 20)), .mobileNode, spi: 900, key: 112)
    /// The associations of nodes with the AAA server.
    static let servers = [fixed, pooled].compactMap { $0 }.enumerated().map { index, nai in
        StressPlan.association(.nai(nai), .mobileNode, spi: index == 0 ? 2 : 600, key: 128)
    }

    static let all: [StressPeer] =
        (10...20 as ClosedRange<UInt8>).map { number in
            let home = IPv4Address(192, 0, 2, number)
            let mobileForeign =
                number % 4 == 0
                ? StressPlan.association(.address(home), .mobileNode, spi: 768, key: 48, ownRole: .foreignAgent) : nil
            return StressPeer(homeAddress: home, association: ofPrefix, mobileForeign: mobileForeign)
        } + [
            StressPeer(homeAddress: IPv4Address(192, 0, 2, 30), association: withNonces),
            StressPeer(homeAddress: IPv4Address(192, 0, 2, 31), association: withSHA1),
            // Without an association of its own, at an address that is not served.
            StressPeer(homeAddress: IPv4Address(10, 9, 9, 9), association: ofPrefix),
        ]
        + zip([fixed, pooled, strange], identified).enumerated().map { index, pair in
            StressPeer(
                homeAddress: .zero, nai: pair.0, association: pair.1, server: index < servers.count ? servers[index] : nil)
        }
}
