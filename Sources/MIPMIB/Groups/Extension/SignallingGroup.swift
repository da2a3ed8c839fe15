import AgentModel
import ManagementCore

/// The scalars of mipExtSignalling, 1.11 of MIPV4-EXT-MIB, that are settings.
enum SignallingGroup {
    /// The settings for which the group has a scalar, named in their declaration.
    static let settings = SignallingPolicy.declared + DiscoveryPolicy.declared

    static var leaves: [MIBLeaf] {
        settings.compactMap { setting in
            guard let node = setting.scalar.flatMap(MIBNode.init(named:)) else { return nil }
            return .scalar(node, MIBMember("information.\(setting.name)"), setting.sentence) { view in
                guard let settings = view.signallingSettings else { return nil }
                return switch setting.value(in: settings) {
                case .truth(let value): .truth(value)
                case .whole(let number): .unsigned(UInt32(clamping: number))
                }
            }
        }
    }
}

extension MIBView {
    /// The agent's settings if it reports those of its signalling; nil otherwise. For an agent that does not report them all are false or
    /// 0, which the number of tries cannot be.
    var signallingSettings: AgentSettings? {
        guard let settings = state.information?.settings, settings.signalling.retransmissionTries > 0 else { return nil }
        return settings
    }
}
