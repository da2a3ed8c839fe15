import AgentModel
import MobileIPv4

/// The associations between one role of this agent and the peers of one role, looked up by peer and SPI.
struct AssociationDirectory {
    private var byAddress: [IPv4Address: [ConfiguredSecurityAssociation]] = [:]
    private var byNAI: [NetworkAccessIdentifier: [ConfiguredSecurityAssociation]] = [:]
    /// Longest prefix first; for each length, by network address.
    private var byPrefix: [(length: Int, networks: [IPv4Address: [ConfiguredSecurityAssociation]])] = []

    init(
        _ associations: [ConfiguredSecurityAssociation], in configuration: MobilityAgentConfiguration, ownRole: AgentRole,
        peerRole: AgentRole
    ) {
        self.init(
            associations.filter {
                $0.association.peerRole == peerRole && $0.ownRole(hasHomeAgent: configuration.homeAgent != nil) == ownRole
            })
    }

    init(_ associations: [ConfiguredSecurityAssociation]) {
        for configured in associations { add(configured) }
    }

    mutating func add(_ configured: ConfiguredSecurityAssociation) {
        switch configured.association.peer {
        case .address(let address): byAddress[address, default: []].put(configured)
        case .nai(let nai): byNAI[nai, default: []].put(configured)
        case .prefix(let prefix):
            if let index = byPrefix.firstIndex(where: { $0.length == prefix.length }) {
                byPrefix[index].networks[prefix.network, default: []].put(configured)
            } else {
                let index = byPrefix.firstIndex { $0.length < prefix.length } ?? byPrefix.count
                byPrefix.insert((prefix.length, [prefix.network: [configured]]), at: index)
            }
        }
    }

    mutating func remove(_ key: SecurityAssociationKey) {
        switch key.peer {
        case .address(let address): byAddress[address] = byAddress[address]?.without(key.spi)
        case .nai(let nai): byNAI[nai] = byNAI[nai]?.without(key.spi)
        case .prefix(let prefix):
            guard let index = byPrefix.firstIndex(where: { $0.length == prefix.length }) else { return }
            byPrefix[index].networks[prefix.network] = byPrefix[index].networks[prefix.network]?.without(key.spi)
            if byPrefix[index].networks.isEmpty { byPrefix.remove(at: index) }
        }
    }

    /// Whether there are any.
    var isAny: Bool { !byAddress.isEmpty || !byNAI.isEmpty || !byPrefix.isEmpty }

    /// The associations of exactly this address; nil for none.
    func ofAddress(_ address: IPv4Address) -> [ConfiguredSecurityAssociation]? { byAddress[address] }

    func ofNAI(_ nai: NetworkAccessIdentifier) -> [ConfiguredSecurityAssociation]? { byNAI[nai] }

    /// The associations of the longest prefix that contains the address; nil for none.
    func ofPrefix(around address: IPv4Address) -> [ConfiguredSecurityAssociation]? {
        for (length, networks) in byPrefix {
            guard let prefix = IPv4Prefix(containing: address, length: length) else { continue }
            if let found = networks[prefix.network] { return found }
        }
        return nil
    }

    /// The associations of a peer that is known only by its address.
    func ofPeer(_ address: IPv4Address) -> [ConfiguredSecurityAssociation]? {
        byAddress[address] ?? ofPrefix(around: address)
    }

    /// The associations of a mobile node. An association of the node itself takes precedence over that of a prefix and hides it.
    ///
    /// - Parameter owner: the NAI to which its home address is assigned. Only that node may use the address.
    func ofMobileNode(
        _ homeAddress: IPv4Address, nai: NetworkAccessIdentifier?, owner: NetworkAccessIdentifier? = nil
    ) -> [ConfiguredSecurityAssociation]? {
        if homeAddress != .zero {
            if let found = byAddress[homeAddress] { return found }
            if let owner, let found = byNAI[owner] { return found }
        }
        if let nai, let found = byNAI[nai] { return found }
        return homeAddress == .zero ? nil : ofPrefix(around: homeAddress)
    }
}

extension [ConfiguredSecurityAssociation] {
    func first(_ spi: SecurityParameterIndex) -> ConfiguredSecurityAssociation? { first { $0.association.spi == spi } }

    /// Inserts an association, replacing one with the same SPI.
    fileprivate mutating func put(_ configured: ConfiguredSecurityAssociation) {
        if let index = firstIndex(where: { $0.association.spi == configured.association.spi }) {
            self[index] = configured
        } else {
            append(configured)
        }
    }

    /// The other associations; nil when there are none.
    fileprivate func without(_ spi: SecurityParameterIndex) -> Self? {
        let rest = filter { $0.association.spi != spi }
        return rest.isEmpty ? nil : rest
    }
}

extension ConfiguredSecurityAssociation {
    func ownRole(hasHomeAgent: Bool) -> AgentRole {
        if let ownRole { return ownRole }
        return switch association.peerRole {
        case .foreignAgent: .homeAgent
        case .homeAgent: .foreignAgent
        case .mobileNode: hasHomeAgent ? .homeAgent : .foreignAgent
        }
    }
}
