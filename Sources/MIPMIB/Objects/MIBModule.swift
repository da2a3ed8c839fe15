/// A MIB module that this product defines objects of.
public enum MIBModule: String, Hashable, Sendable, CaseIterable {
    /// The objects of RFC 2006 and of its unfinished revision.
    case mip = "MIP-MIB"
    /// What neither has and operators need.
    case ext = "MIPV4-EXT-MIB"

    /// The OID of the module, below which all its objects are.
    public var root: [UInt] {
        switch self {
        case .mip: MIBNode.mipMIB.oid
        case .ext: MIBNode.mipExtMIB.oid
        }
    }

    /// mipMibd01 of MIP-CAPABILITIES, { mipExtRoot 45 1 }: what this release implements, for sysORID.
    public static let capabilities = MIBNode.mipExtRoot.oid + [45, 1]
}
