import AgentModel
import MobileIPv4

/// Care-of addresses with which datagrams would never leave this agent.
extension HomeAgent {
    /// The longest chain of bindings in which each care-of address is the home address of the next. A datagram is encapsulated once for each.
    static let longestChain = 8

    /// 134 when datagrams for the home address would return here without end: the care-of address is this agent's own, or leads back to
    /// the home address through the bindings of others. Another node's home address is a valid care-of address otherwise: RFC 5944 does not
    /// exclude it, and the other node may be a router.
    mutating func checkCareOfAddress(_ incoming: IncomingRequest) throws(Refusal) {
        let careOfAddress = incoming.request.careOfAddress
        let isOwn = isOwn(careOfAddress, ofNode: incoming.request.flags.contains(.decapsulationByMN))
        guard isOwn || leads(from: careOfAddress, to: incoming.homeAddress) else { return }
        counters.careOfAddressLoops += 1
        throw .deny(.haPoorlyFormedRequest)
    }

    /// Whether a care-of address is this agent's own. One at which the foreign agent in the same process serves visitors is not, since it
    /// delivers to them without a tunnel, unless the node claims it as its own.
    private func isOwn(_ careOfAddress: IPv4Address, ofNode isCoLocated: Bool) -> Bool {
        guard addresses.contains(careOfAddress) || directedBroadcasts.contains(careOfAddress) else { return false }
        return isCoLocated || !visitedAddresses.contains(careOfAddress)
    }

    /// Whether datagrams to a care-of address reach the home address through bindings, or go through too many of them to be sure.
    func leads(from careOfAddress: IPv4Address, to homeAddress: IPv4Address) -> Bool {
        var left = Self.longestChain
        return leads(from: careOfAddress, to: homeAddress, &left)
    }

    /// - Parameter left: how many more nodes with bindings are examined, in all branches together.
    private func leads(from careOfAddress: IPv4Address, to homeAddress: IPv4Address, _ left: inout Int) -> Bool {
        if careOfAddress == homeAddress { return true }
        guard let node = nodes.find(careOfAddress), nodes[node].bindingCount > 0 else { return false }
        guard left > 0 else { return true }
        left -= 1
        var next = nodes[node].firstBinding
        while let slot = next {
            if leads(from: bindings[slot].binding.careOfAddress, to: homeAddress, &left) { return true }
            next = bindings[slot].next
        }
        return false
    }
}
