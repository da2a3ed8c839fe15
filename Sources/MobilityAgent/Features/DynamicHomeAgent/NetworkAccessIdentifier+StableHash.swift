import MobileIPv4

extension NetworkAccessIdentifier {
    /// A hash that is the same in every process, so that a node gets the same of several home agents everywhere and after a restart.
    /// Equal identifiers have the same hash.
    ///
    /// It is FNV-1a, with no defence against identifiers that are chosen to have the same hash.
    var stableHash: UInt64 {
        comparedOctets.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}
