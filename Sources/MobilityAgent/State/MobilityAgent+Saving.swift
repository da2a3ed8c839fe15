import AgentModel
import MobileIPv4

/// What the owner of the agent saves, so that a restart loses nothing.
extension MobilityAgent {
    /// How many records are to be saved.
    public var unsavedCount: Int { homeAgent?.unsaved.keys.count ?? 0 }

    /// Whether there is something to save.
    public var hasUnsaved: Bool { unsavedCount > 0 }

    /// Takes up to `limit` records that have changed: each as it is at present, nil if it no longer exists. If they cannot be saved, give
    /// their keys to `markUnsaved`.
    public mutating func takeUnsaved(limit: Int = .max) -> [(key: KeptRecordKey, bytes: [UInt8]?)] {
        guard let keys = homeAgent?.unsaved.take(limit: limit) else { return [] }
        return keys.map { ($0, record($0)) }
    }

    /// These records have not been saved.
    public mutating func markUnsaved(_ keys: some Sequence<KeptRecordKey>) { homeAgent?.unsaved.insert(keys) }

    /// Nothing has been saved.
    public mutating func markAllUnsaved() {
        guard let homeAgent else { return }
        let rows = homeAgent.nodes.rows
        for slot in 0..<rows.end where rows.contains(slot) {
            self.homeAgent?.unsaved.insert(mobileNode: rows[slot].service.homeAddress)
        }
        self.homeAgent?.unsaved.insert(homeAgent.assignments.keptAddresses.map { .assignment($0) })
    }

    private func record(_ key: KeptRecordKey) -> [UInt8]? {
        guard let homeAgent else { return nil }
        switch key {
        case .mobileNode(let homeAddress):
            guard let slot = homeAgent.nodes.find(homeAddress) else { return nil }
            return KeptMobileNode(
                start: information.starts, entry: homeAgent.nodes[slot], bindings: homeAgent.kept(slot),
                revocations: shared.unacknowledged(about: homeAddress),
                newestIdentifier: shared.revocationClock.newest(for: homeAddress)
            ).bytes(correction: shared.clockCorrection)
        case .assignment(let address):
            guard let (nai, idleSince) = homeAgent.assignments.kept(address) else { return nil }
            return KeptAssignment(start: information.starts, nai: nai, idleSince: idleSince)
                .bytes(correction: shared.clockCorrection)
        }
    }
}

extension HomeAgent {
    /// The bindings of a node, the oldest first.
    fileprivate func kept(_ node: Int) -> [KeptBinding] {
        slots(of: node).reversed().map { slot in
            let binding = bindings[slot].binding
            return KeptBinding(binding: binding, terms: binding.revocation == .none ? nil : revocationTerms[slot])
        }
    }
}

extension SharedAgentState {
    fileprivate func unacknowledged(about homeAddress: IPv4Address) -> [KeptRevocation] {
        exchanges.waiting(about: homeAddress).compactMap { slot in
            guard let outgoing = exchanges[slot].outgoing, let revocation = outgoing.revocation else { return nil }
            return KeptRevocation(
                revocation: revocation, expires: outgoing.expires.map { startTime.adding(milliseconds: $0 / 1_000_000) },
                identifier: outgoing.identifiers.last)
        }
    }
}
