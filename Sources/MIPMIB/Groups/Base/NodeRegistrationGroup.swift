import AgentModel
import ManagementCore
import MobileIPv4

/// mnRegistration, 1.3.3.
enum NodeRegistrationGroup {
    static var leaves: [MIBLeaf] { registrations.columns(registrationColumns) + counters }

    // MARK: - mnRegistrationTable

    private static let registrations = MIBTable(
        module: .mip, entry: [1, 3, 3, 1, 1],
        index: [MIBIndexObject("mnRegAgentAddress", .ipAddress), MIBIndexObject("mnRegCOA", .ipAddress)],
        rows: OrderedRows<NodeRegistrationKey, NodeRegistration, NodeRegistration> { $0.state.registrations })

    private static let registrationColumns: [MIBColumn<NodeRegistration>] = [
        MIBColumn(1, "mnRegAgentAddress", .ipAddress, "Where the request was sent.") { row, _ in .ipAddress(row.agentAddress) },
        MIBColumn(2, "mnRegCOA", .ipAddress, "The care-of address.") { row, _ in .ipAddress(row.careOfAddress) },
        MIBColumn(3, "mnRegFlags", .registrationFlags, "Flags of the request.") { row, _ in .octet(row.flags.mibOctet) },
        MIBColumn(4, "mnRegIDLow", .integer32(), "Low half of the identification.") { row, _ in
            .integer(bits: row.identification.low)
        },
        MIBColumn(5, "mnRegIDHigh", .integer32(), "High half of the identification.") { row, _ in
            .integer(bits: row.identification.high)
        },
        MIBColumn(6, "mnRegTimeRequested", .integer32(), "Seconds asked for, once accepted those granted; 65535 never ends.") {
            row, _ in
            .integer(Int32(row.lifetime))
        },
        MIBColumn(7, "mnRegTimeRemaining", .gauge32, "Seconds left once accepted; 65535 never ends.") { row, view in
            .gauge(row.isAccepted ? view.state.secondsRemaining(until: row.expires) : 0)
        },
        MIBColumn(8, "mnRegTimeSent", .timeStamp, "When the request was sent last.") { row, view in view.timeStamp(row.sent) },
        MIBColumn(9, "mnRegIsAccepted", .truthValue, "Whether it was accepted.") { row, _ in .truth(row.isAccepted) },
        MIBColumn(10, "mnCOAIsLocal", .truthValue, "Whether the care-of address is the node's own.") { row, _ in
            .truth(row.isCoLocated)
        },
        MIBColumn(11, "mnRegDeliveryStyle", .deliveryStyle, "How datagrams for a reverse tunnel reach the foreign agent.") {
            row, _ in
            .deliveryStyle(row.reverseTunnel)
        },
    ]

    // MARK: - Counters

    private static func counter(
        _ number: UInt, _ name: String, _ summary: String, _ value: @escaping @Sendable (MobileNodeCounters) -> UInt64
    ) -> MIBLeaf {
        .scalar(.mip, [1, 3, 3, number], name, .counter32, summary) { $0.mobileNode.map { .counter(low: value($0)) } }
    }

    private static var counters: [MIBLeaf] {
        [
            counter(2, "mnRegRequestsSent", "Requests sent with a lifetime above 0.") { $0.requestsSent },
            counter(3, "mnDeRegRequestsSent", "Requests sent with lifetime 0.") { $0.deregistrationRequestsSent },
            counter(4, "mnRegRepliesRecieved", "Replies to requests with a lifetime above 0.") { $0.repliesReceived },
            counter(5, "mnDeRegRepliesRecieved", "Replies to requests with lifetime 0.") { $0.deregistrationRepliesReceived },
            counter(6, "mnRepliesInvalidHomeAddress", "Replies dropped for a home address that is not the node's.") {
                $0.repliesInvalidHomeAddress
            },
            counter(7, "mnRepliesUnknownHA", "Replies dropped for a home agent that is not known.") {
                $0.repliesUnknownHomeAgent
            },
            counter(8, "mnRepliesUnknownFA", "Replies dropped for a foreign agent that was not asked.") {
                $0.repliesUnknownForeignAgent
            },
            counter(9, "mnRepliesInvalidID", "Replies dropped for an identification that does not fit.") { $0.repliesInvalidID },
            counter(10, "mnRepliesDroppedInvalidExtension", "Replies dropped for a malformed or unknown extension.") {
                $0.repliesDroppedInvalidExtension
            },
            counter(11, "mnRepliesIgnoredUnknownExtension", "Replies with an unknown extension that was skipped.") {
                $0.repliesIgnoredUnknownExtension
            },
            counter(12, "mnRepliesHAAuthenticationFailure", "Replies dropped without a right Mobile-Home authenticator.") {
                $0.repliesHomeAgentAuthenticationFailure
            },
            counter(13, "mnRepliesFAAuthenticationFailure", "Replies dropped without a right Mobile-Foreign authenticator.") {
                $0.repliesForeignAgentAuthenticationFailure
            },
            counter(14, "mnRegRequestsAccepted", "Replies with codes 0 and 1.") { $0.requestsAccepted },
            counter(15, "mnRegRequestsDeniedByHA", "Replies with codes 128 to 191.") { $0.requestsDeniedByHomeAgent },
            counter(16, "mnRegRequestsDeniedByFA", "Replies with codes 64 to 127.") { $0.requestsDeniedByForeignAgent },
            counter(17, "mnRegRequestsDeniedByHADueToID", "Replies with code 133.") { $0.requestsDeniedDueToID },
            counter(18, "mnRegRequestsWithDirectedBroadcast", "Requests sent to the home network's broadcast address.") {
                $0.requestsWithDirectedBroadcast
            },
        ]
    }
}

extension MIBValue {
    /// MipDeliveryStyle: direct(1) unless datagrams are encapsulated to the foreign agent.
    static func deliveryStyle(_ tunnel: ReverseTunnel) -> MIBValue { .integer(tunnel == .encapsulating ? 2 : 1) }
}
