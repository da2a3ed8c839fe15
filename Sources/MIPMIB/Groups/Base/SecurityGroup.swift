import AgentModel
import ManagementCore
import MobileIPv4

/// mipSecurity of RFC 2006, 1.2.1 to 1.2.3.
///
/// RFC 2006 knows peers by address alone, so associations and violations of an NAI or a prefix are not in these tables.
enum SecurityGroup {
    static var leaves: [MIBLeaf] {
        associations.columns(associationColumns) + violations.columns(violationColumns)
    }

    static let violationReason = MIBSyntax.enumeration(
        "noMobilitySecurityAssociation", "badAuthenticator", "badIdentifier", "badSPI", "missingSecurityExtension", "other")
    static let replayMethod = MIBSyntax.enumeration("other", "timestamps", "nonces")

    // MARK: - mipSecAssocTable

    private static let associations = MIBTable(
        module: .mip, entry: [1, 2, 1, 1],
        index: [MIBIndexObject("mipSecPeerAddress", .ipAddress), MIBIndexObject("mipSecSPI", .unsigned32(0...0xFFFF_FFFF))],
        status: .deprecated,
        rows: OrderedRows<SecurityAssociationKey, SecurityAssociation, SecurityAssociation>(
            table: { $0.state.associations },
            resolve: { _, key, row in
                if case .address = key.peer { row } else { nil }
            }))

    private static let associationColumns: [MIBColumn<SecurityAssociation>] = [
        MIBColumn(
            3, "mipSecAlgorithmType", .enumeration("other", "md5"), "The hash algorithm of the association.", access: .readCreate
        ) { row, _ in .integer(row.algorithm == .hmacMD5 || row.algorithm == .prefixSuffixMD5 ? 2 : 1) },
        MIBColumn(
            4, "mipSecAlgorithmMode", .enumeration("other", "prefixSuffix"), "How the key enters the hash.", access: .readCreate
        ) { row, _ in .integer(row.algorithm == .prefixSuffixMD5 ? 2 : 1) },
        MIBColumn(
            5, "mipSecKey", .octetString(16...16), "The key; always reads as an empty string.", access: .readCreate
        ) { _, _ in .octets([]) },
        MIBColumn(6, "mipSecReplayMethod", replayMethod, "How replays are recognised.", access: .readCreate) { row, _ in
            .integer(row.replayMethod == .timestamps ? 2 : 3)
        },
    ]

    // MARK: - mipSecViolationTable

    private static let violations = MIBTable(
        module: .mip, entry: [1, 2, 3, 1], index: [MIBIndexObject("mipSecViolatorAddress", .ipAddress)], status: .deprecated,
        rows: OrderedRows<PeerIdentity, SecurityViolation, SecurityViolation>(
            table: { $0.state.violations },
            resolve: { _, key, row in
                if case .address = key { row } else { nil }
            }))

    private static let violationColumns: [MIBColumn<SecurityViolation>] = [
        MIBColumn(1, "mipSecViolatorAddress", .ipAddress, "The address the offending message claimed.") { row, _ in
            guard case .address(let address) = row.violator else { return nil }
            return .ipAddress(address)
        },
        MIBColumn(2, "mipSecViolationCounter", .counter32, "Violations by this offender.") { row, _ in
            .counter(low: row.count)
        },
        MIBColumn(3, "mipSecRecentViolationSPI", .integer32(), "The SPI of the last violation, or 0.") { row, _ in
            .integer(bits: row.recentSPI.rawValue)
        },
        MIBColumn(4, "mipSecRecentViolationTime", .timeStamp, "When the last violation was seen.") { row, view in
            view.timeStamp(row.recentTime)
        },
        MIBColumn(5, "mipSecRecentViolationIDLow", .integer32(), "Low half of the last identification.") { row, _ in
            .integer(bits: row.recentIdentification.low)
        },
        MIBColumn(6, "mipSecRecentViolationIDHigh", .integer32(), "High half of the last identification.") { row, _ in
            .integer(bits: row.recentIdentification.high)
        },
        MIBColumn(7, "mipSecRecentViolationReason", violationReason, "Why the last violation was counted.") { row, _ in
            row.recentReason.mibValue
        },
    ]
}
