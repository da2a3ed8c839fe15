import MobileIPv4

extension RegistrationFlags {
    /// RegistrationFlags of MIP-MIB with T at bit 6: the octet on the wire with its top six bits in reverse order and T in its place.
    var mibOctet: UInt8 {
        var octet: UInt8 = 0
        for position in Self.inMIBOrder.indices where contains(Self.inMIBOrder[position]) { octet |= 0x80 >> position }
        return octet
    }

    private static let inMIBOrder: [RegistrationFlags] = [
        .vjCompression, .gre, .minEnc, .decapsulationByMN, .broadcastDatagram, .simultaneousBindings, .reverseTunnel,
    ]
}

extension AdvertisementFlags {
    /// The first eight bits of MipAdvertFlags, which are the bits of mnAdvFlags.
    var mibOctet: UInt8 { mibOctets[0] }

    /// MipAdvertFlags of MIPV4-EXT-MIB.
    var mibOctets: [UInt8] {
        var octets: [UInt8] = [0, 0]
        for (position, flag) in Self.inMIBOrder.enumerated() where contains(flag) {
            octets[position / 8] |= 0x80 >> (position % 8)
        }
        return octets
    }

    private static let inMIBOrder: [AdvertisementFlags] = [
        .vjCompression, .gre, .minEnc, .foreignAgent, .homeAgent, .busy, .registrationRequired, .reverseTunnel, .udpTunnel,
        .revocation,
        .regionalRegistration,
    ]
}
