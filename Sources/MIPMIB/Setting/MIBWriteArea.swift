/// A part of the MIB that an operator may allow to be written through SNMP. The raw values are the names in the management daemon's
/// configuration.
public enum MIBWriteArea: String, Hashable, Sendable, CaseIterable, Codable {
    /// `mipEnable`
    case enable
    /// Security associations: `mipSecAssocTable`, `mipSecurityAssocTable`, `mipExtAssocPeerRole`
    case associations
    /// Advertisement: `maAdvConfigTable`, `maAdvertConfTable`
    case advertising
    /// The foreign agent: `faCOATable`, `faRegistrationRequired`, `faAdvertConfTable`
    case foreignAgent
    /// The mobile node's list of home agents: `mnHATable`
    case homeAgents
    /// Ending bindings and visits: `mipExtBindingAdminStatus`, `mipExtVisitorAdminStatus`
    case bindings
    /// Moving the nodes of a home agent to others: `mipExtDrain…`
    case drain
    /// Signalling besides registration: `mipExtRevocation…`, `mipExtRetransmission…`, `mipExtGenericNotifications`,
    /// `mipExtNotificationDirections`, `mipExtDynamicHomeAgent`, `mipExtHostConfiguration`, `mipExtServiceSelection`,
    /// `mipExtExperimental`
    case signalling
    /// Sending texts to mobile nodes and other agents: `mipExtSend…`
    case messages
    /// The control of notifications, alarms and history: `mipExtNotify`, thresholds of `mipExtCapacityTable`, `mipExtHistoryLimit`
    case notifications
}
