public import MobileIPv4

extension AgentAdvertiser.Outgoing {
    /// The whole IPv4 datagram with TTL 1, for a frame to a node without ARP.
    ///
    /// - Parameter source: the agent's address on the interface.
    public func inIPv4(from source: IPv4Address) -> [UInt8] {
        let message = advertisement.encoded()
        var header: [UInt8] = []
        // No fragments, and the DSCP of network control, as for the replies to the node.
        let length = UInt16(truncatingIfNeeded: 20 + message.count)
        for field in [0x45C0, length, 0, 0x4000, 0x0101, 0] { header.append(bigEndian: field) }
        header.append(bigEndian: source.rawValue)
        header.append(bigEndian: destination.rawValue)
        let checksum = InternetChecksum.compute(header.span.bytes)
        header[10] = UInt8(checksum >> 8)
        header[11] = UInt8(truncatingIfNeeded: checksum)
        return header + message
    }
}
