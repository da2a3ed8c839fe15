import AgentModel
import ManagementCore
import MobileIPv4

/// mipSecurity, 1.2.
///
/// RFC 2006 knows peers by address alone, so associations and violations of an NAI or a prefix are not in these tables.
enum SecurityGroup {
    static var leaves: [MIBLeaf] {
        associations.columns(associationColumns) + violations.columns(violationColumns) + [
            .scalar(
                [1, 2, 2], "mipSecTotalViolations", .counter32, "Security violations by all peers together."
            ) { view in view.state.information == nil ? nil : .counter(low: view.state.counters.securityViolations) }
        ]
    }

    // MARK: - mipSecAssocTable

    private static let associations = MIBTable<SecurityAssociation>(
        entry: [1, 2, 1, 1], index: ["mipSecPeerAddress", "mipSecSPI"], bounds: IndexCoding.address + IndexCoding.unsigned,
        find: { view, fields in view.state.associations[key(fields)] },
        seek: { view, position in
            let key = key(position.fields)
            let table = view.state.associations
            guard let found = position.isAfter ? table.successor(of: key) : table.ceiling(key), case .address = found.row.peer
            else { return nil }
            return found.row
        },
        appendIndex: { row, name in
            guard case .address(let address) = row.peer else { return }
            IndexCoding.append(address, to: &name)
            name.append(UInt(row.spi.rawValue))
        })

    private static func key(_ fields: [UInt32]) -> SecurityAssociationKey {
        SecurityAssociationKey(
            peer: .address(IndexCoding.address(fields)), spi: SecurityParameterIndex(rawValue: fields[4]))
    }

    private static let associationColumns: [MIBColumn<SecurityAssociation>] = [
        MIBColumn(
            3, "mipSecAlgorithmType", .enumeration([.init("other", 1), .init("md5", 2)]),
            "The hash algorithm of the association.", access: .readCreate
        ) { row, _ in .integer(row.algorithm == .hmacMD5 || row.algorithm == .prefixSuffixMD5 ? 2 : 1) },
        MIBColumn(
            4, "mipSecAlgorithmMode", .enumeration([.init("other", 1), .init("prefixSuffix", 2)]), "How the key enters the hash.",
            access: .readCreate
        ) { row, _ in .integer(row.algorithm == .prefixSuffixMD5 ? 2 : 1) },
        MIBColumn(
            5, "mipSecKey", .octetString(16...16), "The key; always reads as an empty string.", access: .readCreate
        ) { _, _ in .octets([]) },
        MIBColumn(
            6, "mipSecReplayMethod", .enumeration([.init("other", 1), .init("timestamps", 2), .init("nonces", 3)]),
            "How replays are recognised.", access: .readCreate
        ) { row, _ in .integer(row.replayMethod == .timestamps ? 2 : 3) },
    ]

    // MARK: - mipSecViolationTable

    private static let violations = MIBTable<SecurityViolation>(
        entry: [1, 2, 3, 1], index: ["mipSecViolatorAddress"], bounds: IndexCoding.address,
        find: { view, fields in view.state.violations[.address(IndexCoding.address(fields))] },
        seek: { view, position in
            let key = PeerIdentity.address(IndexCoding.address(position.fields))
            let table = view.state.violations
            guard let found = position.isAfter ? table.successor(of: key) : table.ceiling(key), case .address = found.key
            else { return nil }
            return found.row
        },
        appendIndex: { row, name in
            if case .address(let address) = row.violator { IndexCoding.append(address, to: &name) }
        })

    private static let violationColumns: [MIBColumn<SecurityViolation>] = [
        MIBColumn(1, "mipSecViolatorAddress", .ipAddress, "The address the offending message claimed.") { row, _ in
            guard case .address(let address) = row.violator else { return nil }
            return .ipAddress(address)
        },
        MIBColumn(2, "mipSecViolationCounter", .counter32, "Violations by this offender.") { row, _ in
            .counter(low: row.count)
        },
        MIBColumn(3, "mipSecRecentViolationSPI", .integer32(nil), "The SPI of the last violation, or 0.") { row, _ in
            .integer(bits: row.recentSPI.rawValue)
        },
        MIBColumn(4, "mipSecRecentViolationTime", .timeStamp, "When the last violation was seen.") { row, view in
            view.timeStamp(row.recentTime)
        },
        MIBColumn(5, "mipSecRecentViolationIDLow", .integer32(nil), "Low half of the last identification.") { row, _ in
            .integer(bits: row.recentIdentification.low)
        },
        MIBColumn(6, "mipSecRecentViolationIDHigh", .integer32(nil), "High half of the last identification.") { row, _ in
            .integer(bits: row.recentIdentification.high)
        },
        MIBColumn(
            7, "mipSecRecentViolationReason",
            .enumeration([
                .init("noMobilitySecurityAssociation", 1), .init("badAuthenticator", 2), .init("badIdentifier", 3),
                .init("badSPI", 4), .init("missingSecurityExtension", 5), .init("other", 6),
            ]), "Why the last violation was counted."
        ) { row, _ in
            let reason: Int32 =
                switch row.recentReason {
                case .noMobilitySecurityAssociation: 1
                case .badAuthenticator: 2
                case .badIdentifier: 3
                case .badSPI: 4
                case .missingSecurityExtension: 5
                case .other: 6
                }
            return .integer(reason)
        },
    ]
}
