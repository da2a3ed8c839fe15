import AgentControl
import AgentModel
import ArgumentParser
import ManagementCore
import MobileIPv4

struct CountersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "counters", abstract: "What agents have counted since they started.",
        discussion: "Counters are shown from 1 on; --json has all of them.")

    @OptionGroup var source: SourceOptions
    @Flag(help: "Print a JSON array.") var json = false

    func run() async throws {
        let (states, failed) = try await source.states([.counters])
        var output = StandardOutput()
        if json {
            var array = JSONArray(&output)
            for state in states {
                if let counters = state.countersResource { try array.append(counters, to: &output) }
            }
            array.end(&output)
        } else {
            for state in states { Self.write(state, to: &output) }
        }
        output.flush()
        if failed > 0 { throw ExitCode(3) }
    }

    private static func write(_ state: AgentState, to output: inout StandardOutput) {
        var table = TextTable(["AGENT", "ROLE", "COUNTER", "VALUE"])
        func add(_ role: String, _ name: String, _ value: UInt64) {
            if value > 0 { table.append([state.name, role, name, "\(value)"]) }
        }
        if let home = state.counters.homeAgent {
            add("homeAgent", "requests received", home.requestsReceived)
            add("homeAgent", "  of which deregistrations", home.deregistrationRequestsReceived)
            add("homeAgent", "replies sent", home.repliesSent)
            addCodes("homeAgent", "sent", home.repliesSentByCode)
            ratio("homeAgent", home.repliesSentByCode)
            add("homeAgent", "duplicate requests", home.duplicateRequests)
            add("homeAgent", "bindings expired", home.bindingsExpired)
            add("homeAgent", "unknown extensions skipped", home.extensionsSkipped)
            addDiscards("homeAgent", home.discards)
        }
        if let foreign = state.counters.foreignAgent {
            add("foreignAgent", "requests received", foreign.requestsReceived)
            add("foreignAgent", "requests relayed", foreign.requestsRelayed)
            add("foreignAgent", "replies received", foreign.repliesReceived)
            addCodes("foreignAgent", "received", foreign.repliesReceivedByCode)
            ratio("foreignAgent", foreign.repliesReceivedByCode)
            add("foreignAgent", "replies relayed", foreign.repliesRelayed)
            addCodes("foreignAgent", "sent", foreign.repliesSentByCode)
            add("foreignAgent", "requests never answered", foreign.pendingTimeouts)
            add("foreignAgent", "visits expired", foreign.visitorsExpired)
            addDiscards("foreignAgent", foreign.discards)
        }
        if let node = state.counters.mobileNode { addNode(node) }
        if let forwarding = state.counters.forwarding {
            for reason in DropReason.allCases { add("-", "datagrams dropped: \(reason.rawValue)", forwarding.drops[reason] ?? 0) }
            add("-", "ICMP errors about datagrams too big", forwarding.icmpErrorsSent)
            add("-", "fragments sent", forwarding.fragmentsSent)
        }
        add("-", "security violations", state.counters.securityViolations)
        addDiscards("-", state.counters.discards)
        if table.isEmpty {
            output.write("\(state.name): nothing counted yet\n")
        } else {
            table.write(to: &output)
        }

        func addNode(_ node: MobileNodeCounters) {
            add("mobileNode", "solicitations sent", node.solicitationsSent)
            add("mobileNode", "advertisements received", node.advertisementsReceived)
            add("mobileNode", "agent restarts noticed", node.agentRebootsDetected)
            add("mobileNode", "moves from home", node.movesFromHomeToForeign)
            add("mobileNode", "moves between foreign networks", node.movesFromForeignToForeign)
            add("mobileNode", "moves home", node.movesFromForeignToHome)
            add("mobileNode", "registration requests sent", node.requestsSent)
            add("mobileNode", "deregistration requests sent", node.deregistrationRequestsSent)
            add("mobileNode", "requests accepted", node.requestsAccepted)
            add("mobileNode", "requests denied by the home agent", node.requestsDeniedByHomeAgent)
            add("mobileNode", "requests denied by foreign agents", node.requestsDeniedByForeignAgent)
            addCodes("mobileNode", "received", node.repliesReceivedByCode)
            add("mobileNode", "challenges answered", node.challengesAnswered)
            add("mobileNode", "gratuitous ARPs sent", node.gratuitousARPsSent)
        }
        func addCodes(_ role: String, _ direction: String, _ codes: CodeCounts) {
            for (code, count) in codes.nonZero { add(role, "  \(direction) with code \(code)", count) }
        }
        func addDiscards(_ role: String, _ discards: DiscardCounts) {
            for reason in DiscardReason.allCases { add(role, "discarded: \(reason.rawValue)", discards[reason]) }
        }
        func ratio(_ role: String, _ codes: CodeCounts) {
            let all = codes.total(0...255)
            guard all > 0 else { return }
            let tenths = codes.total(0...8) * 1000 / all
            table.append([state.name, role, "  accepted", "\(tenths / 10).\(tenths % 10) %"])
        }
    }
}
