import AgentModel
import FuzzSupport
import MIPMIB
import ManagementCore
import MobileIPv4

@testable import SNMPAgent

/// A small MIB to ask: one agent with a few rows.
enum ServedMIB {
    static let mib = MIPMIB()

    static let view: MIBView = {
        let now = Timestamp(milliseconds: 1_700_000_000_000)
        let information = AgentInformation(
            name: "home", version: "fuzz", instance: "fuzz", processID: 1, roles: [.homeAgent, .foreignAgent], startTime: now,
            encapsulations: [.ipInIp], addresses: [], careOfAddresses: [IPv4Address(192, 0, 2, 1)], settings: AgentSettings())
        let rows = (0..<3 as Range<UInt8>).map { row in
            StateChange.binding(
                Binding(
                    homeAddress: IPv4Address(10, 0, 1, row), careOfAddress: IPv4Address(192, 0, 2, row),
                    homeAgent: IPv4Address(10, 0, 0, 1), sourceAddress: IPv4Address(192, 0, 2, row), sourcePort: 434,
                    nai: NetworkAccessIdentifier("node\(row)@example.net"), flags: [],
                    identification: Identification(rawValue: UInt64(row)), lifetimeGranted: 600, created: now, renewed: now,
                    expires: now.adding(milliseconds: 600_000), renewals: 0, encapsulation: .ipInIp,
                    spi: SecurityParameterIndex(rawValue: 256)))
        }
        let state = AgentState(name: "home", changes: [.information(information)] + rows, agentTime: now)
        return MIBView(state: state, sysUpTime: 1_000_000)
    }()

    /// Octets of the longest response. A GetBulk of 64 octets may ask for as much as fits a response, which would leave time for little else,
    /// and a dozen of them for more than fits the socket that the responses of a stream wait in.
    static let longestResponse = 4096

    static var reply: AgentXReply { AgentXReply(limit: longestResponse) }

    static var responder: AgentXResponder {
        AgentXResponder(mib: mib, contexts: [.init(name: []) { view }, .init(name: Array("home".utf8)) { view }])
    }
}
