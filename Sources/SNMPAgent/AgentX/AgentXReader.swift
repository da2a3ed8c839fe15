/// Reads the elements of AgentX PDUs (RFC 2741 §5). Every read checks the bounds; nil means that the octets end too early.
struct AgentXReader {
    let isNetworkByteOrder: Bool

    /// - Parameter flags: h.flags, which determines the order of octets in numbers.
    init(flags: UInt8) { isNetworkByteOrder = flags & AgentXHeader.isNetworkByteOrder != 0 }

    /// A number of four octets.
    func number(_ octets: Span<UInt8>, _ position: inout Int) -> UInt32? {
        guard octets.count - position >= 4 else { return nil }
        defer { position += 4 }
        let (a, b) = (UInt32(octets[position]), UInt32(octets[position + 1]))
        let (c, d) = (UInt32(octets[position + 2]), UInt32(octets[position + 3]))
        return isNetworkByteOrder ? a << 24 | b << 16 | c << 8 | d : d << 24 | c << 16 | b << 8 | a
    }

    /// The range of an octet string (§5.3).
    func string(_ octets: Span<UInt8>, _ position: inout Int) -> Range<Int>? {
        guard let length = number(octets, &position) else { return nil }
        let padded = (Int(length) + 3) / 4 * 4
        guard octets.count - position >= padded else { return nil }
        defer { position += padded }
        return position..<position + Int(length)
    }

    /// Reads an object identifier (§5.1) into `name`, replacing its content, and returns whether the include field is set. Nil also for
    /// more than 128 sub-identifiers.
    func name(_ octets: Span<UInt8>, _ position: inout Int, into name: inout [UInt]) -> Bool? {
        guard octets.count - position >= 4 else { return nil }
        let (count, prefix, include) = (Int(octets[position]), UInt(octets[position + 1]), octets[position + 2])
        position += 4
        name.removeAll(keepingCapacity: true)
        if prefix != 0 {
            name.append(1)
            name.append(3)
            name.append(6)
            name.append(1)
            name.append(prefix)
        }
        guard count + name.count <= 128, octets.count - position >= 4 * count else { return nil }
        for _ in 0..<count {
            guard let part = number(octets, &position) else { return nil }
            name.append(UInt(part))
        }
        return include != 0
    }
}
