import AgentModel
import MobileIPv4

/// A notification of this agent. Each try has an Identification of its own.
struct OutgoingNotification {
    /// The fixed part, without an Identification.
    var fixed: GenericNotification
    let peer: NotificationPeer
    /// Whether a foreign agent relays it.
    var isRelayed: Bool
    /// The association with the foreign agent that relays it, which signs it in addition; nil for none.
    var relay: ConfiguredSecurityAssociation?
}

/// A notification that is ready to be sent.
struct PlannedNotification {
    let outgoing: OutgoingExchange
    /// Its row, without a number and the time.
    var row: Exchange
}

extension PlannedNotification {
    /// - Parameters:
    ///   - fixed: The fixed part; the Identification is set with each try.
    ///   - peerAddress: The address of the receiver as rows show it.
    init(
        _ fixed: GenericNotification, _ text: String, nai: NetworkAccessIdentifier?, to peer: NotificationPeer,
        at peerAddress: IPv4Address, by route: NotificationRoute
    ) {
        outgoing = OutgoingExchange(
            .notification(
                OutgoingNotification(fixed: fixed, peer: peer, isRelayed: route.isRelayed, relay: route.signer.relay)),
            from: route.local, to: route.destination, signedBy: route.signer.association, in: route.signer.authentication,
            expires: route.expires)
        row = Exchange(
            number: 0, kind: .notification, role: peer.ownRole, peer: peerAddress, peerRole: peer.role,
            homeAddress: fixed.homeAddress, nai: nai, homeAgent: fixed.homeAgent, careOfAddress: fixed.careOfAddress,
            state: .waiting, started: Timestamp(milliseconds: 0), text: text)
    }
}
