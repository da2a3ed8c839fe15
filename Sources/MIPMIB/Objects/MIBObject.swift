/// One scalar or column of a MIB module.
public struct MIBObject: Sendable {
    /// The descriptor, spelt as in the module.
    public let name: String
    /// The module that defines it.
    public let module: MIBModule
    /// The full OID of the object; an instance adds 0 or an index.
    public let oid: [UInt]
    /// Its type and the values it may have.
    public let syntax: MIBSyntax
    /// MAX-ACCESS of the object.
    public let access: MIBAccess
    /// STATUS of the object.
    public let status: MIBStatus
    /// What it shows, in one sentence.
    public let summary: String
    /// The index objects of a column, in order; empty for a scalar.
    public let index: [MIBIndexObject]

    /// The node of the MIB text, from which everything but the summary comes.
    package let node: MIBNode

    init(_ node: MIBNode, _ summary: String, index: [MIBIndexObject] = []) {
        let text = node.text
        guard let syntax = text.syntax, let access = text.access, let status = text.status else {
            preconditionFailure("\(node) is not a scalar or column")
        }
        name = text.name
        module = text.module
        oid = text.oid
        self.syntax = syntax
        self.access = access
        self.status = status
        self.summary = summary
        self.index = index
        self.node = node
    }

    /// Sub-identifiers below the module's OID.
    public var suffix: ArraySlice<UInt> { oid[module.root.count...] }

    /// Whether it is a column of a table.
    public var isColumn: Bool { !index.isEmpty }

    /// mipMIB: { mib-2 44 } (RFC 2006).
    public static let root = MIBModule.mip.root
}

/// MAX-ACCESS of an object (RFC 2578 §7.3).
public enum MIBAccess: String, Hashable, Sendable {
    case notAccessible = "not-accessible"
    case accessibleForNotify = "accessible-for-notify"
    case readOnly = "read-only"
    case readWrite = "read-write"
    case readCreate = "read-create"

    /// Whether a manager may write the object according to the module.
    public var isWritable: Bool { self == .readWrite || self == .readCreate }
    /// Whether a manager may read the object.
    public var isReadable: Bool { isWritable || self == .readOnly }
}

/// STATUS of an object (RFC 2578 §7.4).
public enum MIBStatus: String, Hashable, Sendable {
    case current, deprecated
}

/// An object in the INDEX clause of a table.
public struct MIBIndexObject: Hashable, Sendable {
    /// The descriptor.
    public let name: String
    /// Its type, which determines how it is encoded in sub-identifiers (RFC 2578 §7.7).
    public let syntax: MIBSyntax
    /// The node of the MIB text.
    package let node: MIBNode

    init?(_ node: MIBNode) {
        guard let syntax = node.text.syntax else { return nil }
        name = node.name
        self.syntax = syntax
        self.node = node
    }
}
