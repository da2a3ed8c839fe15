import AgentModel
import MIPTesting
import MobileIPv4
import MobilityAgent
import Testing

@Suite("Orders to drain")
struct DrainChangeTests {
    private static let others = [IPv4Address(198, 51, 100, 10), IPv4Address(198, 51, 100, 11)]
    private static let order = DrainOrder(homeAgents: others, text: "moved to another site")

    /// A refusal of an order, and the agent that refuses it.
    private struct Refused: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let order: DrainOrder
        let problem: ChangeProblem
        var field: String?
        var isForeign = false
        var change: @Sendable (inout MobilityAgentConfiguration) -> Void = { _ in }
    }

    private static let refusals = [
        Refused(testDescription: "no home agent", order: order, problem: .notPermitted, isForeign: true),
        Refused(
            testDescription: "redirection is off", order: order, problem: .notPermitted,
            change: { $0.settings.discovery.dynamicHomeAgent = false }),
        Refused(
            testDescription: "requests for any home agent are not served", order: order, problem: .notPermitted,
            change: { $0.homeAgent?.acceptsAnyHomeAgent = false }),
        Refused(
            testDescription: "the agent's own address", order: DrainOrder(homeAgents: others + [Lab.homeAgent.address]),
            problem: .invalidValue, field: "homeAgents"),
        Refused(
            testDescription: "a multicast address", order: DrainOrder(homeAgents: [IPv4Address(224, 0, 0, 11)]),
            problem: .invalidValue, field: "homeAgents"),
        Refused(
            testDescription: "two lines", order: DrainOrder(homeAgents: others, text: "a\nb"), problem: .invalidValue,
            field: "text"),
    ]

    @Test("An order that cannot be followed is refused, and changes nothing", arguments: refusals)
    private func refused(_ refused: Refused) {
        var configuration = refused.isForeign ? Lab.foreignAgentConfiguration() : Lab.homeAgentConfiguration()
        refused.change(&configuration)
        var bench = OrderedAgent(configuration)
        let refusal = bench.apply(.drain(refused.order))
        #expect(refusal?.problem == refused.problem && refusal?.field == refused.field)
        bench.follow()
        #expect(bench.effects.changes.isEmpty && bench.agent.information.drain == nil && bench.agent.keptChanges.isEmpty)
    }

    @Test("The agent begins and ends to drain once the order is saved, and reports it")
    func following() {
        var bench = OrderedAgent(Lab.homeAgentConfiguration())
        bench.made(.drain(Self.order))
        #expect(bench.effects.changes.isEmpty && bench.agent.information.drain == nil)
        #expect(bench.agent.keptChanges == [.drain(Self.order)])
        bench.follow()
        #expect(bench.events.map(\.kind).first == .drainStarted)
        #expect(bench.agent.information.drain?.homeAgents == Self.others)
        #expect(bench.effects.changes.contains(.information(bench.agent.information)))
        bench.follow()
        #expect(bench.effects.changes.isEmpty)
        bench.made(.endDrain)
        #expect(bench.agent.information.drain != nil && bench.agent.keptChanges.isEmpty)
        bench.follow()
        #expect(bench.events.map(\.kind) == [.drainEnded])
        #expect(bench.agent.information.drain == nil)
    }

    @Test("Ending is refused where nothing has begun")
    func notDraining() {
        var bench = OrderedAgent(Lab.homeAgentConfiguration())
        let before = bench.apply(.endDrain)
        bench.made(.drain(Self.order))
        bench.made(.endDrain)
        let after = bench.apply(.endDrain)
        #expect([before?.problem, after?.problem] == [.notFound, .notFound])
        var foreign = OrderedAgent(Lab.foreignAgentConfiguration())
        let refusal = foreign.apply(.endDrain)
        #expect(refusal?.problem == .notPermitted)
    }

    @Test("The undo of an order that was not saved leaves no trace, whatever the agent did before")
    func undoneBefore() {
        for earlier in [nil, Self.order] {
            var bench = OrderedAgent(Lab.homeAgentConfiguration())
            if let earlier { bench.made(.drain(earlier)) }
            bench.follow()
            let before = bench.agent.information.drain
            bench.made(.drain(DrainOrder(homeAgents: [Self.others[1]])))
            bench.made(.endDrain)
            bench.made(.drain(Self.order))
            for _ in 1...3 {
                bench.undo()
                #expect(bench.effects.changes.isEmpty)
            }
            bench.follow()
            #expect(bench.effects.changes.isEmpty)
            #expect(bench.agent.information.drain == before)
            #expect(bench.agent.keptChanges == (earlier.map { [.drain($0)] } ?? []))
        }
    }

    @Test("The undo of an order that is followed makes the agent do what it did before, once that is saved")
    func undoneAfter() {
        var bench = OrderedAgent(Lab.homeAgentConfiguration())
        bench.made(.drain(Self.order))
        bench.follow()
        bench.undo()
        #expect(bench.effects.changes.isEmpty && bench.agent.information.drain != nil)
        bench.follow()
        #expect(bench.events.map(\.kind) == [.drainEnded])
        #expect(bench.agent.information.drain == nil && bench.agent.keptChanges.isEmpty)
        bench.made(.drain(Self.order))
        bench.follow()
        bench.made(.endDrain)
        bench.follow()
        bench.undo()
        #expect(bench.effects.changes.isEmpty && bench.agent.information.drain == nil)
        bench.follow()
        #expect(bench.agent.information.drain?.homeAgents == Self.others)
        #expect(bench.agent.keptChanges == [.drain(Self.order)])
    }

    @Test("A later order replaces an earlier one, which its undo no longer takes back, but which does not return any more")
    func replaced() {
        var bench = OrderedAgent(Lab.homeAgentConfiguration())
        bench.made(.drain(Self.order))
        bench.follow()
        let other = DrainOrder(homeAgents: [Self.others[1]])
        bench.made(.drain(other))
        bench.follow()
        #expect(bench.agent.information.drain?.homeAgents == other.homeAgents)
        bench.undo(0)
        bench.follow()
        #expect(bench.agent.information.drain?.homeAgents == other.homeAgents)
        #expect(bench.agent.keptChanges == [.drain(other)])
        bench.undo(0)
        bench.follow()
        #expect(bench.events.map(\.kind) == [.drainEnded])
        #expect(bench.agent.information.drain == nil && bench.agent.keptChanges.isEmpty)
    }
}

