import AgentControl
import AgentModel
import ArgumentParser
import ManagementCore
import MobileIPv4

struct NodeCommand: ListCommand {
    static let configuration = CommandConfiguration(
        commandName: "node", abstract: "The mobile nodes on this machine: where they think they are.",
        discussion: "State: home, registered, pending, isolated or unknown (mnState).")
    static let topic = ControlTopic.mobileNodeStatus
    static let rowName = "mobile node"
    static let header = ["AGENT", "STATE", "HOME ADDRESS", "NAI", "HOME AGENT", "LAST HEARD"]

    @OptionGroup var source: SourceOptions
    @Flag(help: "Print a JSON array.") var json = false

    func items(of state: AgentState) -> [Resource<MobileNodeStatus>] {
        state.mobileNodeStatus.map { [state.resource($0)] } ?? []
    }

    func cells(_ item: Resource<MobileNodeStatus>) -> [String] {
        let row = item.record
        return [
            item.agent, row.state.rawValue, "\(row.homeAddress)", row.nai?.value.printable ?? "-",
            row.homeAgents.first { $0.isCurrent }.map { "\($0.address)" } ?? "-",
            row.recentAdvertisement.map { "\($0.sourceAddress)" } ?? "-",
        ]
    }
}
