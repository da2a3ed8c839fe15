extension AgentAdvertisement {
    /// Decodes an ICMP message. In a router advertisement without Mobile IP extensions `mobilityAgent` is nil.
    public init(decoding message: RawSpan) throws(AdvertisementError) {
        guard message.byteCount >= 8, message.octet(at: 0) == Self.icmpType, [0, 16].contains(message.octet(at: 1)) else {
            throw .notAnAdvertisement
        }
        guard InternetChecksum.compute(message) == 0 else { throw .badChecksum }
        let count = Int(message.octet(at: 4))
        let entrySize = Int(message.octet(at: 5)) * 4
        let end = 8 + count * entrySize
        guard entrySize >= 8, end <= message.byteCount else { throw .notAnAdvertisement }
        var routers: [Router] = []
        for offset in stride(from: 8, to: end, by: entrySize) {
            routers.append(
                Router(
                    address: IPv4Address(rawValue: message.uint32(at: offset)),
                    preference: Int32(bitPattern: message.uint32(at: offset + 4))))
        }
        self.init(
            onlyMobility: message.octet(at: 1) == 16, lifetime: message.uint16(at: 6), routers: routers, mobilityAgent: nil)
        try readExtensions(of: message, from: end)
        if let flags = mobilityAgent?.flags { try Self.check(flags, careOfAddresses: mobilityAgent?.careOfAddresses ?? []) }
    }

    private mutating func readExtensions(of message: RawSpan, from start: Int) throws(AdvertisementError) {
        var offset = start
        while offset < message.byteCount {
            let type = message.octet(at: offset)
            if type == ExtensionType.padding {
                offset += 1
                continue
            }
            guard offset + 2 <= message.byteCount else { throw .malformedExtension(type: type) }
            let data = (offset + 2)..<(offset + 2 + Int(message.octet(at: offset + 1)))
            guard data.upperBound <= message.byteCount else { throw .malformedExtension(type: type) }
            try read(type, data, of: message)
            offset = data.upperBound
        }
    }

    private mutating func read(_ type: UInt8, _ data: Range<Int>, of message: RawSpan) throws(AdvertisementError) {
        func octets(_ range: Range<Int>) -> [UInt8] { range.map { message.octet(at: $0) } }
        switch type {
        case ExtensionType.mobilityAgent:
            guard data.count >= 6, (data.count - 6) % 4 == 0 else { throw .malformedExtension(type: type) }
            mobilityAgent = MobilityAgent(
                sequence: AdvertisementSequence(rawValue: message.uint16(at: data.lowerBound)),
                registrationLifetime: RegistrationLifetime(rawValue: message.uint16(at: data.lowerBound + 2)),
                flags: AdvertisementFlags(rawValue: message.uint16(at: data.lowerBound + 4)),
                careOfAddresses: stride(from: data.lowerBound + 6, to: data.upperBound, by: 4).map {
                    IPv4Address(rawValue: message.uint32(at: $0))
                })
        case ExtensionType.prefixLengths:
            let lengths = octets(data)
            guard lengths.allSatisfy({ $0 <= 32 }) else { throw .malformedExtension(type: type) }
            prefixLengths = lengths
        case ExtensionType.challenge:
            guard data.count >= 4 else { throw .malformedExtension(type: type) }
            challenge = octets(data)
        case ExtensionType.naiCarrying:
            guard let subtype = data.first, let nai = NetworkAccessIdentifier(octets: octets(data.dropFirst()))
            else { throw .malformedExtension(type: type) }
            carriedNAI = CarriedNAI(subtype: message.octet(at: subtype), nai: nai)
        case 0...127:
            throw .unknownCriticalExtension(type: type)
        default:
            skippedUnknown += 1
        }
    }

    private static func check(_ flags: AdvertisementFlags, careOfAddresses: [IPv4Address]) throws(AdvertisementError) {
        let foreign = flags.contains(.foreignAgent)
        let needsForeign = !flags.isDisjoint(with: [.busy, .registrationRequired])
        guard foreign || flags.contains(.homeAgent), foreign || !needsForeign, !foreign || !careOfAddresses.isEmpty
        else { throw .contradictoryFlags(flags) }
    }
}