/// A home or foreign agent that operators give orders.
private struct OrderedAgent {
    var agent: MobilityAgent
    /// Of the last call.
    var effects = AgentEffects()
    /// Of the changes that have been made and not undone, in order.
    private var undos: [AgentUndo] = []
    private let now = Moment(uptime: 0, wallClock: Lab.start * 1_000_000_000)

    init(_ configuration: MobilityAgentConfiguration) {
        agent = MobilityAgent(
            configuration: configuration, instance: "test", processID: 1,
            startTime: Timestamp(milliseconds: Lab.start * 1000), random: SeededGenerator(seed: 1))
    }

    var events: [AgentEvent] {
        effects.changes.compactMap { if case .event(let event) = $0 { event } else { nil } }
    }

    mutating func apply(_ change: AgentChange) -> ChangeRefusal? {
        effects.removeAll()
        do throws(ChangeRefusal) {
            undos.append(try agent.apply(change, at: now, effects: &effects))
            return nil
        } catch {
            return error
        }
    }

    mutating func made(_ change: AgentChange, sourceLocation: SourceLocation = #_sourceLocation) {
        let refusal = apply(change)
        #expect(refusal == nil, sourceLocation: sourceLocation)
    }

    /// Undoes the last change, or the one at this place.
    mutating func undo(_ place: Int? = nil) {
        effects.removeAll()
        agent.undo(undos.remove(at: place ?? undos.count - 1), at: now, effects: &effects)
    }

    /// The orders are saved.
    mutating func follow() {
        effects.removeAll()
        agent.followDrainOrder(at: now, effects: &effects)
    }
}
