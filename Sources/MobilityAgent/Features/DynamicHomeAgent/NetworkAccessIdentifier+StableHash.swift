import MobileIPv4

extension NetworkAccessIdentifier {
    /// A hash that is the same in every process, so that a node gets the same of several home agents everywhere and after a restart.
    /// Equal identifiers have the same hash.
    var stableHash: UInt64 { comparedOctets.stableHash }
}
