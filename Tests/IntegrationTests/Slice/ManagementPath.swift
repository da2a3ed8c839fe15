/// The two ways in which mip-mibd reaches SNMP managers.
enum ManagementPath: String, CaseIterable, Sendable {
    case agentX, standalone
}
