import AgentModel
import FuzzSupport

@testable import MobileIPv4
@testable import MobilityAgent

/// Records of a state store: what a damaged disk may return.
enum StateRecordFuzzer: FuzzTarget {
    static let name = "state-record"
    static let about = "a record is refused or encodes to one that decodes to the same, and an agent that takes it over serves"

    static func run(_ input: [UInt8]) throws {
        let known: (UInt64) -> Int64? = { $0 <= 3 ? Int64($0) * 1000 : nil }
        if let node = try? KeptMobileNode(input, homeAddress: Village.home, correction: known) {
            let bytes = node.bytes(correction: known(node.start) ?? 0)
            let again = try KeptMobileNode(bytes, homeAddress: Village.home, correction: known)
            try requireEqual(again.bytes(correction: known(again.start) ?? 0), bytes, "encoded again")
            try requireEqual(again.bindings.count, node.bindings.count, "bindings")
        }
        if let assignment = try? KeptAssignment(input, correction: known) {
            let bytes = assignment.bytes(correction: known(assignment.start) ?? 0)
            let again = try KeptAssignment(bytes, correction: known)
            try requireEqual(again.bytes(correction: known(again.start) ?? 0), bytes, "encoded again")
        }
        try takeOver(input)
    }

    private static func takeOver(_ bytes: [UInt8]) throws {
        var agent = MobilityAgent(
            configuration: HomeAgentFuzzer.configuration, instance: "fuzz", processID: 1,
            startTime: Timestamp(milliseconds: Village.start), random: SplitMix(state: 1))
        let starts = (1...3 as ClosedRange<UInt64>).map { number in
            var start = AgentStart(bootID: "", bootTime: 0, startTime: Village.start - 10_000)
            start.number = number
            return start
        }
        let history = AgentHistory(AgentStart(bootID: "", bootTime: 0, startTime: Village.start), after: starts)
        var effects = AgentEffects()
        agent.beginRestoring(history, durability: "process")
        _ = try? agent.restore(mobileNode: Village.home, bytes, history, at: Village.moment(0), effects: &effects)
        _ = try? agent.restore(assignment: Village.home, bytes, history)
        agent.endRestoring(at: Village.moment(0))
        var uptime: Int64 = 0
        while let deadline = agent.nextDeadline, deadline <= 70_000_000_000_000 {
            try require(deadline >= uptime, "a deadline is in the past")
            uptime = deadline
            agent.advance(to: Village.moment(uptime), effects: &effects)
        }
        for (_, bytes) in agent.takeUnsaved() where bytes != nil {
            try require(bytes.map { !$0.isEmpty } ?? false, "an empty record")
        }
    }
}
