import AgentModel
import MIPMIB
import MIPTesting
import ManagementCore
import MobileIPv4
import Testing

@Suite("Plans of SetRequests that move the nodes of a home agent")
struct DrainPlanTests {
    static let targets = [IPv4Address(10, 0, 0, 2), IPv4Address(10, 0, 0, 3)]

    /// An agent that moves its nodes to these home agents, if any.
    static func view(
        _ homeAgents: [IPv4Address] = [], text: String = "", roles: [AgentRole] = [.homeAgent]
    ) -> MIBView {
        var information = Samples.information(roles: roles)
        if !homeAgents.isEmpty {
            var drain = DrainStatus(since: Samples.start, homeAgents: homeAgents, redirected: 7)
            (drain.text, drain.bindings, drain.movableBindings) = (text, 5, 3)
            information.drain = drain
        }
        return MIBView(
            state: AgentState(name: "a", changes: [.information(information)], agentTime: Samples.start), sysUpTime: 5)
    }

    static func homeAgents(_ text: String) throws -> MIBAssignment {
        try PlanTests.set("mipExtDrainHomeAgents", [0], .octets(Array(text.utf8)))
    }

    static func text(_ text: String) throws -> MIBAssignment {
        try PlanTests.set("mipExtDrainText", [0], .octets(Array(text.utf8)))
    }

    @Test("Writing addresses begins to move nodes to them")
    func begin() throws {
        let plan = try PlanTests.mib.plan([try Self.homeAgents("10.0.0.2 10.0.0.3")], in: Self.view(), allowing: [.drain])
        #expect(plan.agentChanges == [.drain(DrainOrder(homeAgents: Self.targets))])
        #expect(plan.notificationSettings == nil)
    }

