import AgentModel
import MobileIPv4
import MobilityAgent

/// An agent with a store of its records, which a later one takes over.
struct KeptBench {
    var bench: Bench
    let present: AgentStart
    private(set) var history: AgentHistory
    private(set) var records: [KeptRecordKey: [UInt8]] = [:]
    /// What taking over has changed.
    private(set) var restored: [StateChange] = []
    private let configuration: MobilityAgentConfiguration

    /// The machine's uptime when the first agent's was 0, in milliseconds.
    private static let bootTime: Int64 = 1_000_000

    init(_ configuration: MobilityAgentConfiguration) {
        bench = Bench(configuration)
        self.configuration = configuration
        present = AgentStart(bootID: "first", bootTime: Self.bootTime, startTime: bench.start * 1000)
        history = AgentHistory(present, after: [])
        bench.agent.beginRestoring(history, durability: "process")
        bench.agent.endRestoring(at: bench.now)
    }

    private init(
        _ configuration: MobilityAgentConfiguration, after old: KeptBench, _ last: AgentStart, start: Int64, bootTime: Int64,
        boot: String
    ) throws {
        self.configuration = configuration
        bench = Bench(configuration, seed: 2, start: start, age: 0)
        present = AgentStart(bootID: boot, bootTime: bootTime, startTime: start * 1000)
        history = AgentHistory(present, after: [last])
        records = old.records
        bench.agent.beginRestoring(history, durability: "process")
        var effects = AgentEffects()
        // Assignments first, as the daemon does: they say which home addresses the agent serves.
        for case (.assignment(let address), let bytes) in records {
            _ = try bench.agent.restore(assignment: address, bytes, history)
        }
        for case (.mobileNode(let homeAddress), let bytes) in records {
            _ = try bench.agent.restore(mobileNode: homeAddress, bytes, history, at: bench.now, effects: &effects)
        }
        bench.agent.endRestoring(at: bench.now)
        restored = effects.changes
        // Nodes that send at once send later than the start.
        bench.uptime = 1_000_000
    }

    /// The bindings whose datagrams are forwarded after taking over.
    var forwarded: [BindingKey] { restored.compactMap { if case .binding(let row) = $0 { row.key } else { nil } } }

    /// The seconds that remain of the first binding's lifetime, rounded up.
    var remaining: Int64? {
        bench.bindings.first?.expires.map { ($0.milliseconds(since: bench.time) + 999) / 1000 }
    }

    /// Saves what has changed.
    mutating func save() {
        for (key, bytes) in bench.agent.takeUnsaved() { records[key] = bytes }
    }

    /// Sets the clock of the agent and of the nodes.
    mutating func setClock(by seconds: Int64) {
        bench.start += seconds
        bench.step(by: seconds * 1000)
        history.clockStepped(by: seconds * 1000)
    }

    /// The agent ends, and another begins.
    ///
    /// - Parameters:
    ///   - seconds: How long nobody serves.
    ///   - correction: The seconds by which the clock is set meanwhile.
    ///   - boot: Another boot of the machine; empty for the same.
    ///   - isComplete: Whether the agent ended in order.
    func restarted(
        after seconds: Int64, clockSetBy correction: Int64 = 0, boot: String = "", isComplete: Bool = true,
        configuration: MobilityAgentConfiguration? = nil
    ) throws -> KeptBench {
        var old = self
        old.save()
        old.history.see(old.bench.time.milliseconds)
        var last = old.history.present
        last.isComplete = isComplete
        let start = old.bench.time.milliseconds / 1000 + seconds + correction
        let bootTime = boot.isEmpty ? Self.bootTime + old.bench.uptime / 1_000_000 + seconds * 1000 : 5000
        return try KeptBench(
            configuration ?? old.configuration, after: old, last, start: start, bootTime: bootTime,
            boot: boot.isEmpty ? "first" : boot)
    }
}
