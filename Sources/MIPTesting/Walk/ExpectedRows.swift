package import AgentModel
package import MIPMIB
package import ManagementCore
import MobileIPv4

/// The indexes that the tables of both modules must have for a snapshot of an agent, made from its records, which the other interfaces
/// show, and encoded here by RFC 2578 §7.7.
package struct ExpectedRows {
    /// For each row of the texts, its indexes.
    package private(set) var indexes: [String: Set<[UInt]>] = [:]

    package init(_ state: AgentState) {
        set("haMobilityBindingEntry", state.bindings) { Self.parts($0.row.homeAddress, $0.row.careOfAddress) }
        set("faVisitorEntry", state.visitors) { Self.parts($0.row.sourceAddress) }
        set("faRegVisitorEntry", state.visitors) { Self.identity($0.row.nai, $0.row.homeAddress) }
        set("mipExtPendingEntry", state.pendingRegistrations) { Self.identity($0.row.nai, $0.row.homeAddress) }
        set("haCounterEntry", state.mobileNodes) { Self.parts($0.row.homeAddress) }
        set("haRegCounterEntry", state.mobileNodes) { Self.identity($0.row.nai, $0.row.homeAddress) }
        set("mipExtNodeAddressEntry", state.mobileNodes) {
            Self.identity($0.row.nai, $0.row.homeAddress) + Self.parts($0.row.homeAddress)
        }
        set("mipSecurityAssocEntry", state.associations) { Self.identity($0.row.peer) + [UInt($0.row.spi.rawValue)] }
        set("mipSecAssocEntry", state.associations) { entry in
            Self.address(entry.row.peer).map { $0 + [UInt(entry.row.spi.rawValue)] }
        }
        set("mipSecurityViolationEntry", state.violations) { Self.identity($0.row.violator) }
        set("mipSecViolationEntry", state.violations) { Self.address($0.row.violator) }
        set("mipExtTunnelEntry", state.tunnels) {
            Self.parts($0.row.localAddress, $0.row.remoteAddress) + [UInt($0.row.encapsulation.number)]
        }
        set("maAdvConfigEntry", state.advertisements) { Self.parts($0.row.address) }
        set("maAdvertConfEntry", state.advertisements) { Self.interface($0.row) }
        set("mipExtAdvertEntry", state.advertisements) { entry in
            Self.interface(entry.row).map { $0 + Self.parts(entry.row.address) }
        }
        set("mnRegistrationEntry", state.registrations) { Self.parts($0.row.agentAddress, $0.row.careOfAddress) }
        set("mnFAEntry", state.foreignAgents) { Self.parts($0.row.address, $0.row.careOfAddress) }
        set("mnHAEntry", state.mobileNodeStatus?.homeAgents ?? []) { Self.parts($0.address) }
        set("mipExtExchangeEntry", state.exchanges) { [UInt($0.row.number)] }
        set("mipExtExtensionUseEntry", state.extensionUses) {
            [UInt($0.row.role.number), UInt($0.row.type), UInt($0.row.vendor), UInt($0.row.number)]
        }
        set("mipExtHistoryEntry", state.history.rows) { Self.parts($0.row.homeAddress) + [UInt($0.row.index)] }
        set("mipExtAddressEntry", state.information?.addresses ?? []) {
            [UInt($0.role.number)] + Self.parts($0.address)
        }
        let isForeignAgent = state.plays(.foreignAgent)
        set("faCOAEntry", isForeignAgent ? state.information?.careOfAddresses ?? [] : []) { Self.parts($0) }
        for (entry, other) in [
            ("mipExtBindingEntry", "haMobilityBindingEntry"), ("mipExtVisitorEntry", "faRegVisitorEntry"),
            ("mipExtNodeEntry", "haRegCounterEntry"), ("mipExtAssocEntry", "mipSecurityAssocEntry"),
            ("mipExtHeardEntry", "mnFAEntry"),
        ] { indexes[entry] = indexes[other] }
    }

    private mutating func set<Rows: Sequence>(_ entry: String, _ rows: Rows, _ index: (Rows.Element) -> [UInt]?) {
        indexes[entry] = Set(rows.compactMap(index))
    }

    /// What differs in a walk with these instances.
    ///
    /// - Parameter others: rows of the texts that are not checked.
    package func faults(_ instances: [[UInt]], except others: Set<String> = []) -> [String] {
        let mib = MIPMIB()
        var rows: [String: Set<[UInt]>] = [:]
        for oid in instances {
            guard let (object, instance) = mib.object(of: oid.span), let row = object.node.text.row else { continue }
            rows[row.name, default: []].insert(instance)
        }
        return indexes.sorted { $0.key < $1.key }.compactMap { entry, wanted in
            let found = rows[entry] ?? []
            guard found != wanted, !others.contains(entry) else { return nil }
            return
                "\(entry) has \(found.count) rows instead of \(wanted.count): too many \(found.subtracting(wanted).prefix(3)), "
                + "missing \(wanted.subtracting(found).prefix(3))"
        }
    }

    // MARK: - Indexes

    private static func parts(_ addresses: IPv4Address...) -> [UInt] {
        addresses.flatMap { address in [24, 16, 8, 0].map { UInt(address.rawValue >> $0 & 0xFF) } }
    }

    private static func identity(_ nai: NetworkAccessIdentifier?, _ address: IPv4Address) -> [UInt] {
        identity(nai.map(PeerIdentity.nai) ?? .address(address))
    }

    private static func identity(_ peer: PeerIdentity) -> [UInt] {
        switch peer {
        case .address(let address): return [2, 4] + parts(address)
        case .prefix(let prefix): return counted(1, Array("\(prefix)".utf8))
        case .nai(let nai): return counted(3, nai.abbreviation ?? nai.comparedOctets)
        }
    }

    private static func counted(_ type: UInt, _ octets: [UInt8]) -> [UInt] { [type, UInt(octets.count)] + octets.map(UInt.init) }

    private static func address(_ peer: PeerIdentity) -> [UInt]? {
        if case .address(let address) = peer { parts(address) } else { nil }
    }

    /// Only numbers of InterfaceIndex have a row.
    private static func interface(_ row: AdvertisingInterface) -> [UInt]? {
        row.interfaceIndex > 0 && row.interfaceIndex <= 0x7FFF_FFFF ? [UInt(row.interfaceIndex)] : nil
    }
}
