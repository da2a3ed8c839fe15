import AgentModel
import MobileIPv4

extension HomeAgent {
    /// True, with the answer prepared, when the request was accepted before: the network duplicated it, or the node did not receive the
    /// reply. It is answered again and changes nothing. A request that asks for something else under the same identification is not a
    /// repetition: an acceptance would promise the node what its binding does not have.
    mutating func isDuplicate(_ incoming: inout IncomingRequest) throws(Refusal) -> Bool {
        guard let slot = incoming.node, let replay = incoming.association?.association.replayMethod else { return false }
        let request = incoming.request
        if let binding = bindings.find(request.careOfAddress, of: nodes[slot]).map({ bindings[$0].binding }),
            binding.identification == request.identification, !incoming.isDeregistration, binding.flags == request.flags,
            binding.lifetimeGranted == min(request.lifetime.rawValue, configuration.maximumLifetime)
        {
            incoming.granted = remaining(of: binding, at: incoming.time)
        } else if let last = nodes[slot].lastAccepted, last.identification == request.identification,
            last.careOfAddress == request.careOfAddress, last.lifetime == .deregistration, incoming.isDeregistration
        {
            incoming.granted = .deregistration
        } else {
            return false
        }
        if replay == .nonces, let nonce = nodes[slot].nonce {
            incoming.replyIdentification = Identification(high: nonce, low: request.identification.low)
        }
        incoming.isDuplicate = true
        return true
    }

    /// Rule 5: neither old nor out of order (RFC 5944 §5.7). If it is, the reply carries what the node needs to resynchronize.
    mutating func checkIdentification(
        _ incoming: inout IncomingRequest, _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) throws(Refusal) {
        guard let association = incoming.association?.association else { return }
        let given = incoming.request.identification
        let isValid: Bool
        var clockOffset: Int32?
        switch association.replayMethod {
        case .timestamps:
            let clock = Identification(unixNanoseconds: incoming.now.wallClock)
            let last = incoming.node.flatMap { nodes[$0].lastAccepted?.identification }
            let isLater = last.map { Int64(bitPattern: given.rawValue &- $0.rawValue) > 0 } ?? true
            let offset = given.seconds(since: clock)
            clockOffset = Int32(max(-2_147_483_648, min(2_147_483_647, (offset * 1000).rounded())))
            isValid = isLater && abs(offset) <= Double(association.replayTolerance)
            if !isValid { incoming.replyIdentification = Identification(high: clock.high, low: given.low) }
        case .nonces:
            isValid = incoming.node.flatMap { nodes[$0].nonce } == given.high
            let fresh = UInt32(truncatingIfNeeded: shared.random.next())
            if let slot = incoming.node { nodes[slot].nonce = fresh }
            incoming.replyIdentification = Identification(high: fresh, low: given.low)
        }
        if isValid {
            shared.associations.accept(incoming.usedSlot, at: incoming.time, clockOffset: clockOffset)
            return
        }
        shared.associations.failReplay(incoming.usedSlot, at: incoming.time, clockOffset: clockOffset)
        let spi = (incoming.scan.mobileHome ?? incoming.scan.mobileAAA)?.spi
        shared.report(
            incoming.violation(.badIdentifier, spi: spi, code: .haIdentificationMismatch), at: incoming.now, effects: &effects)
        throw .deny(.haIdentificationMismatch)
    }

    /// The remaining lifetime of a binding in whole seconds, at least 1.
    private func remaining(of binding: Binding, at time: Timestamp) -> RegistrationLifetime {
        guard let expires = binding.expires else { return .infinity }
        let seconds = expires.milliseconds(since: time) / 1000
        return RegistrationLifetime(rawValue: UInt16(clamping: max(1, min(seconds, Int64(binding.lifetimeGranted)))))
    }
}
