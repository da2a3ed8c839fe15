import AgentModel
import MobileIPv4

/// Requests that did not reach their home agent (RFC 5944 §3.7.2.3).
extension ForeignAgent {
    /// Denies the one request that an ICMP error quotes. Anyone can send such an error, so one that matches no waiting request, or several
    /// of them, is only counted, and so are those above the limits.
    mutating func refusePending(
        quotedBy quoted: QuotedRequest, _ code: ReplyCode, at now: Moment, shared: inout SharedAgentState,
        effects: inout AgentEffects
    ) {
        guard let slot = findPending(quoted, at: now), errors.passes(at: now.uptime) else {
            counters.icmpErrorsIgnored += 1
            return
        }
        counters.icmpErrorsAccepted += 1
        refusePending(slot, code, at: now, shared: &shared, effects: &effects)
    }

    /// Denies the request in a datagram that could not be sent.
    mutating func refusePending(
        unsent datagram: OutgoingDatagram, _ code: ReplyCode, at now: Moment, shared: inout SharedAgentState,
        effects: inout AgentEffects
    ) {
        let whole = QuotedRequest(
            source: datagram.source, destination: datagram.destination, length: nil, payload: datagram.payload)
        guard let slot = table.pending(quotedBy: whole, limit: .max).first(where: { table[$0].pending?.relayed == datagram })
        else { return }
        refusePending(slot, code, at: now, shared: &shared, effects: &effects)
    }

    /// Of the requests that an error may quote, how many are compared with its checksum.
    private static let comparedWithQuotation = 16

    /// A quotation without the identification could be of any request, and one that fits several requires their checksums: both take
    /// longer, and few of them are looked up.
    private mutating func findPending(_ quoted: QuotedRequest, at now: Moment) -> Int? {
        let isShort = quoted.identification == nil
        if isShort, !lengthySearches.passes(at: now.uptime) { return nil }
        let found = table.pending(quotedBy: quoted, limit: Self.comparedWithQuotation)
        guard found.count > 1 else { return found.first }
        if !isShort, !lengthySearches.passes(at: now.uptime) { return nil }
        let exact = found.filter { table[$0].pending?.relayed.checksum == quoted.checksum }
        return exact.count == 1 ? exact.first : nil
    }

    private mutating func refusePending(
        _ slot: Int, _ code: ReplyCode, at now: Moment, shared: inout SharedAgentState, effects: inout AgentEffects
    ) {
        guard let pending = table[slot].pending else { return }
        let time = shared.time(now)
        send(code, to: pending, &shared, &effects)
        settle(pending, \.denied, &effects)
        endPending(slot, .denied, &effects)
        shared.alarm(
            Self.event(
                .registrationDenied, pending, code: code, at: time,
                "home agent \(pending.sentTo) is unreachable for \(pending.mobileNode): \(code)"),
            of: .registrationDenied, isKnown: pending.place == .visitor, at: now, effects: &effects)
    }
}
