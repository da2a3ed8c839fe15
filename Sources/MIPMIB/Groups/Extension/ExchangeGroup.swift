import AgentModel
import ManagementCore
import MobileIPv4

/// mipExtExchangeTable, 1.11.6 of MIPV4-EXT-MIB: revocations and notifications, and how they were acknowledged.
enum ExchangeGroup {
    static var leaves: [MIBLeaf] { exchanges.columns(partyColumns + progressColumns + contentColumns) }

    private static let exchanges = MIBTable(
        .mipExtExchangeEntry, key: ["number"],
        rows: OrderedRows<ExchangeKey, Exchange, Exchange> { $0.state.exchanges })

    private static let partyColumns: [MIBColumn<Exchange>] = [
        MIBColumn(.mipExtExchangeKind, "kind", "What is exchanged.") { row, _ in row.kind.mibValue },
        MIBColumn(.mipExtExchangeRole, "role", "The role of the agent in it.") { row, _ in row.role.mibValue },
        MIBColumn(.mipExtExchangePeer, "peer", "The address of the peer.") { row, _ in .ipAddress(row.peer) },
        MIBColumn(.mipExtExchangePeerRole, "peerRole", "The role of the peer.") { row, _ in row.peerRole.mibValue },
        MIBColumn(.mipExtExchangeHomeAddress, "homeAddress", "The node's home address.") { row, _ in
            .ipAddress(row.homeAddress)
        },
        MIBColumn(.mipExtExchangeNAI, "nai", "The full network access identifier, or empty.") { row, _ in .nai(row.nai) },
        MIBColumn(.mipExtExchangeHomeAgent, "homeAgent", "The home agent.") { row, _ in .ipAddress(row.homeAgent) },
        MIBColumn(.mipExtExchangeCareOfAddress, "careOfAddress", "The care-of address.") { row, _ in
            .ipAddress(row.careOfAddress)
        },
    ]

    private static let progressColumns: [MIBColumn<Exchange>] = [
        MIBColumn(.mipExtExchangeState, "state", "How far the exchange has got.") { row, _ in row.state.mibValue },
        MIBColumn(.mipExtExchangeTries, "tries", "How many times the message was sent or received.") { row, _ in
            .gauge(row.tries)
        },
        MIBColumn(.mipExtExchangeStarted, "started", "When the exchange began.") { row, _ in .dateAndTime(row.started) },
        MIBColumn(.mipExtExchangeNextTry, "nextTry", "When the message is sent again.") { row, _ in .dateAndTime(row.nextTry) },
        MIBColumn(.mipExtExchangeEnded, "ended", "When the exchange ended.") { row, _ in .dateAndTime(row.ended) },
        MIBColumn(.mipExtExchangeDelay, "delay", "Milliseconds from the first copy of the message to its acknowledgment.") {
            row, _ in
            row.delay.map { .gauge($0) }
        },
        MIBColumn(.mipExtExchangeCode, "code", "The code in the acknowledgment of a notification.") { row, _ in
            row.code.map { .unsigned(UInt32($0)) }
        },
    ]

    private static let contentColumns: [MIBColumn<Exchange>] = [
        MIBColumn(.mipExtExchangeReason, "reason", "Why the registration ended.") { row, _ in row.reason?.mibValue },
        MIBColumn(.mipExtExchangeInformsNode, "informsNode", "Whether the node was or is to be informed of a revocation.") {
            row, _ in
            .truth(row.informsNode)
        },
        MIBColumn(.mipExtExchangeText, "text", "The text in the message.") { row, _ in .text(row.text) },
    ]
}

extension ExchangeKey: MIBIndexed {
    func appendIndex(to listener: inout some IndexListener) { listener.append(number) }
}
