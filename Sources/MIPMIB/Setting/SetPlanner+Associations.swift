import AgentModel
import ManagementCore
import MobileIPv4

extension SetPlanner {
    // MARK: - mipSecAssocTable of RFC 2006: no RowStatus

    /// A row is created when one request sets all four columns, and changed by setting any of them.
    mutating func writeLegacyAssociation(_ row: RowWrite) throws(MIBSetError) {
        try requireAgent(row.position)
        var reader = IndexReader(row.instance)
        guard let address = reader.address(), let number = reader.number(), reader.isAtEnd else {
            throw row.error(.noCreation, "the index is not an IPv4 address and an SPI")
        }
        let key = SecurityAssociationKey(peer: .address(address), spi: SecurityParameterIndex(rawValue: number))
        let old = view.state.associations[key]
        let columns = ["mipSecAlgorithmType", "mipSecAlgorithmMode", "mipSecKey", "mipSecReplayMethod"]
        if old == nil {
            try requireAssignable(key.spi, row)
            if let missing = columns.first(where: { row.cells[$0] == nil }) {
                throw row.error(
                    .inconsistentName, "a new association requires all four columns in one request; \(missing) is missing")
            }
        }
        var change = SecurityAssociationChange(peer: key.peer, spi: key.spi)
        change.algorithm = try legacyAlgorithm(row, old)
        change.replayMethod = try replayMethod(row, "mipSecReplayMethod")
        change.key = row.octets("mipSecKey").map(SecretOctets.init)
        change.creation = old == nil ? .mustNotExist : .mustExist
        if old == nil { change.peerRole = defaultPeerRole }
        add(.association(change), position: row.position, columns: row.positions)
    }

    private func legacyAlgorithm(_ row: RowWrite, _ old: SecurityAssociation?) throws(MIBSetError) -> AuthenticationAlgorithm? {
        let (type, mode) = (row.number("mipSecAlgorithmType"), row.number("mipSecAlgorithmMode"))
        if type == 1 {
            throw row.error(
                .wrongValue, "other(1) is invalid; expected md5(2), or use mipSecurityAlgorithmType for other algorithms",
                at: "mipSecAlgorithmType")
        }
        switch (type, mode) {
        case (nil, nil): return nil
        case (_, 2?):
            guard type == 2 || old?.algorithm == .hmacMD5 || old?.algorithm == .prefixSuffixMD5 else {
                throw row.error(.inconsistentValue, "prefixSuffix(2) is valid with md5(2) only", at: "mipSecAlgorithmMode")
            }
            return .prefixSuffixMD5
        case (2?, nil): return old?.algorithm == .prefixSuffixMD5 ? nil : .hmacMD5
        case (2?, _): return .hmacMD5
        // HMAC with the current hash function.
        default: return old?.algorithm == .prefixSuffixMD5 ? .hmacMD5 : nil
        }
    }

    // MARK: - mipSecurityAssocTable

    mutating func writeAssociation(_ row: RowWrite) throws(MIBSetError) {
        try requireAgent(row.position)
        var reader = IndexReader(row.instance)
        guard let identity = reader.identity(), let number = reader.number(), reader.isAtEnd else {
            throw row.error(.noCreation, "the index is not an identity and an SPI")
        }
        let spi = SecurityParameterIndex(rawValue: number)
        let old = view.state.identities.association(of: identity, spi: spi).flatMap { view.state.associations[$0] }
        let action = try RowStatusWrite(row, status: "mipSecurityStatus", exists: old != nil)
        let peer = try peer(identity, row, old)
        switch action {
        case .nothing: return
        case .destroy:
            add(
                .removeAssociation(SecurityAssociationKey(peer: peer, spi: spi)), position: row.position, columns: row.positions)
        case .create:
            try requireAssignable(spi, row)
            guard let octets = row.octets("mipSecurityKey"), !octets.isEmpty else {
                throw row.error(
                    .inconsistentValue,
                    "an association without a key cannot authenticate anything; set mipSecurityKey in the same request",
                    at: "mipSecurityStatus")
            }
            var change = try associationChange(row, peer, spi, old: nil)
            change.algorithm = change.algorithm ?? .hmacMD5
            change.replayMethod = change.replayMethod ?? .timestamps
            change.replayTolerance = change.replayTolerance ?? 7
            change.peerRole = change.peerRole ?? defaultPeerRole
            change.creation = .mustNotExist
            add(.association(change), position: row.position, columns: row.positions)
        case .change:
            var change = try associationChange(row, peer, spi, old: old)
            change.creation = .mustExist
            guard row.cells.contains(where: { $0.key != "mipSecurityStatus" }) else { return }
            add(.association(change), position: row.position, columns: row.positions)
        }
    }

