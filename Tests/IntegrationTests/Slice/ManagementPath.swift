/// The ways in which mip-mibd reaches SNMP managers.
enum ManagementPath: String, CaseIterable, Sendable {
    case agentX, standalone
    /// A subagent that leaves the master's requests to libnetsnmp: other code for reading, the same for everything else.
    case agentXThroughLibrary

    static let allCases: [ManagementPath] = [.agentX, .standalone]
    /// For what is asked of reading.
    static let reading: [ManagementPath] = allCases + [.agentXThroughLibrary]

    var hasMaster: Bool { self != .standalone }
}
