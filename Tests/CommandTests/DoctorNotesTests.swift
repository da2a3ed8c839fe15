import AgentModel
import JSON
import MIPTesting
import ManagementCore
import Testing

@testable import mip_mib

@Suite("mip-mib doctor: notes")
struct DoctorNotesTests {
    private static let own = ["doctor", "--snmp", "127.0.0.1:1", "--snmpd-conf", "/dev/null", "--mibd-conf", "/dev/null"]

    @Test("Only a home agent without a state store gets a note that a restart ends every binding")
    func store() {
        let cases: [(roles: [AgentRole], durability: String?, count: Int)] = [
            ([.homeAgent], nil, 1), ([.foreignAgent, .homeAgent], nil, 1), ([.homeAgent], "memory", 0), ([.foreignAgent], nil, 0),
            ([.mobileNode], nil, 0),
        ]
        for (roles, durability, count) in cases {
            var information = Samples.information(roles: roles)
            information.durability = durability
            let notes = AgentCheckup.notes(information, "home")
            #expect(notes.count == count, "\(roles) \(durability ?? "none")")
            #expect(notes.allSatisfy { $0.station == "note" && $0.remedy.contains("'state:'") })
            information.stateError = "cannot open state store '/s/home.state'"
            #expect(AgentCheckup.notes(information, "home").isEmpty, "a store that cannot be used is a finding")
        }
    }

    @Test(
        "Steps of an agent's clock are a note, with their number",
        arguments: [(0, nil), (1, "once"), (3, "3 times")] as [(UInt64, String?)])
    func clock(steps: UInt64, words: String?) {
        var counters = AgentCounters()
        counters.clockSteps = steps
        let state = AgentState(name: "home", changes: [.counters(counters)], agentTime: Samples.start)
        let notes = AgentCheckup.clockSteps(state, "home")
        #expect(notes.count == (words == nil ? 0 : 1))
        #expect(notes.allSatisfy { $0.problem.hasPrefix("the clock of home was set \(words ?? "") since") })
    }

    @Test("Home agents that take up no offer of revocation are a note, once several were made", arguments: [2, 3] as [UInt64])
    func offers(sent: UInt64) {
        for agreed in [0, 1] as [UInt64] {
            var foreign = ForeignAgentCounters()
            (foreign.revocationOffersSent, foreign.revocationsAgreed) = (sent, agreed)
            let state = AgentState(
                name: "fa", changes: [.counters(AgentCounters(foreignAgent: foreign))], agentTime: Samples.start)
            let notes = AgentCheckup.revocation(state, "fa")
            #expect(notes.count == (sent > 2 && agreed == 0 ? 1 : 0))
            #expect(notes.allSatisfy { $0.problem.contains("with fa, in 3 registrations") })
        }
    }

    @Test("Revocations without an acknowledgment are a note, of either role", arguments: [1, 5] as [UInt64])
    func unacknowledged(count: UInt64) {
        var (home, foreign) = (HomeAgentCounters(), ForeignAgentCounters())
        home.revocationsUnacknowledged = 1
        foreign.revocationsUnacknowledged = count - 1
        let counters = AgentCounters(homeAgent: home, foreignAgent: foreign)
        let state = AgentState(name: "a", changes: [.counters(counters)], agentTime: Samples.start)
        let words = count == 1 ? "1 revocation of a" : "5 revocations of a"
        #expect(AgentCheckup.revocation(state, "a").map { $0.problem.hasPrefix(words) } == [true])
    }

    @Test(
        "Texts of the last hour that were refused or got no acknowledgment are a note",
        arguments: [
            (.unanswered, 0, 1), (.refused, 3_599_000, 1), (.unanswered, 3_600_000, 0), (.acknowledged, 0, 0), (.sent, 0, 0),
            (.superseded, 0, 0), (.received, 0, 0),
        ] as [(ExchangeState, Int64, Int)])
    func texts(outcome: ExchangeState, ago: Int64, count: Int) {
        var text = Samples.exchange(1, state: outcome)
        (text.kind, text.ended) = (.notification, Samples.start.adding(milliseconds: -ago))
        var revocation = Samples.exchange(2, state: .unanswered)
        revocation.ended = Samples.start
        let state = AgentState(name: "home", changes: [.exchange(text), .exchange(revocation)], agentTime: Samples.start)
        let notes = AgentCheckup.notifications(state, "home")
        #expect(notes.count == count)
        #expect(notes.allSatisfy { $0.problem.hasPrefix("1 text of home got no acknowledgment") })
    }

    @Test("Notes are printed for people, after the findings, and are not findings")
    func printed() async throws {
        var counters = AgentCounters(homeAgent: HomeAgentCounters())
        counters.clockSteps = 2
        let scene = try await Scene([.counters(counters)])
        let result = try await Scene.run(Self.own + ["--socket", scene.socket])
        let note = try #require(result.output.firstRange(of: "note: the clock of home was set 2 times"), "\(result.output)")
        let finding = try #require(result.output.firstRange(of: "cannot read its configuration"), "\(result.output)")
        #expect(finding.lowerBound < note.lowerBound)
        let json = try await Scene.run(Self.own + ["--socket", scene.socket, "-o", "json"])
        #expect(!json.output.contains("clock"), "\(json.output)")
        await scene.agent.stop()
    }
}
