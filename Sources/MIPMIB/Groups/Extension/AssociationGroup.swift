import AgentModel
import ManagementCore
import MobileIPv4

/// mipExtSecurity, 1.8 of MIPV4-EXT-MIB: how associations are used.
enum AssociationGroup {
    static var leaves: [MIBLeaf] { associations.columns(columns) + [associations.column(clockOffset, from: measured)] }

    private static let associations = MIBTable(.mipExtAssocEntry, rows: SecurityIdentityGroup.associationRows)

    private static let columns: [MIBColumn<SecurityAssociation>] = [
        MIBColumn(.mipExtAssocPeerRole, "peerRole", "The role that the peer plays towards this agent.") {
            row, _ in
            row.peerRole.mibValue
        },
        MIBColumn(.mipExtAssocLastUsed, "use.lastUsed", "When the association was last used to authenticate a message.") {
            row, _ in
            .dateAndTime(row.use?.lastUsed)
        },
        MIBColumn(.mipExtAssocAccepted, "use.accepted", "Messages with a correct authenticator and identification.") { row, _ in
            .counter64(row.use?.accepted ?? 0)
        },
        MIBColumn(.mipExtAssocAuthFailures, "use.authenticationFailures", "Messages with a wrong authenticator.") { row, _ in
            .counter64(row.use?.authenticationFailures ?? 0)
        },
        MIBColumn(.mipExtAssocReplayFailures, "use.replayFailures", "Messages with a wrong identification.") { row, _ in
            .counter64(row.use?.replayFailures ?? 0)
        },
    ]

    /// Associations whose peer's clock is known. The others have no instance.
    private static let measured = SharedRows<IdentityKey<AssociationPlace>, Void, SecurityAssociation>(
        table: { $0.state.identities.measuredAssociations },
        resolve: { view, place, _ in view.state.associations[place.rest.key] })

    private static let clockOffset = MIBColumn<SecurityAssociation>(
        .mipExtAssocClockOffset, "use.clockOffset", "How far the peer's clock is ahead, in milliseconds."
    ) { row, _ in row.use?.clockOffset.map { .integer($0) } }
}
