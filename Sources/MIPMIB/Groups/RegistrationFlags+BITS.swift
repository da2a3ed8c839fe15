import MobileIPv4

extension RegistrationFlags {
    /// RegistrationFlags of MIP-MIB with T at bit 6: the wire's octet with its top six bits in reverse order and T where it is.
    var mibOctet: UInt8 {
        var octet: UInt8 = 0
        for (position, flag) in Self.inMIBOrder.enumerated() where contains(flag) {
            octet |= 0x80 >> position
        }
        return octet
    }

    private static let inMIBOrder: [RegistrationFlags] = [
        .vjCompression, .gre, .minEnc, .decapsulationByMN, .broadcastDatagram, .simultaneousBindings, .reverseTunnel,
    ]

    static let mibSyntax = MIBSyntax.bits([
        .init("vjCompression", 0), .init("gre", 1), .init("minEnc", 2), .init("decapsulationbyMN", 3),
        .init("broadcastDatagram", 4), .init("simultaneousBindings", 5), .init("reverseTunnel", 6),
    ])
}
