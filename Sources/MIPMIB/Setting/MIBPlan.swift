public import AgentModel
public import ManagementCore

/// The effect of a SetRequest: changes for the agent, and settings that the management daemon keeps itself. Created by `MIPMIB.plan`.
public struct MIBPlan: Sendable {
    /// Changes for the agent, in the order in which to make them; all of them or none.
    public internal(set) var agentChanges: [AgentChange] = []
    /// The new notification settings; nil if they do not change. They belong to the management daemon, which keeps them across its
    /// restarts.
    public internal(set) var notificationSettings: NotificationSettings?

    /// The origin of each change for the agent.
    var origins: [Origin] = []

    struct Origin {
        /// The first varbind that concerns the change.
        var position: Int
        /// The varbind that wrote each column or scalar.
        var columns: [String: Int]
    }

    /// Whether there is nothing to do.
    public var isEmpty: Bool { agentChanges.isEmpty && notificationSettings == nil }

    /// The agent's refusal of `agentChanges` in SNMP terms: the varbind at fault, and its status.
    public func error(for refusal: ChangeRefusal) -> MIBSetError {
        let status: MIBSetStatus =
            switch refusal.problem {
            // The scalars that give an order exist whether or not the agent can carry it out.
            case .notFound where isOrder(refusal.index), .notPermitted where isOrder(refusal.index): .inconsistentValue
            case .notFound: .inconsistentName
            case .alreadyExists, .inconsistent: .inconsistentValue
            case .invalidValue: .wrongValue
            case .notPermitted: .notWritable
            case .resourceUnavailable: .resourceUnavailable
            case .commitFailed: .commitFailed
            }
        guard origins.indices.contains(refusal.index) else {
            return MIBSetError(position: origins.first?.position ?? 0, status: status, reason: refusal.reason)
        }
        let origin = origins[refusal.index]
        let columns = refusal.field.flatMap { Self.columns[$0] } ?? []
        let position = columns.lazy.compactMap { origin.columns[$0] }.first ?? origin.position
        return MIBSetError(position: position, status: status, reason: refusal.reason)
    }

    /// Whether a change is an order that a few scalars give together.
    private func isOrder(_ index: Int) -> Bool {
        guard agentChanges.indices.contains(index) else { return false }
        return switch agentChanges[index] {
        case .notify, .drain, .endDrain: true
        default: false
        }
    }

    /// The columns and scalars that write a member of a change.
    private static let columns: [String: [String]] = columnsOfSettings.merging([
        "algorithm": ["mipSecurityAlgorithmType", "mipSecurityAlgorithmMode", "mipSecAlgorithmType", "mipSecAlgorithmMode"],
        "replayMethod": ["mipSecurityReplayMethod", "mipSecReplayMethod"],
        "replayTolerance": ["mipSecurityReplayTime"],
        "key": ["mipSecurityKey", "mipSecKey"],
        "peer": ["mipSecurityPeerNAI", "mipSecurityPeerIpAddress"],
        "peerRole": ["mipExtAssocPeerRole"],
        "storage": ["mipSecurityStorageType", "maAdvertStorageType", "faCOAStorageType"],
        "maximumRegistrationLifetime": ["maAdvertMaxRegLifetime", "maAdvMaxRegLifetime"],
        "includesPrefixLength": ["maAdvertPrefixLengthInclusion", "maAdvPrefixLengthInclusion"],
        "destination": ["maAdvertAddress", "maAdvAddress"],
        "maximumInterval": ["maAdvertMaxInterval", "maAdvMaxInterval"],
        "minimumInterval": ["maAdvertMinInterval", "maAdvMinInterval"],
        "advertisementLifetime": ["maAdvertMaxAdvLifetime", "maAdvMaxAdvLifetime"],
        "onlyOnSolicitation": ["maAdvertResponseSolicitationOnly", "maAdvResponseSolicitationOnly"],
        "to": ["mipExtSendTo"], "homeAddresses": ["mipExtSendPrefix", "mipExtSendPrefixLength"], "nai": ["mipExtSendNAI"],
        "text": ["mipExtSendText", "mipExtDrainText"], "homeAgents": ["mipExtDrainHomeAgents"],
    ]) { $1 }

    private static let columnsOfSettings = Dictionary(
        uniqueKeysWithValues: Setting.all.compactMap { setting in setting.column.map { (setting.name, [$0]) } })
}
