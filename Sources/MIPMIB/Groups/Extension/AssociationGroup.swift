import AgentModel
import ManagementCore
import MobileIPv4

/// mipExtSecurity, 1.8 of MIPV4-EXT-MIB: how associations are used.
enum AssociationGroup {
    static var leaves: [MIBLeaf] { associations.columns(columns) }

    private static let associations = MIBTable(
        module: .ext, entry: [1, 8, 1, 1], index: SecurityIdentityGroup.associationIndex,
        rows: SecurityIdentityGroup.associationRows)

    private static let columns: [MIBColumn<SecurityAssociation>] = [
        MIBColumn(1, "mipExtAssocPeerRole", .role, "The role that the peer plays towards this agent.", access: .readCreate) {
            row, _ in
            row.peerRole.mibValue
        }
    ]
}
