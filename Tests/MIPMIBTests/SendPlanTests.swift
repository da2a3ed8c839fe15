import AgentModel
import MIPMIB
import MIPTesting
import ManagementCore
import MobileIPv4
import Testing

@Suite("Plans of SetRequests that send a text")
struct SendPlanTests {
    /// A text that all nodes get unless other scalars are written as well.
    static func text(_ text: String = "Maintenance at 20:00") throws -> MIBAssignment {
        try PlanTests.set("mipExtSendText", [0], .octets(Array(text.utf8)))
    }

    @Test("A text alone goes to all mobile nodes, which must acknowledge it")
    func alone() async throws {
        let plan = try PlanTests.mib.plan([try Self.text()], in: try await PlanTests.view(), allowing: [.messages])
        #expect(plan.agentChanges == [.notify(NotificationOrder(to: .mobileNode, text: "Maintenance at 20:00"))])
        #expect(plan.notificationSettings == nil)
    }

    @Test("The scalars of one request form one order, in any order")
    func whole() async throws {
        let view = try await PlanTests.view()
        let varbinds = [
            try Self.text("até já"), try PlanTests.set("mipExtSendTo", [0], .integer(2)),
            try PlanTests.set("mipExtSendPrefix", [0], .ipAddress(IPv4Address(10, 0, 1, 0))),
            try PlanTests.set("mipExtSendPrefixLength", [0], .unsigned(24)),
            try PlanTests.set("mipExtSendNAI", [0], .octets(Array("alice@example.net".utf8))),
            try PlanTests.set("mipExtSendAcknowledged", [0], .integer(2)),
        ]
        let expected = NotificationOrder(
            to: .foreignAgent, homeAddresses: IPv4Prefix(containing: IPv4Address(10, 0, 1, 0), length: 24),
            nai: NetworkAccessIdentifier("alice@example.net"), text: "até já", acknowledged: false)
        for order in [varbinds, varbinds.reversed()] {
            #expect(try PlanTests.mib.plan(order, in: view).agentChanges == [.notify(expected)])
        }
    }

