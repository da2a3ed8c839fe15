import AgentModel
import ManagementCore

extension SetPlanner {
    mutating func write(_ scalar: WritableScalar, _ cell: RowWrite.Cell) throws(MIBSetError) {
        switch scalar {
        case .setting(let setting):
            if let role = setting.role { try requireRole(role, cell.position) } else { try requireAgent(cell.position) }
            for change in AgentChange.settings([setting.name: try value(of: setting, cell)]) {
                add(change, position: cell.position)
            }
        case .mipExtHistoryLimit: settings.historyLimit = cell.value.unsigned
        case .mipExtNotifyNodeInterval: settings.nodeInterval = cell.value.unsigned
        case .mipExtNotifyMaximumRate: settings.maximumRate = cell.value.unsigned
        }
    }

    /// What is written of a setting. True, and what is switched on, is 1.
    func value(of setting: Setting, _ cell: RowWrite.Cell) throws(MIBSetError) -> SettingValue {
        let value: SettingValue =
            switch setting.form {
            case .truth: .truth(cell.value == .integer(1))
            case .whole: .whole(cell.value.number ?? 0)
            }
        if let reason = setting.fault(in: value) {
            throw MIBSetError(position: cell.position, status: .wrongValue, reason: reason)
        }
        return value
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
