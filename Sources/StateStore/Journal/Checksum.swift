/// CRC-32C (Castagnoli), eight bytes at a time.
enum Checksum {
    /// The checksum of the bytes, continued from that of what precedes them.
    static func of(_ bytes: RawSpan, from start: UInt32 = 0) -> UInt32 {
        bytes.withUnsafeBytes { bytes in
            tables.withUnsafeBufferPointer { tables in
                var sum = ~start
                var offset = 0
                while offset + 8 <= bytes.count {
                    let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) ^ UInt64(sum)
                    sum =
                        tables[1792 + Int(word & 0xFF)] ^ tables[1536 + Int(word >> 8 & 0xFF)]
                        ^ tables[1280 + Int(word >> 16 & 0xFF)] ^ tables[1024 + Int(word >> 24 & 0xFF)]
                        ^ tables[768 + Int(word >> 32 & 0xFF)] ^ tables[512 + Int(word >> 40 & 0xFF)]
                        ^ tables[256 + Int(word >> 48 & 0xFF)] ^ tables[Int(word >> 56)]
                    offset += 8
                }
                while offset < bytes.count {
                    sum = tables[Int(UInt8(truncatingIfNeeded: sum) ^ bytes[offset])] ^ sum >> 8
                    offset += 1
                }
                return ~sum
            }
        }
    }

    /// Eight tables of 256 entries: the effect of a byte that 0 to 7 others follow.
    private static let tables: [UInt32] = {
        var tables = [UInt32](repeating: 0, count: 2048)
        for byte in 0..<256 {
            var sum = UInt32(byte)
            for _ in 0..<8 { sum = sum & 1 == 0 ? sum >> 1 : sum >> 1 ^ 0x82F6_3B78 }
            tables[byte] = sum
        }
        for index in 256..<2048 {
            let before = tables[index - 256]
            tables[index] = before >> 8 ^ tables[Int(before & 0xFF)]
        }
        return tables
    }()
}
