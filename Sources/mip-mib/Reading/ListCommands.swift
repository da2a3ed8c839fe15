import AgentControl
import AgentModel
import ArgumentParser
import ManagementCore
import MobileIPv4

/// A command that prints rows of every agent as a table or as JSON.
protocol ListCommand: AsyncParsableCommand {
    associatedtype Item: Encodable
    var source: SourceOptions { get }
    var json: Bool { get }
    static var topic: ControlTopic { get }
    static var rowName: String { get }
    static var header: [String] { get }
    func items(of state: AgentState) throws -> [Item]
    func cells(_ item: Item) -> [String]
}

extension ListCommand {
    func run() async throws {
        let (states, failed) = try await source.states([Self.topic])
        var output = StandardOutput()
        var count = 0
        if json {
            var array = JSONArray(&output)
            for state in states {
                for item in try items(of: state) {
                    try array.append(item, to: &output)
                    count += 1
                }
            }
            array.end(&output)
        } else {
            var table = TextTable(Self.header)
            for state in states { for item in try items(of: state) { table.append(cells(item)) } }
            if !table.isEmpty { table.write(to: &output) }
            count = table.isEmpty ? 0 : 1
        }
        output.flush()
        if failed > 0 { throw ExitCode(3) }
        if count == 0 {
            if json { throw ExitCode(1) }
            throw CommandFailure.nothingFound(Self.rowName)
        }
    }
}

struct BindingsCommand: ListCommand {
    static let configuration = CommandConfiguration(
        commandName: "bindings", abstract: "The mobility bindings of home agents.",
        discussion:
            "Flags: S simultaneous, B broadcast, D decapsulation by the node, M minimal encapsulation, G GRE, T reverse tunnel.")
    static let topic = ControlTopic.bindings
    static let rowName = "binding"
    static let header = ["AGENT", "HOME ADDRESS", "CARE-OF ADDRESS", "NAI", "FLAGS", "GRANTED", "LEFT", "SOURCE"]

    @OptionGroup var source: SourceOptions
    @OptionGroup var filter: FilterOptions
    @Flag(help: "Print a JSON array.") var json = false

    func items(of state: AgentState) throws -> [Resource<Binding>] {
        let filter = try filter.filter()
        return state.bindings.lazy.map(\.row).filter {
            filter.matches(homeAddress: $0.homeAddress, careOfAddress: $0.careOfAddress, nai: $0.nai)
        }.map(state.resource)
    }

    func cells(_ item: Resource<Binding>) -> [String] {
        let row = item.record
        return [
            item.agent, "\(row.homeAddress)", "\(row.careOfAddress)", row.nai?.value.printable ?? "-", "\(row.flags)",
            duration(UInt32(row.lifetimeGranted)), duration(item.timeRemaining ?? 0), "\(row.sourceAddress):\(row.sourcePort)",
        ]
    }
}

struct VisitorsCommand: ListCommand {
    static let configuration = CommandConfiguration(
        commandName: "visitors", abstract: "The visitor lists of foreign agents.")
    static let topic = ControlTopic.visitors
    static let rowName = "visitor"
    static let header = ["AGENT", "SOURCE", "HOME ADDRESS", "HOME AGENT", "CARE-OF ADDRESS", "NAI", "STATE", "GRANTED", "LEFT"]

    @OptionGroup var source: SourceOptions
    @OptionGroup var filter: FilterOptions
    @Flag(help: "Print a JSON array.") var json = false

    func items(of state: AgentState) throws -> [Resource<Visitor>] {
        let filter = try filter.filter()
        return state.visitors.lazy.map(\.row).filter {
            filter.matches(homeAddress: $0.homeAddress, careOfAddress: $0.careOfAddress, nai: $0.nai)
        }.map(state.resource)
    }

    func cells(_ item: Resource<Visitor>) -> [String] {
        let row = item.record
        return [
            item.agent, "\(row.sourceAddress)", "\(row.homeAddress)", "\(row.homeAgent)", "\(row.careOfAddress)",
            row.nai?.value.printable ?? "-", row.state.rawValue,
            row.state == .pending ? "-" : duration(UInt32(row.lifetimeGranted)), duration(item.timeRemaining ?? 0),
        ]
    }
}

struct AssociationsCommand: ListCommand {
    static let configuration = CommandConfiguration(
        commandName: "associations", abstract: "The mobility security associations of agents, never their keys.")
    static let topic = ControlTopic.associations
    static let rowName = "security association"
    static let header = ["AGENT", "PEER", "ROLE", "SPI", "ALGORITHM", "REPLAY", "TOLERANCE"]

    @OptionGroup var source: SourceOptions
    @Flag(help: "Print a JSON array.") var json = false

    func items(of state: AgentState) -> [Resource<SecurityAssociation>] {
        state.associations.map { state.resource($0.row) }
    }

    func cells(_ item: Resource<SecurityAssociation>) -> [String] {
        let row = item.record
        return [
            item.agent, row.peer.description.printable, row.peerRole.rawValue, "\(row.spi)", row.algorithm.rawValue,
            row.replayMethod.rawValue, "\(row.replayTolerance)s",
        ]
    }
}

struct ViolationsCommand: ListCommand {
    static let configuration = CommandConfiguration(
        commandName: "violations", abstract: "Who violated security, how often, and how the last time.")
    static let topic = ControlTopic.violations
    static let rowName = "security violation"
    static let header = ["AGENT", "VIOLATOR", "COUNT", "LAST TIME", "REASON", "SPI", "CODE"]

    @OptionGroup var source: SourceOptions
    @Flag(help: "Print a JSON array.") var json = false

    func items(of state: AgentState) -> [Resource<SecurityViolation>] { state.violations.map { state.resource($0.row) } }

    func cells(_ item: Resource<SecurityViolation>) -> [String] {
        let row = item.record
        return [
            item.agent, row.violator.description.printable, "\(row.count)", "\(row.recentTime)", row.recentReason.rawValue,
            "\(row.recentSPI)", row.recentCode.map { "\($0)" } ?? "-",
        ]
    }
}
