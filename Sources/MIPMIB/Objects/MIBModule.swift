/// A MIB module that this product defines objects of.
public enum MIBModule: String, Hashable, Sendable, CaseIterable {
    /// The objects of RFC 2006 and of its unfinished revision.
    case mip = "MIP-MIB"
    /// What neither has and operators need.
    case ext = "MIPV4-EXT-MIB"

    /// The OID of the module, below which all its objects are.
    public var root: [UInt] {
        switch self {
        case .mip: Self.mipMIB
        case .ext: Self.mipExtMIB
        }
    }

    /// mipMIB: { mib-2 44 } (RFC 2006).
    private static let mipMIB: [UInt] = [1, 3, 6, 1, 2, 1, 44]
    /// mipExtRoot: netSnmpPlaypen, for experiments, until the project is assigned a number. The MIB texts have it in one place too.
    private static let mipExtRoot: [UInt] = [1, 3, 6, 1, 4, 1, 8072, 9999, 9999]
    /// mipExtMIB: { mipExtRoot 44 }.
    private static let mipExtMIB = mipExtRoot + [44]
    /// mipMibd01 of MIP-CAPABILITIES: what this release implements, for sysORID.
    public static let capabilities = mipExtRoot + [45, 1]
}
