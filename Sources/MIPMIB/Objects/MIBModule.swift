/// A MIB module whose objects this product serves.
public enum MIBModule: String, Hashable, Sendable, CaseIterable {
    /// The objects of RFC 2006 and of its unfinished revision.
    case mip = "MIP-MIB"
    /// Objects that operators need and that neither of these has.
    case ext = "MIPV4-EXT-MIB"

    /// The OID of the module, which is a prefix of those of all its objects.
    public var root: [UInt] {
        switch self {
        case .mip: MIBNode.mipMIB.oid
        case .ext: MIBNode.mipExtMIB.oid
        }
    }

    /// mipMibd01 of MIP-CAPABILITIES, { mipExtRoot 45 1 }: what this release implements, for sysORID.
    public static let capabilities = MIBNode.mipExtRoot.oid + [45, 1]
}
