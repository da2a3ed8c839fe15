import AgentModel
import ManagementCore
import MobileIPv4

/// mipSecurity of the revision, 1.2.4 to 1.2.6: associations and offenders by identity.
enum SecurityIdentityGroup {
    static var leaves: [MIBLeaf] {
        associations.columns(associationColumns) + violations.columns(violationColumns) + [
            .scalar(.mipSecurityAssocsCount, nil, "Current number of security associations.") { view in
                view.state.information == nil ? nil : .gauge(clamping: view.state.associations.count)
            }
        ]
    }

    // MARK: - mipSecurityAssocTable

    // Here and below, rows share an index only if two identifiers of more than 64 octets have the same abbreviation.
    static let associationRows = SharedRows<IdentityKey<AssociationPlace>, Void, SecurityAssociation>(
        table: { $0.state.identities.associations }, resolve: { view, place, _ in view.state.associations[place.rest.key] })

    private static let associations = MIBTable(
        .mipSecurityAssocEntry, key: [nil, nil, "spi"], rows: associationRows)

    private static let associationColumns: [MIBColumn<SecurityAssociation>] = [
        MIBColumn(.mipSecurityAlgorithmType, nil, "The hash function of the authenticator.") { row, _ in
            switch row.algorithm {
            case .hmacMD5, .prefixSuffixMD5: .integer(2)
            case .hmacSHA1: .integer(3)
            case .hmacSHA256: .integer(4)
            }
        },
        MIBColumn(.mipSecurityAlgorithmMode, nil, "How the key enters the hash function.") { row, _ in
            .integer(row.algorithm == .prefixSuffixMD5 ? 2 : 3)
        },
        MIBColumn(.mipSecurityKey, nil, "The key; always reads as an empty string.") {
            _, _ in
            .octets([])
        },
        MIBColumn(.mipSecurityReplayMethod, "replayMethod", "How replays are detected.") { row, _ in
            .integer(row.replayMethod == .timestamps ? 2 : 3)
        },
        MIBColumn(
            .mipSecurityReplayTime, "replayTolerance", "Greatest permitted difference of a timestamp from the clock, in seconds."
        ) { row, _ in
            .unsigned(UInt32(min(max(row.replayTolerance, 3), 255)))
        },
        MIBColumn(.mipSecurityPeerNAI, nil, "The peer's full network access identifier, or empty.") {
            row, _ in
            if case .nai(let nai) = row.peer { .nai(nai) } else { .nai(nil) }
        },
        MIBColumn(.mipSecurityPeerIpAddress, nil, "The peer's address, or 0.0.0.0.") { row, _ in
            if case .address(let address) = row.peer { .ipAddress(address) } else { .ipAddress(.zero) }
        },
        MIBColumn(.mipSecurityStatus, nil, "The status of the row.") { _, _ in .integer(1) },
        MIBColumn(.mipSecurityStorageType, "storage", "What happens to the row at a restart.") {
            row, _ in
            .storage(row.storage)
        },
    ]

    // MARK: - mipSecurityViolationTable

    private static let violations = MIBTable(
        .mipSecurityViolationEntry,
        rows: SharedRows<IdentityKey<PeerIdentity>, Void, SecurityViolation>(
            table: { $0.state.identities.violations }, resolve: { view, key, _ in view.state.violations[key.rest] }))

    private static let violationColumns: [MIBColumn<SecurityViolation>] = [
        MIBColumn(.mipSecurityViolationCounter, "count", "Violations by this offender.") { row, _ in
            .counter(low: row.count)
        },
        MIBColumn(.mipSecurityRecentViolationSPI, "recentSPI", "The SPI of the last violation, or 0.") { row, _ in
            .unsigned(row.recentSPI.rawValue)
        },
        MIBColumn(.mipSecurityRecentViolationTime, "recentTime", "When the last violation was detected.") { row, view in
            view.timeStamp(row.recentTime)
        },
        MIBColumn(
            .mipSecurityRecentViolationIDLow, .low("recentIdentification"),
            "Low half of the identification in the last violation."
        ) {
            row, _ in
            .unsigned(row.recentIdentification.low)
        },
        MIBColumn(
            .mipSecurityRecentViolationIDHigh, .high("recentIdentification"),
            "High half of the identification in the last violation."
        ) {
            row, _ in
            .unsigned(row.recentIdentification.high)
        },
        MIBColumn(.mipSecurityRecentViolationReason, "recentReason", "Why the last violation was counted.") {
            row, _ in
            row.recentReason.mibValue
        },
        MIBColumn(.mipSecurityViolatorNAI, nil, "The offender's full network access identifier, or empty.") {
            row, _ in
            if case .nai(let nai) = row.violator { .nai(nai) } else { .nai(nil) }
        },
        MIBColumn(.mipSecurityViolatorIpAddress, nil, "The address that the offender claimed, or 0.0.0.0.") { row, _ in
            if case .address(let address) = row.violator { .ipAddress(address) } else { .ipAddress(.zero) }
        },
        MIBColumn(
            .mipSecurityRecentViolationErrCode, .nonZero("recentCode"),
            "The code of the reply to the last violation; 0 if there was no reply."
        ) {
            row, _ in .unsigned(UInt32(row.recentCode ?? 0))
        },
        // Rows are created by events; there is nothing to choose.
        MIBColumn(.mipSecurityviolationStorageType, nil, "What happens to the row at a restart: volatile.") { _, _ in .integer(2)
        },
    ]
}
