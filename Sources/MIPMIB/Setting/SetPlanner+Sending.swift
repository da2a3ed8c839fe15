import AgentModel
import ManagementCore
import MobileIPv4

/// A scalar of those that send a text together.
enum SendScalar: String, CaseIterable {
    case mipExtSendTo, mipExtSendPrefix, mipExtSendPrefixLength, mipExtSendNAI, mipExtSendAcknowledged, mipExtSendText
}

/// What one request writes to the scalars that send a text. Those that it leaves out have the values that reading gives.
struct SendWrite {
    /// The values by scalar.
    var cells: [SendScalar: RowWrite.Cell] = [:]

    /// The first varbind that concerns the text; nil if the request does not write any of the scalars.
    var position: Int? { cells.values.lazy.map(\.position).min() }

    /// The varbind that wrote each scalar, by name.
    var positions: [String: Int] {
        Dictionary(uniqueKeysWithValues: cells.map { ($0.key.rawValue, $0.value.position) })
    }

    /// What the request asks for, whose text may be empty.
    ///
    /// - Parameter usual: The role of the receivers if the request does not say.
    /// - Throws: `wrongValue` for a text or an identifier that is not well-formed, `inconsistentValue` for a prefix with host bits.
    func order(to usual: AgentRole) throws(MIBSetError) -> NotificationOrder {
        let role = number(.mipExtSendTo)
        return NotificationOrder(
            to: AgentRole.allCases.first { Int64($0.number) == role } ?? usual, homeAddresses: try prefix(),
            nai: try identifier(), text: try text(), acknowledged: number(.mipExtSendAcknowledged) != 2)
    }

    func error(_ status: MIBSetStatus, _ reason: String, at scalar: SendScalar) -> MIBSetError {
        MIBSetError(position: cells[scalar]?.position ?? position ?? 0, status: status, reason: reason)
    }

    private func number(_ scalar: SendScalar) -> Int64? { cells[scalar]?.value.number }

    private func octets(_ scalar: SendScalar) -> [UInt8] {
        if case .octets(let octets)? = cells[scalar]?.value { octets } else { [] }
    }

    /// The prefix of the home addresses; nil for all of them.
    private func prefix() throws(MIBSetError) -> IPv4Prefix? {
        var address = IPv4Address.zero
        if case .ipAddress(let written)? = cells[.mipExtSendPrefix]?.value { address = written }
        let length = Int(clamping: number(.mipExtSendPrefixLength) ?? 0)
        guard let prefix = IPv4Prefix(containing: address, length: length), prefix.network == address else {
            throw error(
                .inconsistentValue,
                "\(address)/\(length) is not a network; expected zero bits after the length in mipExtSendPrefixLength",
                at: .mipExtSendPrefix)
        }
        return prefix == .everything ? nil : prefix
    }

    /// The network access identifier; nil for all nodes.
    private func identifier() throws(MIBSetError) -> NetworkAccessIdentifier? {
        let octets = octets(.mipExtSendNAI)
        guard !octets.isEmpty else { return nil }
        guard let identifier = NetworkAccessIdentifier(octets: octets) else {
            throw error(.wrongValue, "the value is not a network access identifier", at: .mipExtSendNAI)
        }
        return identifier
    }

    private func text() throws(MIBSetError) -> String {
        guard let text = String(validating: octets(.mipExtSendText), as: UTF8.self) else {
            throw error(.wrongValue, "the text is not UTF-8", at: .mipExtSendText)
        }
        return text
    }
}

extension SetPlanner {
    /// Adds the text that the request sends, if any. The agent chooses the receivers, and refuses a text that has none.
    mutating func finishSending() throws(MIBSetError) {
        guard let position = sending.position else { return }
        try requireAgent(position)
        guard view.sendsTexts else {
            throw MIBSetError(
                position: position, status: .noCreation,
                reason: "the agent is of an earlier version, which does not send texts; upgrade it")
        }
        let order = try sending.order(to: view.usualReceivers)
        guard !order.text.isEmpty else {
            guard order != NotificationOrder(to: view.usualReceivers, text: "") else { return }
            let others = sending.cells.filter { $0.key != .mipExtSendText }.values.lazy.map(\.position)
            throw MIBSetError(
                position: others.min() ?? position, status: .inconsistentValue,
                reason: "there is no text to send; write mipExtSendText in the same request")
        }
        do throws(ChangeRefusal) {
            try order.check()
        } catch {
            throw sending.error(.wrongValue, error.reason, at: .mipExtSendText)
        }
        add(
            .notify(order), position: sending.cells[.mipExtSendText]?.position ?? position,
            columns: sending.positions)
    }
}
