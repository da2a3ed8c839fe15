import MobileIPv4

/// The checksums of a datagram that was read from a frame, before the kernel has checked them.
package enum FrameIntegrity {
    /// True when the header checksum of IPv4 is right, and that of UDP too unless the sender has omitted it (RFC 768) or it is settled.
    ///
    /// - Parameters:
    ///   - frame: the datagram from the first octet of its IPv4 header, with at least 8 octets from `udp`.
    ///   - udp: the offset of the UDP header, at least 20.
    ///   - isSettled: whether the kernel has verified the UDP checksum, or it is not filled in yet, as on a virtual link between two
    ///     namespaces.
    package static func isIntact(_ frame: ArraySlice<UInt8>, udp: Int, isSettled: Bool) -> Bool {
        let start = frame.startIndex
        let ip = Array(frame[start..<start + udp])
        guard InternetChecksum.compute(ip.span.bytes) == 0 else { return false }
        let header = start + udp
        if isSettled || (frame[header + 6] == 0 && frame[header + 7] == 0) { return true }
        let length = Int(frame[header + 4]) << 8 | Int(frame[header + 5])
        guard length >= 8 else { return false }
        // One that was cut off cannot be verified; its reader sees that it is incomplete.
        guard header + length <= frame.endIndex else { return true }
        // The checksum also covers addresses, protocol and length.
        var covered = Array(frame[start + 12..<start + 20]) + [0, frame[start + 9], frame[header + 4], frame[header + 5]]
        covered += frame[header..<header + length]
        return InternetChecksum.compute(covered.span.bytes) == 0
    }
}
