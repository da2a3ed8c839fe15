import AgentControl
import AgentModel
import ArgumentParser
import ManagementCore

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Which agents run here, in which roles, and how much they hold.")

    @OptionGroup var source: SourceOptions
    @Flag(help: "Print a JSON array.") var json = false

    func run() async throws {
        let (states, failed) = try await source.states([.bindings, .visitors, .associations, .violations])
        var output = StandardOutput()
        if json {
            var array = JSONArray(&output)
            for state in states { try array.append(StatusResource(state), to: &output) }
            array.end(&output)
        } else {
            var table = TextTable([
                "AGENT", "ROLES", "REGISTRATION", "BINDINGS", "VISITORS", "ASSOCIATIONS", "VIOLATORS", "UP", "ADDRESSES",
            ])
            for state in states { table.append(Self.cells(state)) }
            table.write(to: &output)
        }
        output.flush()
        if failed > 0 { throw ExitCode(3) }
        if states.contains(where: { $0.information?.enabled == false }) { throw ExitCode(1) }
    }

    private static func cells(_ state: AgentState) -> [String] {
        let information = state.information
        let up = information.flatMap { start in state.agentTime.map { $0.milliseconds(since: start.startTime) / 1000 } }
        return [
            state.name, information?.roles.map(\.rawValue).joined(separator: ",") ?? "-",
            information?.enabled == true ? "enabled" : "disabled", "\(state.bindings.count)", "\(state.visitors.count)",
            "\(state.associations.count)", "\(state.violations.count)", duration(UInt32(clamping: up ?? 0)),
            information?.addresses.map { "\($0.address):\($0.port)" }.joined(separator: ",") ?? "-",
        ]
    }
}
