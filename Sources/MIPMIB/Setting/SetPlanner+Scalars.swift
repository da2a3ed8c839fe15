import AgentModel
import ManagementCore

extension SetPlanner {
    mutating func write(_ scalar: WritableScalar, _ cell: RowWrite.Cell) throws(MIBSetError) {
        switch scalar {
        case .setting(let setting):
            if let role = setting.role { try requireRole(role, cell.position) } else { try requireAgent(cell.position) }
            try requireReport(of: setting, cell.position)
            for change in AgentChange.settings([setting.name: try value(of: setting, cell)]) {
                add(change, position: cell.position)
            }
        case .mipExtHistoryLimit: settings.historyLimit = cell.value.unsigned
        case .mipExtNotifyNodeInterval: settings.nodeInterval = cell.value.unsigned
        case .mipExtNotifyMaximumRate: settings.maximumRate = cell.value.unsigned
        case .send(let scalar): sending.cells[scalar] = cell
        case .drain(let scalar): draining.cells[scalar] = cell
        }
    }

    /// The value written to a setting. True and enabled are both 1.
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

    /// Checks that the agent's state is available, so that it can be changed.
    func requireAgent(_ position: Int) throws(MIBSetError) {
        guard view.state.information != nil else {
            throw MIBSetError(position: position, status: .resourceUnavailable, reason: "the agent is unreachable")
        }
    }

    /// Checks that the agent reports the setting. An agent of an earlier version does not have those of signalling.
    private func requireReport(of setting: Setting, _ position: Int) throws(MIBSetError) {
        guard view.signallingSettings == nil, SignallingGroup.settings.contains(setting) else { return }
        throw MIBSetError(
            position: position, status: .noCreation,
            reason: "the agent is of an earlier version, which does not have the setting \(setting.name); upgrade it")
    }

    /// Checks that the agent plays the role, without which the object cannot exist.
    func requireRole(_ role: AgentRole, _ position: Int) throws(MIBSetError) {
        try requireAgent(position)
        guard view.state.plays(role) else {
            throw MIBSetError(
                position: position, status: .noCreation, reason: "the agent does not play the role \(role.rawValue)")
        }
    }
}

extension MIBValue {
    /// The number of a value that was checked to be an Unsigned32.
    fileprivate var unsigned: UInt32 {
        switch self {
        case .unsigned(let number), .gauge(let number): number
        default: 0
        }
    }
}
