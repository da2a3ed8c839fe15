import AgentModel
import ManagementCore

extension SetPlanner {
    mutating func write(_ scalar: WritableScalar, _ cell: RowWrite.Cell) throws(MIBSetError) {
        switch scalar {
        case .mipEnable:
            try requireAgent(cell.position)
            add(.enabled(cell.value == .integer(1)), position: cell.position)
        case .faRegistrationRequired:
            try requireRole(.foreignAgent, cell.position)
            add(.foreignAgent(ForeignAgentSettings(registrationRequired: cell.value == .integer(1))), position: cell.position)
        case .mipExtHistoryLimit: settings.historyLimit = cell.value.unsigned
        case .mipExtNotifyNodeInterval: settings.nodeInterval = cell.value.unsigned
        case .mipExtNotifyMaximumRate: settings.maximumRate = cell.value.unsigned
        }
    }

    /// The agent's state is there to be changed.
    func requireAgent(_ position: Int) throws(MIBSetError) {
        guard view.state.information != nil else {
            throw MIBSetError(position: position, status: .resourceUnavailable, reason: "the agent cannot be reached now")
        }
    }

    /// The object can exist: the agent plays the role.
    func requireRole(_ role: AgentRole, _ position: Int) throws(MIBSetError) {
        try requireAgent(position)
        guard view.state.plays(role) else {
            throw MIBSetError(position: position, status: .noCreation, reason: "the agent is no \(role.rawValue)")
        }
    }
}

extension MIBValue {
    /// The number of an Unsigned32 that was found to be one.
    fileprivate var unsigned: UInt32 {
        switch self {
        case .unsigned(let number), .gauge(let number): number
        default: 0
        }
    }
}
