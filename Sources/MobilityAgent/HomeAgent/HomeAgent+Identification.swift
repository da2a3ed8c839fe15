import AgentModel
import MobileIPv4

extension HomeAgent {
    /// True, with the answer prepared, when the request was accepted before: the network duplicated it, or the node did not receive the
    /// reply. It is answered again, to whoever sent it, and changes nothing. A request that asks for something else under the same
    /// identification is not a repetition: an acceptance would promise the node what its binding does not have.
    mutating func isDuplicate(_ incoming: inout IncomingRequest, _ shared: inout SharedAgentState) -> Bool {
        guard let slot = incoming.node, let replay = incoming.association?.association.replayMethod else { return false }
        let request = incoming.request
        if let binding = bindings.find(request.careOfAddress, of: nodes[slot]).map({ bindings[$0].binding }),
            binding.identification == request.identification, !incoming.isDeregistration, binding.flags == request.flags,
            binding.lifetimeGranted == min(request.lifetime.rawValue, configuration.maximumLifetime),
            binding.service == incoming.wishes.service,
            binding.expires.map({ $0 > incoming.time }) ?? true
        {
            incoming.granted = remaining(of: binding, at: incoming.time)
        } else if let last = nodes[slot].lastAccepted, last.identification == request.identification,
            last.careOfAddress == request.careOfAddress, last.lifetime == .deregistration, incoming.isDeregistration
        {
            incoming.granted = .deregistration
        } else {
            return false
        }
        if replay == .nonces { repeatNonce(&incoming, &shared) }
        incoming.isDuplicate = true
        return true
    }

    /// Rule 5: neither old nor out of order (RFC 5944 §5.7). If it is, the reply carries what the node needs to resynchronize.
    ///
    /// Nothing is used up or remembered here: a request that is refused with 133 may be anyone's copy of an old one.
    mutating func checkIdentification(
        _ incoming: inout IncomingRequest, _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) throws(Refusal) {
        guard let association = incoming.association?.association else { return }
        let given = incoming.request.identification
        var clockOffset: Int32?
        switch association.replayMethod {
        case .timestamps:
            let clock = Identification(unixNanoseconds: incoming.now.wallClock)
            let offset = given.seconds(since: clock)
            clockOffset = Int32(max(-2_147_483_648, min(2_147_483_647, (offset * 1000).rounded())))
            let isTimely = abs(offset) <= Double(association.replayTolerance)
            let wasDenied = isTimely && denied.contains(DeniedRequest(incoming))
            if wasDenied { counters.deniedRequestsRepeated += 1 }
            incoming.isInSequence =
                isTimely && !wasDenied
                && isUnused(given, by: incoming.node, epoch: shared.clockEpoch, start: shared.startIdentification)
            if !incoming.isInSequence { incoming.replyIdentification = Identification(high: clock.high, low: given.low) }
        case .nonces:
            // A node without an entry has no nonce yet, and gets one once it has a home address.
            guard let slot = incoming.node else { return }
            incoming.isInSequence = nodes[slot].nonce == given.high
            if !incoming.isInSequence { repeatNonce(&incoming, &shared) }
        }
        guard incoming.isInSequence else { throw refusal(incoming, clockOffset: clockOffset, &shared, &effects) }
        shared.associations.accept(incoming.usedSlot, at: incoming.time, clockOffset: clockOffset)
    }

    /// Whether a timestamp has not been used up, as far as this agent remembers; what it may have accepted before its own start it
    /// refuses.
    private func isUnused(_ given: Identification, by node: Int?, epoch: UInt32, start: Identification) -> Bool {
        guard let node, !nodes[node].replay.isEmpty else {
            return given.isLater(than: start) && !(forgotten?.contains(given) ?? false)
        }
        return nodes[node].replay.permits(given, epoch: epoch)
    }

    /// Gives a node that had no entry its first nonce.
    mutating func checkNewcomer(
        _ incoming: inout IncomingRequest, _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) throws(Refusal) {
        guard !incoming.isInSequence, !incoming.isDuplicate, incoming.association?.association.replayMethod == .nonces else {
            return
        }
        repeatNonce(&incoming, &shared)
        throw refusal(incoming, clockOffset: nil, &shared, &effects)
    }

    /// Puts the nonce outstanding into the reply. It stays the same until a request that carries it uses it up: a new one for each request
    /// that does not would let anyone who repeats an old request make the node's nonce invalid.
    private mutating func repeatNonce(_ incoming: inout IncomingRequest, _ shared: inout SharedAgentState) {
        guard let slot = incoming.node else { return }
        let nonce = nodes[slot].nonce ?? UInt32(truncatingIfNeeded: shared.random.next())
        if nodes[slot].nonce == nil { unsaved.insert(mobileNode: nodes[slot].service.homeAddress) }
        nodes[slot].nonce = nonce
        incoming.replyIdentification = Identification(high: nonce, low: incoming.request.identification.low)
    }

    private func refusal(
        _ incoming: IncomingRequest, clockOffset: Int32?, _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) -> Refusal {
        shared.associations.failReplay(incoming.usedSlot, at: incoming.time, clockOffset: clockOffset)
        let spi = (incoming.scan.mobileHome ?? incoming.scan.mobileAAA)?.spi
        shared.report(
            incoming.violation(.badIdentifier, spi: spi, code: .haIdentificationMismatch), at: incoming.now, effects: &effects)
        return .deny(.haIdentificationMismatch)
    }

    /// Uses up the identification of a request that was accepted or denied: it is not valid again.
    ///
    /// A denied timestamp does not become the newest one, which only an accepted one is (RFC 5944 §5.7.1).
    mutating func useUpIdentification(_ incoming: inout IncomingRequest, accepted: Bool, _ shared: inout SharedAgentState) {
        guard incoming.isInSequence, let association = incoming.association?.association else { return }
        switch association.replayMethod {
        case .timestamps:
            let used = incoming.request.identification
            if let slot = incoming.node { nodes[slot].replay.use(used, accepted: accepted, epoch: shared.clockEpoch) }
            if accepted { return }
            refuse(DeniedRequest(incoming), with: used, tolerance: association.replayTolerance, at: incoming.now)
        case .nonces:
            guard let slot = incoming.node else { return }
            let drawn = UInt32(truncatingIfNeeded: shared.random.next())
            let fresh = drawn == incoming.request.identification.high ? drawn &+ 1 : drawn
            nodes[slot].nonce = fresh
            incoming.replyIdentification = Identification(high: fresh, low: incoming.request.identification.low)
        }
    }

    /// The remaining lifetime of a binding in whole seconds, at least 1.
    private func remaining(of binding: Binding, at time: Timestamp) -> RegistrationLifetime {
        guard let expires = binding.expires else { return .infinity }
        let seconds = expires.milliseconds(since: time) / 1000
        return RegistrationLifetime(rawValue: UInt16(clamping: max(1, min(seconds, Int64(binding.lifetimeGranted)))))
    }
}

extension ReplyCode {
    /// True for a denial because of what the node has signed, or of this agent's own state. The others are due to a foreign agent: a copy of
    /// the node's request that someone else sends to the home agent must not make the request itself invalid.
    fileprivate static let causedByOthers: Set<ReplyCode> = [
        .haForeignAgentFailedAuthentication, .haUnsupportedCVSEFromForeignAgent,
    ]
    var concernsNode: Bool { !Self.causedByOthers.contains(self) }
}
