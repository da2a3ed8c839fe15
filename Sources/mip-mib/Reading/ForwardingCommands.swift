import AgentControl
import AgentModel
import ArgumentParser
import ManagementCore
import MobileIPv4

struct TunnelsCommand: ListCommand {
    static let configuration = CommandConfiguration(
        commandName: "tunnels", abstract: "The tunnels of agents and nodes, and what went through them.",
        discussion: "Octets are those of the datagrams inside the tunnel.")
    static let topic = ControlTopic.tunnels
    static let rowName = "tunnel"
    static let header = ["AGENT", "LOCAL", "REMOTE", "ENCAPSULATION", "PACKETS SENT", "OCTETS", "PACKETS RECEIVED", "OCTETS"]

    @OptionGroup var source: SourceOptions
    @Flag(help: "Print a JSON array.") var json = false

    func items(of state: AgentState) -> [Resource<MobilityTunnel>] { state.tunnels.map { state.resource($0.row) } }

    func cells(_ item: Resource<MobilityTunnel>) -> [String] {
        let row = item.record
        return [
            item.agent, "\(row.localAddress)", "\(row.remoteAddress)", row.encapsulation.rawValue, "\(row.packetsSent)",
            "\(row.octetsSent)", "\(row.packetsReceived)", "\(row.octetsReceived)",
        ]
    }
}

struct TrafficCommand: ListCommand {
    static let configuration = CommandConfiguration(
        commandName: "traffic", abstract: "What was forwarded for each mobile node.")
    static let topic = ControlTopic.traffic
    static let rowName = "traffic"
    static let header = ["AGENT", "ROLE", "HOME ADDRESS", "PACKETS TO NODE", "OCTETS", "PACKETS FROM NODE", "OCTETS"]

    @OptionGroup var source: SourceOptions
    @Flag(help: "Print a JSON array.") var json = false

    func items(of state: AgentState) -> [Resource<ForwardedTraffic>] { state.traffic.map { state.resource($0.row) } }

    func cells(_ item: Resource<ForwardedTraffic>) -> [String] {
        let row = item.record
        return [
            item.agent, row.role.rawValue, "\(row.homeAddress)", "\(row.packetsToNode)", "\(row.octetsToNode)",
            "\(row.packetsFromNode)", "\(row.octetsFromNode)",
        ]
    }
}
