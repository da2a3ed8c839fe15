import AgentModel
import ManagementCore
import MobileIPv4

/// mipSecurity of RFC 2006, 1.2.1 to 1.2.3.
///
/// RFC 2006 identifies peers by address only, so associations and violations of an NAI or a prefix are not in these tables.
enum SecurityGroup {
    static var leaves: [MIBLeaf] {
        associations.columns(associationColumns) + violations.columns(violationColumns)
    }

    // MARK: - mipSecAssocTable

    private static let associations = MIBTable(
        .mipSecAssocEntry, key: ["peer", "spi"],
        rows: OrderedRows<SecurityAssociationKey, SecurityAssociation, SecurityAssociation>(
            table: { $0.state.associations }, endsAtFirstGap: true,
            resolve: { _, key, row in
                if case .address = key.peer { row } else { nil }
            }))

    private static let associationColumns: [MIBColumn<SecurityAssociation>] = [
        MIBColumn(.mipSecAlgorithmType, nil, "The hash algorithm of the association.") { row, _ in
            .integer(row.algorithm == .hmacMD5 || row.algorithm == .prefixSuffixMD5 ? 2 : 1)
        },
        MIBColumn(.mipSecAlgorithmMode, nil, "How the key enters the hash.") { row, _ in
            .integer(row.algorithm == .prefixSuffixMD5 ? 2 : 1)
        },
        MIBColumn(.mipSecKey, nil, "The key; always reads as an empty string.") { _, _ in .octets([]) },
        MIBColumn(.mipSecReplayMethod, "replayMethod", "How replays are detected.") { row, _ in
            .integer(row.replayMethod == .timestamps ? 2 : 3)
        },
    ]

    // MARK: - mipSecViolationTable

    private static let violations = MIBTable(
        .mipSecViolationEntry,
        rows: OrderedRows<PeerIdentity, SecurityViolation, SecurityViolation>(
            table: { $0.state.violations }, endsAtFirstGap: true,
            resolve: { _, key, row in
                if case .address = key { row } else { nil }
            }))

    private static let violationColumns: [MIBColumn<SecurityViolation>] = [
        MIBColumn(.mipSecViolatorAddress, "violator", "The address that the offending message claimed.") { row, _ in
            guard case .address(let address) = row.violator else { return nil }
            return .ipAddress(address)
        },
        MIBColumn(.mipSecViolationCounter, "count", "Violations by this offender.") { row, _ in
            .counter(low: row.count)
        },
        MIBColumn(.mipSecRecentViolationSPI, .unsigned("recentSPI"), "The SPI of the last violation, or 0.") { row, _ in
            .integer(bits: row.recentSPI.rawValue)
        },
        MIBColumn(.mipSecRecentViolationTime, "recentTime", "When the last violation was detected.") { row, view in
            view.timeStamp(row.recentTime)
        },
        MIBColumn(
            .mipSecRecentViolationIDLow, .low("recentIdentification"), "Low half of the identification in the last violation."
        ) { row, _ in
            .integer(bits: row.recentIdentification.low)
        },
        MIBColumn(
            .mipSecRecentViolationIDHigh, .high("recentIdentification"), "High half of the identification in the last violation."
        ) {
            row, _ in
            .integer(bits: row.recentIdentification.high)
        },
        MIBColumn(.mipSecRecentViolationReason, "recentReason", "Why the last violation was counted.") { row, _ in
            row.recentReason.mibValue
        },
    ]
}
