/// The ways in which mip-mibd serves SNMP managers.
enum ManagementPath: String, CaseIterable, Sendable {
    case agentX, standalone
    /// A subagent that leaves the master's requests to libnetsnmp: different code for reading, the same code for everything else.
    case agentXThroughLibrary

    static let allCases: [ManagementPath] = [.agentX, .standalone]
    /// The paths to test for reading.
    static let reading: [ManagementPath] = allCases + [.agentXThroughLibrary]

    var hasMaster: Bool { self != .standalone }
}
