/// The flags octet of a Registration Request as sent on the wire (RFC 5944 §3.3, T from RFC 3024 §3.1).
///
/// The MIB numbers the bits from the other end; `MIPMIB` converts.
public struct RegistrationFlags: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// S: keep the mobile node's other bindings.
    public static let simultaneousBindings = RegistrationFlags(rawValue: 0x80)
    /// B: forward broadcast datagrams of the home network.
    public static let broadcastDatagram = RegistrationFlags(rawValue: 0x40)
    /// D: the mobile node decapsulates datagrams itself (co-located care-of address).
    public static let decapsulationByMN = RegistrationFlags(rawValue: 0x20)
    /// M: minimal encapsulation.
    public static let minEnc = RegistrationFlags(rawValue: 0x10)
    /// G: GRE encapsulation.
    public static let gre = RegistrationFlags(rawValue: 0x08)
    /// r: reserved, formerly V (Van Jacobson compression, RFC 2002).
    public static let vjCompression = RegistrationFlags(rawValue: 0x04)
    /// T: reverse tunnelling (RFC 3024).
    public static let reverseTunnel = RegistrationFlags(rawValue: 0x02)
    /// x: reserved.
    public static let reservedX = RegistrationFlags(rawValue: 0x01)

    /// Every flag with its MIB label (`RegistrationFlags` of MIP-MIB), in wire order from the most significant bit.
    public static let labels: [(flag: RegistrationFlags, label: String)] = [
        (.simultaneousBindings, "simultaneousBindings"), (.broadcastDatagram, "broadcastDatagram"),
        (.decapsulationByMN, "decapsulationbyMN"), (.minEnc, "minEnc"), (.gre, "gre"),
        (.vjCompression, "vjCompression"), (.reverseTunnel, "reverseTunnel"), (.reservedX, "reservedX"),
    ]
}

extension RegistrationFlags: CustomStringConvertible, Codable {
    /// The set flags as letters in the usual order `SBDMGVTx`; `-` when none is set.
    public var description: String {
        let letters = zip("SBDMGVTx", Self.labels).filter { contains($0.1.flag) }.map(\.0)
        return letters.isEmpty ? "-" : String(letters)
    }

    /// A JSON array of MIB labels; always an array.
    public init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        var flags = RegistrationFlags()
        while !container.isAtEnd {
            let label = try container.decode(String.self)
            guard let known = Self.labels.first(where: { $0.label == label }) else {
                throw Swift.DecodingError.dataCorruptedError(
                    in: container,
                    debugDescription:
                        "'\(label)' is invalid; expected a registration flag: \(Self.labels.map(\.label).joined(separator: ", "))"
                )
            }
            flags.insert(known.flag)
        }
        self = flags
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        for (flag, label) in Self.labels where contains(flag) { try container.encode(label) }
    }
}
