import AgentModel
import ManagementCore
import MobileIPv4

/// A scalar of those that order a home agent to move its nodes, or no longer to do so.
enum DrainScalar: String, CaseIterable {
    case mipExtDrainHomeAgents, mipExtDrainText
}

/// What one request writes to these scalars.
struct DrainWrite {
    /// The values by scalar.
    var cells: [DrainScalar: RowWrite.Cell] = [:]

    /// The first varbind that concerns the order; nil if the request does not write any of the scalars.
    var position: Int? { cells.values.lazy.map(\.position).min() }

    /// The varbind that wrote each scalar, by name.
    var positions: [String: Int] {
        Dictionary(uniqueKeysWithValues: cells.map { ($0.key.rawValue, $0.value.position) })
    }

    func error(_ status: MIBSetStatus, _ reason: String, at scalar: DrainScalar) -> MIBSetError {
        MIBSetError(position: cells[scalar]?.position ?? position ?? 0, status: status, reason: reason)
    }

    /// The home agents; none if nodes are no longer to be moved.
    ///
    /// - Throws: `wrongValue` for what is not an address.
    func homeAgents() throws(MIBSetError) -> [IPv4Address] {
        var addresses: [IPv4Address] = []
        for word in try text(.mipExtDrainHomeAgents).split(separator: " ") {
            guard let address = IPv4Address(word) else {
                throw error(
                    .wrongValue, "'\(word)' is not an IPv4 address; expected addresses such as 192.0.2.1, separated by spaces",
                    at: .mipExtDrainHomeAgents)
            }
            addresses.append(address)
        }
        return addresses
    }

    /// The text in a scalar; empty if the request does not write it.
    ///
    /// - Throws: `wrongValue` if it is not UTF-8.
    func text(_ scalar: DrainScalar) throws(MIBSetError) -> String {
        guard case .octets(let octets)? = cells[scalar]?.value else { return "" }
        guard let text = String(validating: octets, as: UTF8.self) else {
            throw error(.wrongValue, "the text is not UTF-8", at: scalar)
        }
        return text
    }
}

extension SetPlanner {
    /// Adds the order that the request gives, if it changes anything.
    mutating func finishDraining() throws(MIBSetError) {
        guard let position = draining.position else { return }
        try requireRole(.homeAgent, position)
        guard view.canDrain else {
            throw MIBSetError(
                position: position, status: .noCreation,
                reason: "the agent is of an earlier version, which does not move its nodes to other home agents; upgrade it")
        }
        let current = view.state.information?.drain
        let currentText = current?.text ?? ""
        // A scalar that the request does not write stays as it is.
        let text = draining.cells[.mipExtDrainText] == nil ? currentText : try draining.text(.mipExtDrainText)
        let homeAgents = try draining.homeAgents()
        guard draining.cells[.mipExtDrainHomeAgents] != nil else {
            if text == currentText { return }
            throw draining.error(
                .inconsistentValue, "the text belongs to the home agents; write mipExtDrainHomeAgents in the same request",
                at: .mipExtDrainText)
        }
        guard !homeAgents.isEmpty else {
            guard text.isEmpty || draining.cells[.mipExtDrainText] == nil else {
                throw draining.error(
                    .inconsistentValue, "there are no home agents to whose nodes the text could be sent; write an empty text",
                    at: .mipExtDrainText)
            }
            guard current != nil else { return }
            return add(.endDrain, position: position, columns: draining.positions)
        }
        if let current, homeAgents == current.homeAgents, text == current.text { return }
        let order = DrainOrder(homeAgents: homeAgents, text: text)
        do throws(ChangeRefusal) {
            try order.check()
        } catch {
            let scalar: DrainScalar = error.field == "text" ? .mipExtDrainText : .mipExtDrainHomeAgents
            throw draining.error(.wrongValue, error.reason, at: scalar)
        }
        add(.drain(order), position: position, columns: draining.positions)
    }
}
