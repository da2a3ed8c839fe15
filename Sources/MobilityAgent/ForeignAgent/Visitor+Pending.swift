import AgentModel
import MobileIPv4

extension Visitor {
    /// The row of a visitor that waits for its first acceptance.
    init(_ pending: PendingRequest, created: Timestamp, expires: Timestamp) {
        let request = pending.request
        self.init(
            sourceAddress: pending.source.address, sourcePort: pending.source.port, homeAddress: request.homeAddress,
            homeAgent: pending.sentTo.address, careOfAddress: request.careOfAddress, nai: pending.nai, flags: request.flags,
            reverseTunnel: pending.reverseTunnel,
            identification: request.identification, state: .pending, lifetimeRequested: request.lifetime.rawValue,
            lifetimeGranted: 0, created: created, expires: expires)
        service = pending.service
    }
}
