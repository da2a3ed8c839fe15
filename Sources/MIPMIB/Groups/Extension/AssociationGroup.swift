import AgentModel
import ManagementCore
import MobileIPv4

/// mipExtSecurity, 1.8 of MIPV4-EXT-MIB: how associations are used.
enum AssociationGroup {
    static var leaves: [MIBLeaf] { associations.columns(columns) + [associations.column(clockOffset, from: measured)] }

    private static let associations = MIBTable(
        module: .ext, entry: [1, 8, 1, 1], index: SecurityIdentityGroup.associationIndex,
        rows: SecurityIdentityGroup.associationRows)

    private static let columns: [MIBColumn<SecurityAssociation>] = [
        MIBColumn(1, "mipExtAssocPeerRole", .role, "The role that the peer plays towards this agent.", access: .readCreate) {
            row, _ in
            row.peerRole.mibValue
        },
        MIBColumn(2, "mipExtAssocLastUsed", .dateAndTime, "When a message was last authenticated with it.") { row, _ in
            .dateAndTime(row.use?.lastUsed)
        },
        MIBColumn(3, "mipExtAssocAccepted", .counter64, "Messages that were right.") { row, _ in
            .counter64(row.use?.accepted ?? 0)
        },
        MIBColumn(4, "mipExtAssocAuthFailures", .counter64, "Messages whose authenticator was wrong.") { row, _ in
            .counter64(row.use?.authenticationFailures ?? 0)
        },
        MIBColumn(5, "mipExtAssocReplayFailures", .counter64, "Messages whose identification was wrong.") { row, _ in
            .counter64(row.use?.replayFailures ?? 0)
        },
    ]

    /// Those whose peer's clock was seen: the others have no instance.
    private static let measured = OrderedRows<IdentityKey<SecurityParameterIndex>, SecurityAssociationKey, SecurityAssociation>(
        table: { $0.state.identities.measuredAssociations }, resolve: { view, _, key in view.state.associations[key] })

    private static let clockOffset = MIBColumn<SecurityAssociation>(
        6, "mipExtAssocClockOffset", .integer32(), "How far the peer's clock is ahead, in milliseconds."
    ) { row, _ in row.use?.clockOffset.map { .integer($0) } }
}