    private func associationChange(
        _ row: RowWrite, _ peer: PeerIdentity, _ spi: SecurityParameterIndex, old: SecurityAssociation?
    ) throws(MIBSetError) -> SecurityAssociationChange {
        var change = SecurityAssociationChange(peer: peer, spi: spi)
        change.algorithm = try algorithm(row, old)
        change.replayMethod = try replayMethod(row, "mipSecurityReplayMethod")
        change.replayTolerance = row.number("mipSecurityReplayTime").map { UInt16(clamping: $0) }
        if let octets = row.octets("mipSecurityKey") {
            guard !octets.isEmpty else {
                throw row.error(.wrongValue, "the key is empty; expected at least one octet", at: "mipSecurityKey")
            }
            change.key = SecretOctets(octets)
        }
        change.peerRole = row.number("mipExtAssocPeerRole").flatMap { number in
            AgentRole.allCases.first { Int64($0.number) == number }
        }
        change.storage = try storage(row, "mipSecurityStorageType")
        return change
    }

    /// The peer of the association. The index determines it, and columns that also identify it must agree.
    private func peer(
        _ identity: EntityIdentity, _ row: RowWrite, _ old: SecurityAssociation?
    ) throws(MIBSetError) -> PeerIdentity {
        let nai = row.octets("mipSecurityPeerNAI")
        let peer: PeerIdentity
        switch identity {
        case .address(let address): peer = .address(address)
        case .other(let octets):
            let text = String(decoding: octets, as: UTF8.self)
            guard let prefix = IPv4Prefix(text) else {
                throw row.error(
                    .noCreation,
                    "'\(text)' is invalid for a peer of type other(1); expected an address prefix such as 192.0.2.0/24")
            }
            peer = .prefix(prefix)
        case .nai, .abbreviatedNAI:
            if let old {
                peer = old.peer
            } else if let whole = nai.flatMap(NetworkAccessIdentifier.init(octets:)),
                EntityIdentity(nai: whole).octets == identity.octets
            {
                peer = .nai(whole)
            } else if case .nai(let nai) = identity {
                peer = .nai(nai)
            } else {
                throw row.error(
                    .noCreation, "the index is not a network access identifier with its realm in small letters")
            }
        }
        if let nai {
            // The case of the realm does not matter.
            let agrees: Bool =
                if case .nai(let own) = peer { NetworkAccessIdentifier(octets: nai) == own } else { nai.isEmpty }
            guard agrees else {
                throw row.error(.inconsistentValue, "the value differs from the peer in the index", at: "mipSecurityPeerNAI")
            }
        }
        if case .ipAddress(let address)? = row.cells["mipSecurityPeerIpAddress"]?.value {
            let own: IPv4Address = if case .address(let own) = peer { own } else { .zero }
            guard address == own else {
                throw row.error(
                    .inconsistentValue, "the value differs from the peer in the index", at: "mipSecurityPeerIpAddress")
            }
        }
        return peer
    }

    private func algorithm(_ row: RowWrite, _ old: SecurityAssociation?) throws(MIBSetError) -> AuthenticationAlgorithm? {
        let (typeColumn, modeColumn) = ("mipSecurityAlgorithmType", "mipSecurityAlgorithmMode")
        let (type, mode) = (row.number(typeColumn), row.number(modeColumn))
        if type == 1 {
            throw row.error(.wrongValue, "other(1) is invalid; expected md5(2), sha1(3) or sha256(4)", at: typeColumn)
        }
        if mode == 1 { throw row.error(.wrongValue, "other(1) is invalid; expected prefixSuffix(2) or hmac(3)", at: modeColumn) }
        guard type != nil || mode != nil else { return nil }
        let oldType: Int64 =
            switch old?.algorithm {
            case .hmacSHA1?: 3
            case .hmacSHA256?: 4
            default: 2
            }
        let oldMode: Int64 = old?.algorithm == .prefixSuffixMD5 ? 2 : 3
        switch (type ?? oldType, mode ?? oldMode) {
        case (2, 2): return .prefixSuffixMD5
        case (2, _): return .hmacMD5
        case (3, 3): return .hmacSHA1
        case (4, 3): return .hmacSHA256
        default:
            throw row.error(
                .inconsistentValue, "prefixSuffix(2) is valid with md5(2) only", at: mode == nil ? typeColumn : modeColumn)
        }
    }

    private func replayMethod(_ row: RowWrite, _ column: String) throws(MIBSetError) -> ReplayMethod? {
        switch row.number(column) {
        case nil: nil
        case 2?: .timestamps
        case 3?: .nonces
        default: throw row.error(.wrongValue, "other(1) is invalid; expected timestamps(2) or nonces(3)", at: column)
        }
    }

    /// The default role of a peer: mobile nodes register with agents.
    private var defaultPeerRole: AgentRole {
        view.state.plays(.homeAgent) || view.state.plays(.foreignAgent) ? .mobileNode : .homeAgent
    }

    private func requireAssignable(_ spi: SecurityParameterIndex, _ row: RowWrite) throws(MIBSetError) {
        guard spi.isAssignable else {
            throw row.error(.noCreation, "SPIs up to 255 are reserved; use 256 or more")
        }
    }
}

extension SetPlanner {
    /// The StorageType values that can be written: volatile(2) or nonVolatile(3).
    func storage(_ row: RowWrite, _ column: String) throws(MIBSetError) -> StorageType? {
        switch row.number(column) {
        case nil: nil
        case 2?: .volatile
        case 3?: .nonVolatile
        default: throw row.error(.wrongValue, "the storage type is invalid; expected volatile(2) or nonVolatile(3)", at: column)
        }
    }
}
