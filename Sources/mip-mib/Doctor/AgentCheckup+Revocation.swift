import AgentModel
import ManagementCore

extension AgentCheckup {
    /// Offers of which fewer were sent say little about the home agents.
    private static let tellingOffers: UInt64 = 3

    /// That other agents do not inform each other of revocations although this one offers it, or do not acknowledge them.
    static func revocation(_ state: AgentState, _ name: String) -> [Finding] {
        var notes: [Finding] = []
        if let counters = state.counters.foreignAgent, counters.revocationOffersSent >= tellingOffers,
            counters.revocationsAgreed == 0
        {
            notes.append(
                Finding(
                    "note",
                    "no home agent agreed to exchange revocations with \(name), in \(counters.revocationOffersSent) registrations",
                    "set 'revocation: true' at home agents that support RFC 3543; an old one counts the offers in extensionsSkipped"
                ))
        }
        let unacknowledged =
            (state.counters.homeAgent?.revocationsUnacknowledged ?? 0)
            + (state.counters.foreignAgent?.revocationsUnacknowledged ?? 0)
        if unacknowledged > 0 {
            let what = unacknowledged == 1 ? "1 revocation" : "\(unacknowledged) revocations"
            notes.append(
                Finding(
                    "note",
                    "\(what) of \(name) got no acknowledgment, so that the other agents may still serve what has ended",
                    "'mip-mib exchanges' shows the peers; let UDP port 434 through in both directions, and compare the keys"))
        }
        return notes
    }
}
