import MobileIPv4

/// The home agents that the configuration names as destinations of requests for any home agent (RFC 4433 §5.2).
extension ForeignAgentConfiguration {
    var assignedHomeAgents: Set<IPv4Address> {
        var addresses = Set(homeAgentsByIdentity.values)
        for list in homeAgentsByRealm.values { addresses.formUnion(list) }
        if let defaultHomeAgent { addresses.insert(defaultHomeAgent) }
        return addresses
    }

    /// Those to which this agent could never relay a request, and realms without any.
    ///
    /// - Parameter homeAgent: The home agent role of the same agent, which may have an address of this one.
    func homeAgentProblems(with homeAgent: HomeAgentConfiguration?) -> [ConfigurationProblem] {
        var problems: [ConfigurationProblem] = []
        func check(_ path: String, _ address: IPv4Address) {
            guard let expected = expected(insteadOf: address, with: homeAgent) else { return }
            problems.append(ConfigurationProblem(path: "foreignAgent." + path, value: "\(address)", expected: expected))
        }
        for (identity, address) in homeAgentsByIdentity.sorted(by: { $0.key < $1.key }) {
            check("homeAgentsByIdentity[\(identity)]", address)
        }
        for (realm, addresses) in homeAgentsByRealm.sorted(by: { $0.key.description < $1.key.description }) {
            let path = "homeAgentsByRealm[\(realm)]"
            if addresses.isEmpty {
                problems.append(
                    ConfigurationProblem(path: "foreignAgent." + path, value: "none", expected: "at least one address"))
            }
            for (index, address) in addresses.enumerated() { check("\(path)[\(index)]", address) }
        }
        if let defaultHomeAgent { check("defaultHomeAgent", defaultHomeAgent) }
        return problems
    }

    /// What an address would have to be in order to work; nil for one that can.
    private func expected(insteadOf address: IPv4Address, with homeAgent: HomeAgentConfiguration?) -> String? {
        // An agent that itself listens on a loopback address reaches home agents of the same machine.
        let isLocal = address.isOfLoopback && endpoints.contains { $0.address.isOfLoopback }
        guard address.isHost || isLocal else { return "a unicast address that other hosts can have" }
        let isOwn = careOfAddresses.contains(address) || endpoints.contains { $0.address == address }
        let isServedHere = homeAgent?.endpoints.contains(TransportEndpoint(address, port: homeAgentPort)) == true
        return isOwn && !isServedHere ? "another address than those of the foreign agent" : nil
    }
}
