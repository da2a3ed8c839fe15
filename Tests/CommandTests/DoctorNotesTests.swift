import AgentModel
import JSON
import MIPTesting
import ManagementCore
import MobileIPv4
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

    @Test("A home agent that drains is a note, with the bindings that cannot be moved")
    func draining() {
        var information = Samples.information(roles: [.homeAgent])
        information.durability = "memory"
        #expect(AgentCheckup.notes(information, "home").isEmpty)
        information.drain = DrainStatus(since: Samples.start, homeAgents: [IPv4Address(192, 0, 2, 53)])
        information.drain?.bindings = 3
        information.drain?.movableBindings = 3
        #expect(
            AgentCheckup.notes(information, "home").map { $0.problem.hasPrefix("home has been moving its nodes to 192.0.2.53") }
                == [true])
        #expect(AgentCheckup.staying(information, "home").isEmpty)
        information.drain?.movableBindings = 2
        #expect(
            AgentCheckup.staying(information, "home").map { $0.problem.hasPrefix("home drains, but 1 binding of it") } == [true])
        information.drain?.movableBindings = 1
        #expect(AgentCheckup.notes(information, "home").last?.problem.hasPrefix("home drains, but 2 bindings of it") == true)
        information.settings.signalling.revocation = false
        #expect(
            AgentCheckup.staying(information, "home").map { $0.problem.contains("with revocation switched off") } == [true])
    }

    @Test("The note on bindings that stay has every cause, and does not advise to revoke nodes that could not register again")
    func staying() throws {
        var information = Samples.information(roles: [.homeAgent])
        information.drain = DrainStatus(since: Samples.start, homeAgents: [IPv4Address(192, 0, 2, 53)])
        information.drain?.bindings = 1
        let note = try #require(AgentCheckup.staying(information, "home").first)
        for cause in ["named this home agent", "did not agree on revocation", "has no association"] {
            #expect(note.problem.contains(cause))
        }
        #expect(!note.remedy.contains("mip-mib revoke") && note.remedy.contains("'agent: any'"))
    }

    @Test("Experiments that are left on are a note")
    func experiments() {
        var information = Samples.information(roles: [.foreignAgent])
        #expect(AgentCheckup.notes(information, "fa").isEmpty)
        information.settings.discovery.experimental = true
        #expect(AgentCheckup.notes(information, "fa").map { $0.remedy.contains("'experimental: false'") } == [true])
    }

    @Test(
        "A foreign agent that often finds no home agent, or often gets replies without the identifier, is worth a note",
        arguments: [(90, 9, nil), (90, 10, "defaultHomeAgent"), (97, 9, nil), (97, 12, "RFC 2794")] as [(UInt8, UInt64, String?)])
    func relaying(code: UInt8, count: UInt64, remedy: String?) {
        var foreign = ForeignAgentCounters()
        foreign.repliesSentByCode[ReplyCode(rawValue: code)] = count
        let state = AgentState(
            name: "fa", changes: [.counters(AgentCounters(foreignAgent: foreign))], agentTime: Samples.start)
        let notes = AgentCheckup.discovery(state, "fa")
        #expect(notes.count == (remedy == nil ? 0 : 1))
        #expect(notes.allSatisfy { $0.problem.contains("(\(code)) \(count) times") && $0.remedy.contains(remedy ?? "") })
    }

    @Test("A node that got nothing for its resolver has no note about it, and the remedy is a section of its configuration file")
    func hostConfiguration() throws {
        var status = Samples.mobileNodeStatus()
        status.hostConfiguration = ReceivedHostConfiguration(
            prefixLength: 16, defaultGateway: IPv4Address(10, 1, 0, 1), received: Samples.start)
        func notes() -> [Finding] {
            let state = AgentState(name: "node", changes: [.mobileNodeStatus(status)], agentTime: Samples.start)
            return AgentCheckup.discovery(state, "node")
        }
        #expect(notes().isEmpty)
        status.hostConfiguration?.domainNameSuffix = "home.example"
        let remedy = try #require(notes().first?.remedy)
        #expect(remedy.contains("'resolver: {mode: resolvectl}'"))
    }

    @Test("A node that found no home agent, does not use its host configuration, or was refused is worth a note each")
    func discovery() throws {
        var status = Samples.mobileNodeStatus()
        func notes(_ counters: MobileNodeCounters = MobileNodeCounters()) -> [String] {
            let all = AgentCounters(mobileNode: counters)
            let changes = [StateChange.mobileNodeStatus(status), .counters(all)]
            let state = AgentState(name: "node", changes: changes, agentTime: Samples.start)
            return AgentCheckup.discovery(state, "node").map(\.problem)
        }
        #expect(notes().isEmpty)
        var counters = MobileNodeCounters()
        (counters.redirectLoops, counters.serviceRefusals) = (1, 2)
        #expect(notes(counters).map { $0.contains("in a loop") } == [true, false])
        #expect(notes(counters).last == "the home agent refused node the service 'ims' (151) 2 times")
        status.homeAgentSearch?.state = .fallback
        status.hostConfiguration?.isApplied = false
        let found = notes()
        #expect(found.count == 2)
        #expect(found.first?.hasPrefix("node found no home agent that serves requests for any, and addresses 10.0.0.1") == true)
        #expect(found.last?.hasPrefix("the machine of node does not use the name servers or domain") == true)
    }

    @Test("Services that a home agent refused, and host configurations that it shortened, are a note each")
    func refusals() {
        var home = HomeAgentCounters()
        (home.serviceRefusals, home.hostConfigurationTruncated) = (1, 3)
        let state = AgentState(
            name: "home", changes: [.counters(AgentCounters(homeAgent: home))], agentTime: Samples.start)
        let notes = AgentCheckup.discovery(state, "home").map(\.problem)
        #expect(notes.first == "home refused nodes the service that they asked for (151) once")
        #expect(notes.last?.contains("out of replies 3 times") == true)
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
