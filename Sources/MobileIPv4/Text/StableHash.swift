extension Sequence<UInt8> {
    /// The 64-bit FNV-1a hash: the same in every process and on every machine, with no defence against bytes that are chosen to
    /// have the same hash.
    package var stableHash: UInt64 { reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 } }
}
