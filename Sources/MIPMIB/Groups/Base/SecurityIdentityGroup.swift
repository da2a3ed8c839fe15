import AgentModel
import ManagementCore
import MobileIPv4

/// mipSecurity of the revision, 1.2.4 to 1.2.6: associations and offenders by identity.
enum SecurityIdentityGroup {
    static var leaves: [MIBLeaf] {
        associations.columns(associationColumns) + violations.columns(violationColumns) + [
            .scalar(.mip, [1, 2, 4], "mipSecurityAssocsCount", .gauge32, "Security associations at this moment.") { view in
                view.state.information == nil ? nil : .gauge(clamping: view.state.associations.count)
            }
        ]
    }

    // MARK: - mipSecurityAssocTable

    static let associationIndex = [
        MIBIndexObject("mipSecurityPeerIdType", .identifierType), MIBIndexObject("mipSecurityPeerId", .identifier),
        MIBIndexObject("mipSecuritySPI", .unsigned32(0...0xFFFF_FFFF)),
    ]

    static let associationRows = OrderedRows<IdentityKey<SecurityParameterIndex>, SecurityAssociationKey, SecurityAssociation>(
        table: { $0.state.identities.associations }, resolve: { view, _, key in view.state.associations[key] })

    private static let associations = MIBTable(
        module: .mip, entry: [1, 2, 5, 1], index: associationIndex, rows: associationRows)

    private static let associationColumns: [MIBColumn<SecurityAssociation>] = [
        MIBColumn(
            4, "mipSecurityAlgorithmType", .enumeration("other", "md5", "sha1", "sha256"),
            "The hash function of the authenticator.",
            access: .readCreate
        ) { row, _ in
            switch row.algorithm {
            case .hmacMD5, .prefixSuffixMD5: .integer(2)
            case .hmacSHA1: .integer(3)
            case .hmacSHA256: .integer(4)
            }
        },
        MIBColumn(
            5, "mipSecurityAlgorithmMode", .enumeration("other", "prefixSuffix", "hmac"), "How the key enters the hash function.",
            access: .readCreate
        ) { row, _ in .integer(row.algorithm == .prefixSuffixMD5 ? 2 : 3) },
        MIBColumn(6, "mipSecurityKey", .octetString(0...64), "The key; always reads as an empty string.", access: .readCreate) {
            _, _ in
            .octets([])
        },
        MIBColumn(
            7, "mipSecurityReplayMethod", SecurityGroup.replayMethod, "How a repeated message is told from a new one.",
            access: .readCreate
        ) { row, _ in .integer(row.replayMethod == .timestamps ? 2 : 3) },
        MIBColumn(
            8, "mipSecurityReplayTime", .unsigned32(3...255), "How far a timestamp may be off, in seconds.", access: .readCreate
        ) { row, _ in .unsigned(UInt32(min(max(row.replayTolerance, 3), 255))) },
        MIBColumn(
            9, "mipSecurityPeerNAI", .identifierNAI, "The peer's network access identifier in full, or nothing.",
            access: .readCreate
        ) {
            row, _ in
            if case .nai(let nai) = row.peer { .nai(nai) } else { .nai(nil) }
        },
        MIBColumn(10, "mipSecurityPeerIpAddress", .ipAddress, "The peer's address, or 0.0.0.0.", access: .readCreate) { row, _ in
            if case .address(let address) = row.peer { .ipAddress(address) } else { .ipAddress(.zero) }
        },
        MIBColumn(11, "mipSecurityStatus", .rowStatus, "The life of the row.", access: .readCreate) { _, _ in .integer(1) },
        MIBColumn(12, "mipSecurityStorageType", .storageType, "What becomes of the row at a restart.", access: .readCreate) {
            row, _ in
            .storage(row.storage)
        },
    ]

    // MARK: - mipSecurityViolationTable

    private static let violations = MIBTable(
        module: .mip, entry: [1, 2, 6, 1],
        index: [
            MIBIndexObject("mipSecurityViolatorIdType", .identifierType), MIBIndexObject("mipSecurityViolatorId", .identifier),
        ],
        rows: OrderedRows<IdentityKey<PeerIdentity>, Void, SecurityViolation>(
            table: { $0.state.identities.violations }, resolve: { view, key, _ in view.state.violations[key.rest] }))

    private static let violationColumns: [MIBColumn<SecurityViolation>] = [
        MIBColumn(3, "mipSecurityViolationCounter", .counter32, "Violations by this offender.") { row, _ in
            .counter(low: row.count)
        },
        MIBColumn(4, "mipSecurityRecentViolationSPI", .unsigned32, "The SPI of the last violation, or 0.") { row, _ in
            .unsigned(row.recentSPI.rawValue)
        },
        MIBColumn(5, "mipSecurityRecentViolationTime", .timeStamp, "When the last violation was seen.") { row, view in
            view.timeStamp(row.recentTime)
        },
        MIBColumn(6, "mipSecurityRecentViolationIDLow", .unsigned32(0...0xFFFF_FFFF), "Low half of the last identification.") {
            row, _ in
            .unsigned(row.recentIdentification.low)
        },
        MIBColumn(7, "mipSecurityRecentViolationIDHigh", .unsigned32(0...0xFFFF_FFFF), "High half of the last identification.") {
            row, _ in
            .unsigned(row.recentIdentification.high)
        },
        MIBColumn(8, "mipSecurityRecentViolationReason", SecurityGroup.violationReason, "Why the last violation was counted.") {
            row, _ in
            row.recentReason.mibValue
        },
        MIBColumn(9, "mipSecurityViolatorNAI", .identifierNAI, "The offender's network access identifier in full, or nothing.") {
            row, _ in
            if case .nai(let nai) = row.violator { .nai(nai) } else { .nai(nil) }
        },
        MIBColumn(10, "mipSecurityViolatorIpAddress", .ipAddress, "The address the offender claimed, or 0.0.0.0.") { row, _ in
            if case .address(let address) = row.violator { .ipAddress(address) } else { .ipAddress(.zero) }
        },
        MIBColumn(
            11, "mipSecurityRecentViolationErrCode", .unsigned32,
            "The code that answered the last violation; 0 without an answer."
        ) {
            row, _ in .unsigned(UInt32(row.recentCode ?? 0))
        },
        // Rows are made by events; there is nothing to choose.
        MIBColumn(
            12, "mipSecurityviolationStorageType", .storageType, "What becomes of the row at a restart: volatile.",
            access: .readCreate
        ) { _, _ in .integer(2) },
    ]
}
