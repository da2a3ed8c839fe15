extension AgentAdvertisement {
    /// The whole ICMP message, including its checksum. Lists that exceed what their length octet allows are truncated.
    public func encoded() -> [UInt8] {
        let routers = self.routers.prefix(255)
        var octets: [UInt8] = [Self.icmpType, onlyMobility ? 16 : 0, 0, 0, UInt8(routers.count), 2]
        octets.append(bigEndian: lifetime)
        for router in routers {
            octets.append(bigEndian: router.address.rawValue)
            octets.append(bigEndian: UInt32(bitPattern: router.preference))
        }
        if let mobilityAgent {
            let addresses = mobilityAgent.careOfAddresses.prefix(62)
            octets += [ExtensionType.mobilityAgent, UInt8(6 + 4 * addresses.count)]
            octets.append(bigEndian: mobilityAgent.sequence.rawValue)
            octets.append(bigEndian: mobilityAgent.registrationLifetime.rawValue)
            octets.append(bigEndian: mobilityAgent.flags.rawValue)
            for address in addresses { octets.append(bigEndian: address.rawValue) }
        }
        if !prefixLengths.isEmpty {
            let lengths = prefixLengths.prefix(255)
            octets += [ExtensionType.prefixLengths, UInt8(lengths.count)] + lengths
        }
        if let challenge {
            let value = challenge.prefix(255)
            octets += [ExtensionType.challenge, UInt8(value.count)] + value
        }
        if let carriedNAI {
            let text = Array(carriedNAI.nai.octets.prefix(254))
            octets += [ExtensionType.naiCarrying, UInt8(text.count + 1), carriedNAI.subtype] + text
        }
        let checksum = InternetChecksum.compute(octets.span.bytes)
        octets[2] = UInt8(checksum >> 8)
        octets[3] = UInt8(truncatingIfNeeded: checksum)
        return octets
    }
}
