import MobileIPv4
import MobilityAgent
import Testing

/// Messages made independently of this product, with one key and the addresses and times of the lab.
enum PublishedLab {
    static let key = AuthenticationKey(octets: (0..<16).map { UInt8($0 * 0x11) })
    static let ofNode = Lab.association(key: key)
    static let identification = Identification(high: 0xE90B_5A80, low: 0x1234_5678)

    static func octets(_ digits: String) throws -> [UInt8] { try #require(Hexadecimal.octets(digits)) }

    /// A denial with the lifetime 0 of the published messages, signed anew: the field means nothing in denials, where this product repeats
    /// the requested lifetime.
    static func published(_ denial: [UInt8]?, by association: ConfiguredSecurityAssociation = ofNode) throws -> [UInt8] {
        var octets = Array(try #require(denial).dropLast(22))
        octets[2] = 0
        octets[3] = 0
        octets.sign(.mobileHomeAuthentication, association)
        return octets
    }
}
