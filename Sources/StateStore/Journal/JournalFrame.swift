/// A batch in a journal file.
///
/// | bytes | contents (integers: least significant byte first) |
/// |---|---|
/// | 0–3 | `MIPB` |
/// | 4–7 | CRC-32C of all that follows, started with the file's seed |
/// | 8–15 | sequence number, which counts all batches of the store |
/// | 16–23 | how many bytes of the file were on disk when the frame was written |
/// | 24–27 | length of the batch |
/// | 28– | the batch |
struct JournalFrame {
    static let headerSize = 28
    private static let magic: UInt32 = 0x4250_494D

    let sequence: UInt64
    /// How many bytes of the file were on disk when the frame was written: what is damaged before this offset is no torn write.
    let synced: Int
    /// Where the batch is in the file.
    let body: Range<Int>

    /// Appends a frame to the bytes.
    static func append(_ body: [UInt8], sequence: UInt64, synced: Int, seed: UInt32, to bytes: inout [UInt8]) {
        let start = bytes.count
        bytes.append(littleEndian: magic)
        bytes.append(littleEndian: UInt32(0))
        bytes.append(littleEndian: sequence)
        bytes.append(littleEndian: UInt64(synced))
        bytes.append(littleEndian: UInt32(body.count))
        bytes.append(contentsOf: body)
        let sum = Checksum.of(bytes.span.bytes.extracting(start + 8..<bytes.count), from: seed)
        for index in 0..<4 { bytes[start + 4 + index] = UInt8(truncatingIfNeeded: sum >> UInt32(8 * index)) }
    }

    /// The frame at an offset; nil if no valid one is there.
    init?(at start: Int, in bytes: RawSpan, seed: UInt32) {
        guard bytes.byteCount - start >= Self.headerSize, bytes.littleEndian(at: start) == Self.magic else { return nil }
        let count = Int(bytes.littleEndian(at: start + 24, as: UInt32.self))
        guard bytes.byteCount - start - Self.headerSize >= count else { return nil }
        let end = start + Self.headerSize + count
        let sum: UInt32 = bytes.littleEndian(at: start + 4)
        guard Checksum.of(bytes.extracting(start + 8..<end), from: seed) == sum else { return nil }
        guard let synced = Int(exactly: bytes.littleEndian(at: start + 16, as: UInt64.self)) else { return nil }
        sequence = bytes.littleEndian(at: start + 8)
        self.synced = synced
        body = start + Self.headerSize..<end
    }

    /// Whether a valid frame behind an offset proves that the bytes at the offset were once on disk.
    static func proves(onDisk offset: Int, in bytes: RawSpan, seed: UInt32) -> Bool {
        var start = offset + 1
        while start + headerSize <= bytes.byteCount {
            if let frame = JournalFrame(at: start, in: bytes, seed: seed) {
                if frame.synced > offset { return true }
                start = frame.body.upperBound
            } else {
                start += 1
            }
        }
        return false
    }
}
