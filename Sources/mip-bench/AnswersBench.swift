import ArgumentParser
import CAllocations
import MIPMIB
import ManagementCore
import SNMPAgent

/// Answers GetNext PDUs of an AgentX master in this process, without a socket: measures the cost of table size and columns.
struct AnswersBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "answers", abstract: "Answers AgentX GetNext requests from a table of bindings.")

    @Option(name: .shortAndLong, help: "Bindings, 1 to 4000000.")
    var rows = 100_000

    @Option(help: "Requests, each for the row after the previous one, from places throughout the table.")
    var requests = 200_000

    @Option(name: .shortAndLong, help: "Columns in a request, 1 to 8.")
    var columns = 1

    @Option(help: "How often each request is answered; counts of two runs with different values differ only by the answers.")
    var rounds = 1

    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
        guard (1...4_000_000).contains(rows) else { throw ValidationError("--rows \(rows) is invalid; expected 1 to 4000000") }
        guard requests >= 1 else { throw ValidationError("--requests \(requests) is invalid; expected at least 1") }
        guard rounds >= 1 else { throw ValidationError("--rounds \(rounds) is invalid; expected at least 1") }
        guard (1...8).contains(columns) else { throw ValidationError("--columns \(columns) is invalid; expected 1 to 8") }
    }

    func run() throws {
        let load = AnswersLoad(rows: rows, columns: columns)
        let result = load.run(requests: requests, rounds: rounds)
        let perRequest = result.seconds / Double(requests * rounds) * 1e9
        let allocations = Double(result.allocations) / Double(requests * rounds)
        if json {
            print(
                """
                {"benchmark":"answers","rows":\(rows),"columns":\(columns),"requests":\(requests),\
                "nanosecondsPerRequest":\(perRequest.rounded(to: 1)),"allocationsPerRequest":\(allocations.rounded(to: 3))}
                """)
        } else {
            print(
                "\(requests) requests for \(columns) columns of \(rows) rows: \(perRequest.rounded(to: 0)) ns and "
                    + "\(allocations.rounded(to: 3)) allocations each")
        }
    }
}