    @Test("The text of the same request belongs to the order, in any order of varbinds")
    func whole() throws {
        let varbinds = [try Self.homeAgents(" 10.0.0.2  10.0.0.3 "), try Self.text("até já")]
        for order in [varbinds, varbinds.reversed()] {
            #expect(
                try PlanTests.mib.plan(order, in: Self.view()).agentChanges
                    == [.drain(DrainOrder(homeAgents: Self.targets, text: "até já"))])
        }
    }

    @Test("Other addresses, or a text, replace the order")
    func replace() throws {
        let view = Self.view(Self.targets)
        #expect(
            try PlanTests.mib.plan([try Self.homeAgents("10.0.0.3")], in: view).agentChanges
                == [.drain(DrainOrder(homeAgents: [Self.targets[1]]))])
        #expect(
            try PlanTests.mib.plan([try Self.homeAgents("10.0.0.2 10.0.0.3"), try Self.text("x")], in: view).agentChanges
                == [.drain(DrainOrder(homeAgents: Self.targets, text: "x"))])
    }

    @Test("A request that does not write the text keeps it; the same text alone has no effect, and another one is refused")
    func keeping() throws {
        let view = Self.view(Self.targets, text: "moved")
        #expect(
            try PlanTests.mib.plan([try Self.homeAgents("10.0.0.3")], in: view).agentChanges
                == [.drain(DrainOrder(homeAgents: [Self.targets[1]], text: "moved"))])
        #expect(
            try PlanTests.mib.plan([try Self.homeAgents("10.0.0.2 10.0.0.3"), try Self.text("")], in: view).agentChanges
                == [.drain(DrainOrder(homeAgents: Self.targets))])
        #expect(try PlanTests.mib.plan([try Self.homeAgents("")], in: view).agentChanges == [.endDrain])
        #expect(try PlanTests.mib.plan([try Self.text("moved")], in: view).isEmpty)
        #expect(PlanTests.fault([try Self.text("")], in: view)?.status == .inconsistentValue)
    }

    @Test("An empty text ends it, and has no effect if no nodes are moved")
    func end() throws {
        let write = try Self.homeAgents("")
        #expect(try PlanTests.mib.plan([write], in: Self.view(Self.targets)).agentChanges == [.endDrain])
        #expect(try PlanTests.mib.plan([write], in: Self.view()).isEmpty)
    }

    @Test("Writing what reading gives has no effect", arguments: [[], targets], ["", "moved"])
    func unchanged(homeAgents: [IPv4Address], text: String) throws {
        let view = Self.view(homeAgents, text: text)
        let varbinds = try ["mipExtDrainHomeAgents", "mipExtDrainText"].map { name -> MIBAssignment in
            let oid = try PlanTests.oid(name)
            guard case .value(let value) = PlanTests.mib.get(oid.span, in: view) else {
                Issue.record("\(name) has no instance")
                return MIBAssignment(oid, .octets([]))
            }
            return MIBAssignment(oid, value)
        }
        #expect(try PlanTests.mib.plan(varbinds, in: view).isEmpty)
        // The text that there is says nothing about the home agents.
        #expect(try PlanTests.mib.plan([varbinds[1]], in: view).isEmpty)
    }

    @Test("A home agent shows where it moves nodes, since when, with which text, and how far it has got")
    func reading() {
        let draining = MIBReading(Self.view(Self.targets, text: "moved"))
        #expect(draining["mipExtDrainHomeAgents.0"] == .octets(Array("10.0.0.2 10.0.0.3".utf8)))
        #expect(draining["mipExtDrainText.0"] == .octets(Array("moved".utf8)))
        #expect(draining["mipExtDrainBindings.0"] == .gauge(5) && draining["mipExtDrainMovableBindings.0"] == .gauge(3))
        #expect(draining["mipExtDrainSince.0"] == .dateAndTime(Samples.start))
        #expect(draining["mipExtDrainRedirected.0"] == .counter64(7))
        let idle = MIBReading(Self.view())
        #expect(idle["mipExtDrainHomeAgents.0"] == .octets([]) && idle["mipExtDrainSince.0"] == .dateAndTime(nil))
        #expect(idle["mipExtDrainRedirected.0"] == nil && idle["mipExtDrainText.0"] == .octets([]))
        #expect(idle["mipExtDrainBindings.0"] == nil && idle["mipExtDrainMovableBindings.0"] == nil)
    }

    @Test("Sixteen home agents with the longest addresses fit")
    func most() throws {
        let all = (0..<16).map { IPv4Address(200, 200, 200, UInt8(100 + $0)) }
        guard case .octets(let octets)? = MIBReading(Self.view(all))["mipExtDrainHomeAgents.0"] else {
            Issue.record("no value")
            return
        }
        #expect(octets.count == 255)
        let write = try Self.homeAgents(String(decoding: octets, as: UTF8.self))
        #expect(try PlanTests.mib.plan([write], in: Self.view()).agentChanges == [.drain(DrainOrder(homeAgents: all))])
    }

    /// One order that cannot be given, and the status and position of the refusal.
    struct Mistake: Sendable, CustomTestStringConvertible {
        let homeAgents: String
        var text = ""
        let status: MIBSetStatus
        var position = 0

        var testDescription: String { "'\(homeAgents)' with '\(text)'" }
    }

    @Test(
        "What is not an order is refused at the varbind at fault",
        arguments: [
            Mistake(homeAgents: "10.0.0.2, 10.0.0.3", status: .wrongValue), Mistake(homeAgents: "home2", status: .wrongValue),
            Mistake(homeAgents: "10.0.0.2 10.0.0.2", status: .wrongValue), Mistake(homeAgents: "0.0.0.0", status: .wrongValue),
            Mistake(homeAgents: "224.0.0.11", status: .wrongValue),
            Mistake(homeAgents: Array(repeating: "1.2.3.4", count: 17).joined(separator: " "), status: .wrongValue),
            Mistake(homeAgents: "10.0.0.2", text: "two\nlines", status: .wrongValue, position: 1),
            Mistake(homeAgents: "", text: "x", status: .inconsistentValue, position: 1),
        ])
    func mistakes(_ mistake: Mistake) throws {
        let fault = PlanTests.fault(
            [try Self.homeAgents(mistake.homeAgents), try Self.text(mistake.text)], in: Self.view(Self.targets))
        #expect(fault?.status == mistake.status && fault?.position == mistake.position, "\(fault?.reason ?? "")")
    }

    @Test("A text without home agents is refused")
    func textAlone() throws {
        #expect(PlanTests.fault([try Self.text("x")], in: Self.view(Self.targets))?.status == .inconsistentValue)
    }

    @Test("Moving nodes is an area of its own", arguments: [Set<MIBWriteArea>(), [.bindings, .signalling, .messages]])
    func area(_ areas: Set<MIBWriteArea>) throws {
        #expect(PlanTests.fault([try Self.homeAgents("")], in: Self.view(), allowing: areas)?.status == .notWritable)
    }

    @Test("Only home agents that know it have instances of the scalars, and move nodes")
    func others() throws {
        var information = Samples.information(roles: [.homeAgent])
        information.retransmissionTries = 0
        let earlier = MIBView(
            state: AgentState(name: "a", changes: [.information(information)], agentTime: Samples.start), sysUpTime: 5)
        for view in [earlier, Self.view(roles: [.foreignAgent, .mobileNode])] {
            #expect(!MIBReading(view).values.keys.contains { $0.hasPrefix("mipExtDrain") })
            #expect(PlanTests.fault([try Self.homeAgents("10.0.0.2")], in: view)?.status == .noCreation)
        }
        let unreachable = MIBView(state: AgentState(name: "a", changes: [], agentTime: Samples.start), sysUpTime: 5)
        #expect(PlanTests.fault([try Self.homeAgents("10.0.0.2")], in: unreachable)?.status == .resourceUnavailable)
    }

    @Test(
        "The agent's refusal is reported at the scalar that it is about",
        arguments: [
            ("homeAgents", .invalidValue, .wrongValue, 0), ("text", .invalidValue, .wrongValue, 1),
            (nil, .notPermitted, .inconsistentValue, 0), (nil, .resourceUnavailable, .resourceUnavailable, 0),
        ] as [(String?, ChangeProblem, MIBSetStatus, Int)])
    func refusal(field: String?, problem: ChangeProblem, status: MIBSetStatus, position: Int) throws {
        let plan = try PlanTests.mib.plan([try Self.homeAgents("10.0.0.2"), try Self.text("x")], in: Self.view())
        let error = plan.error(for: ChangeRefusal(index: 0, field: field, problem: problem, reason: "no"))
        #expect(error.status == status && error.position == position)
    }
}
