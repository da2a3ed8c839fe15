/// The first bytes of a journal file.
///
/// | bytes | contents (integers: least significant byte first) |
/// |---|---|
/// | 0–7 | `MIPCHNGS` |
/// | 8–11 | version of the format |
/// | 12–15 | seed of the frames' checksums, random |
/// | 16–31 | identity of the store, as in its database |
/// | 32–39 | number of the file |
/// | 40–47 | number of an earlier file that counts only in part, or 0 |
/// | 48–55 | how many bytes of that file count |
/// | 56–59 | 0 |
/// | 60–63 | CRC-32C of all before |
struct JournalHeader: Hashable, Sendable {
    static let size = 64
    static let version: UInt32 = 1
    private static let magic = Array("MIPCHNGS".utf8)

    /// Checksums start with it, so that bytes of another file that appear in this one are never taken for its own.
    let seed: UInt32
    let store: StoreIdentity
    let number: UInt64
    let cut: Cut?

    /// The end of an earlier file that is not valid up to its own end, because it was torn or may not be on disk.
    struct Cut: Hashable, Sendable {
        let number: UInt64
        let end: Int
    }

    init(store: StoreIdentity, number: UInt64, cut: Cut? = nil, seed: UInt32 = .random(in: .min ... .max)) {
        self.seed = seed
        self.store = store
        self.number = number
        self.cut = cut
    }

    var encoded: [UInt8] {
        var bytes = Self.magic
        bytes.append(littleEndian: Self.version)
        bytes.append(littleEndian: seed)
        bytes.append(littleEndian: store.high)
        bytes.append(littleEndian: store.low)
        bytes.append(littleEndian: number)
        bytes.append(littleEndian: cut?.number ?? 0)
        bytes.append(littleEndian: UInt64(cut?.end ?? 0))
        bytes.append(littleEndian: UInt32(0))
        bytes.append(littleEndian: Checksum.of(bytes.span.bytes))
        return bytes
    }

    enum Problem: Error { case damaged, newerVersion }

    /// - Throws: `newerVersion` if the file has another format than this one, `damaged` for anything else.
    init(_ bytes: RawSpan) throws(Problem) {
        guard bytes.byteCount >= Self.size else { throw .damaged }
        for (index, byte) in Self.magic.enumerated() {
            guard bytes.littleEndian(at: index, as: UInt8.self) == byte else { throw .damaged }
        }
        let sum: UInt32 = bytes.littleEndian(at: 60)
        guard Checksum.of(bytes.extracting(0..<60)) == sum else { throw .damaged }
        guard bytes.littleEndian(at: 8, as: UInt32.self) == Self.version else { throw .newerVersion }
        seed = bytes.littleEndian(at: 12)
        store = StoreIdentity(high: bytes.littleEndian(at: 16), low: bytes.littleEndian(at: 24))
        number = bytes.littleEndian(at: 32)
        let cutNumber: UInt64 = bytes.littleEndian(at: 40)
        guard let end = Int(exactly: bytes.littleEndian(at: 48, as: UInt64.self)) else { throw .damaged }
        cut = cutNumber == 0 ? nil : Cut(number: cutNumber, end: end)
    }
}

/// A random number that the database of a store and its journal files share.
struct StoreIdentity: Hashable, Sendable {
    let high: UInt64
    let low: UInt64

    init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    init() { self.init(high: .random(in: .min ... .max), low: .random(in: .min ... .max)) }
}
