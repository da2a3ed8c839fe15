/// One scalar or column of a MIB module.
public struct MIBObject: Sendable {
    /// The descriptor, spelt as in the module.
    public let name: String
    /// Sub-identifiers below `mipMIB`, 1.3.6.1.2.1.44; an instance adds 0 or an index.
    public let suffix: [UInt]
    /// The type that managers see.
    public let syntax: MIBSyntax
    /// MAX-ACCESS of the object.
    public let access: MIBAccess
    /// What it tells, in one sentence.
    public let summary: String
    /// Descriptors of the index objects of a column; empty for a scalar.
    public let index: [String]

    /// mipMIB: { mib-2 44 } (RFC 2006).
    public static let root: [UInt] = [1, 3, 6, 1, 2, 1, 44]
}