    @Test("A text is sent after the other changes of its request")
    func last() async throws {
        let plan = try PlanTests.mib.plan(
            [try Self.text("x"), try PlanTests.set("mipExtRevocation", [0], .integer(2))], in: try await PlanTests.view())
        #expect(
            plan.agentChanges == [
                .signalling(SignallingSettings { $0.revocation = false }),
                .notify(NotificationOrder(to: .mobileNode, text: "x")),
            ])
    }

    @Test("Writing what reading gives has no effect")
    func unchanged() async throws {
        let view = try await PlanTests.view()
        let varbinds = try SendScalarName.all.map { name -> MIBAssignment in
            let oid = try PlanTests.oid(name)
            guard case .value(let value) = PlanTests.mib.get(oid.span, in: view) else { throw MissingInstance(name: name) }
            return MIBAssignment(oid, value)
        }
        #expect(varbinds.count == 6)
        #expect(try PlanTests.mib.plan(varbinds, in: view).isEmpty)
    }

    /// One value that cannot be sent, and the status and position of the refusal.
    struct Mistake: Sendable, CustomTestStringConvertible {
        let name: String
        let value: MIBValue
        var text = "x"
        let status: MIBSetStatus
        var position = 1

        var testDescription: String { "\(name) with '\(text)'" }
    }

    @Test(
        "What cannot be sent is refused at the varbind at fault",
        arguments: [
            Mistake(name: "mipExtSendPrefix", value: .ipAddress(IPv4Address(10, 0, 1, 7)), status: .inconsistentValue),
            Mistake(name: "mipExtSendPrefixLength", value: .unsigned(33), status: .wrongValue),
            Mistake(name: "mipExtSendNAI", value: .octets([0xFF]), status: .wrongValue),
            Mistake(name: "mipExtSendNAI", value: .octets([0x0A]), status: .wrongValue),
            Mistake(name: "mipExtSendTo", value: .integer(4), status: .wrongValue),
            Mistake(name: "mipExtSendTo", value: .integer(2), text: "", status: .inconsistentValue),
            Mistake(name: "mipExtSendAcknowledged", value: .integer(2), text: "", status: .inconsistentValue),
            Mistake(name: "mipExtSendTo", value: .integer(1), text: "two\nlines", status: .wrongValue, position: 0),
            Mistake(
                name: "mipExtSendTo", value: .integer(1), text: String(repeating: "x", count: 255), status: .wrongLength,
                position: 0),
        ])
    func mistakes(_ mistake: Mistake) async throws {
        let fault = PlanTests.fault(
            [try Self.text(mistake.text), try PlanTests.set(mistake.name, [0], mistake.value)], in: try await PlanTests.view())
        #expect(fault?.status == mistake.status && fault?.position == mistake.position, "\(fault?.reason ?? "")")
    }

    @Test("A text that is not UTF-8 is refused")
    func malformed() async throws {
        let write = try PlanTests.set("mipExtSendText", [0], .octets([0x68, 0xFF]))
        let view = try await PlanTests.view()
        #expect(PlanTests.fault([write], in: view)?.status == .wrongValue)
    }

    @Test("Sending is an area of its own", arguments: [Set<MIBWriteArea>(), [.signalling, .notifications]])
    func area(_ areas: Set<MIBWriteArea>) async throws {
        let fault = PlanTests.fault([try Self.text()], in: try await PlanTests.view(), allowing: areas)
        #expect(fault?.status == .notWritable)
    }

    @Test("A mobile node writes to its home agent if the request does not say")
    func node() async throws {
        let view = try await PlanTests.view([.mobileNode])
        let oid = try PlanTests.oid("mipExtSendTo")
        #expect(PlanTests.mib.get(oid.span, in: view) == .value(.integer(3)))
        let plan = try PlanTests.mib.plan([try Self.text()], in: view, allowing: [.messages])
        #expect(plan.agentChanges == [.notify(NotificationOrder(to: .homeAgent, text: "Maintenance at 20:00"))])
    }

    @Test("An agent that does not report the settings of its signalling has no instances of the scalars, and sends nothing")
    func earlierAgent() throws {
        var information = Samples.information()
        information.retransmissionTries = 0
        let view = MIBView(
            state: AgentState(name: "a", changes: [.information(information)], agentTime: Samples.start), sysUpTime: 5)
        let oid = try PlanTests.oid("mipExtSendText")
        let got = PlanTests.mib.get(oid.span, in: view)
        #expect(got == .noSuchInstance)
        #expect(PlanTests.fault([try Self.text()], in: view)?.status == .noCreation)
    }

    @Test("An agent that is unreachable sends nothing")
    func unreachable() throws {
        let view = MIBView(state: AgentState(name: "a", changes: [], agentTime: Samples.start), sysUpTime: 5)
        #expect(PlanTests.fault([try Self.text()], in: view)?.status == .resourceUnavailable)
    }

    @Test(
        "The agent's refusal is reported at the scalar that it is about",
        arguments: [
            ("text", .invalidValue, .wrongValue, 0), ("to", .notPermitted, .inconsistentValue, 1),
            ("homeAddresses", .notFound, .inconsistentValue, 2), (nil, .notFound, .inconsistentValue, 0),
            (nil, .resourceUnavailable, .resourceUnavailable, 0),
        ] as [(String?, ChangeProblem, MIBSetStatus, Int)])
    func refusal(field: String?, problem: ChangeProblem, status: MIBSetStatus, position: Int) async throws {
        let plan = try PlanTests.mib.plan(
            [
                try Self.text(), try PlanTests.set("mipExtSendTo", [0], .integer(1)),
                try PlanTests.set("mipExtSendPrefixLength", [0], .unsigned(0)),
            ], in: try await PlanTests.view())
        let error = plan.error(for: ChangeRefusal(index: 0, field: field, problem: problem, reason: "no"))
        #expect(error.status == status && error.position == position)
    }
}

/// The names of the scalars that send a text.
private enum SendScalarName {
    static let all = [
        "mipExtSendTo", "mipExtSendPrefix", "mipExtSendPrefixLength", "mipExtSendNAI", "mipExtSendAcknowledged",
        "mipExtSendText",
    ]
}

private struct MissingInstance: Error {
    let name: String
}
