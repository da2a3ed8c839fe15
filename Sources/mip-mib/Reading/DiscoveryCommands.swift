import AgentControl
import AgentModel
import ArgumentParser
import ManagementCore
import MobileIPv4

struct AdvertisementsCommand: ListCommand {
    static let configuration = CommandConfiguration(
        commandName: "advertisements", abstract: "The interfaces on which agents advertise themselves.")
    static let topic = ControlTopic.advertisements
    static let rowName = "advertising interface"
    static let header = [
        "AGENT", "INTERFACE", "ADDRESS", "FLAGS", "CARE-OF ADDRESSES", "EVERY", "LIFETIME", "SENT", "SOLICITED", "SEQUENCE",
    ]

    @OptionGroup var source: SourceOptions
    @Flag(help: "Print a JSON array.") var json = false

    func items(of state: AgentState) -> [Resource<AdvertisingInterface>] {
        state.advertisements.map { state.resource($0.row) }
    }

    func cells(_ item: Resource<AdvertisingInterface>) -> [String] {
        let row = item.record
        return [
            item.agent, row.name.printable, "\(row.address)/\(row.prefixLength)", "\(row.flags)",
            row.careOfAddresses.isEmpty ? "-" : row.careOfAddresses.map(\.description).joined(separator: ","),
            row.onlyOnSolicitation ? "asked" : "\(row.minimumInterval)-\(row.maximumInterval)s",
            duration(UInt32(row.advertisementLifetime)), "\(row.advertisementsSent)", "\(row.advertisementsSentForSolicitation)",
            row.sequence.map { "\($0)" } ?? "-",
        ]
    }
}

struct RegistrationsCommand: ListCommand {
    static let configuration = CommandConfiguration(
        commandName: "registrations", abstract: "The registrations of mobile nodes on this machine.")
    static let topic = ControlTopic.registrations
    static let rowName = "registration"
    static let header = ["AGENT", "VIA", "CARE-OF ADDRESS", "HOME AGENT", "FLAGS", "STATE", "LEFT"]

    @OptionGroup var source: SourceOptions
    @Flag(help: "Print a JSON array.") var json = false

    func items(of state: AgentState) -> [Resource<NodeRegistration>] { state.registrations.map { state.resource($0.row) } }

    func cells(_ item: Resource<NodeRegistration>) -> [String] {
        let row = item.record
        return [
            item.agent, "\(row.agentAddress)", "\(row.careOfAddress)", "\(row.homeAgent)", "\(row.flags)",
            row.isAccepted ? "accepted" : "pending", item.timeRemaining.map(duration) ?? "-",
        ]
    }
}

struct ForeignAgentsCommand: ListCommand {
    static let configuration = CommandConfiguration(
        commandName: "foreign-agents", abstract: "The foreign agents that mobile nodes on this machine hear.")
    static let topic = ControlTopic.foreignAgents
    static let rowName = "foreign agent"
    static let header = ["AGENT", "ADDRESS", "CARE-OF ADDRESS", "FLAGS", "REGISTRATION LIFETIME", "HEARD", "LEFT"]

    @OptionGroup var source: SourceOptions
    @Flag(help: "Print a JSON array.") var json = false

    func items(of state: AgentState) -> [Resource<KnownForeignAgent>] { state.foreignAgents.map { state.resource($0.row) } }

    func cells(_ item: Resource<KnownForeignAgent>) -> [String] {
        let row = item.record
        return [
            item.agent, "\(row.address)", "\(row.careOfAddress)", "\(row.flags)",
            duration(UInt32(row.registrationLifetime)), "\(row.heard)", duration(item.timeRemaining ?? 0),
        ]
    }
}
