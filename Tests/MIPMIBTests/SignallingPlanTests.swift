import AgentModel
import MIPMIB
import MIPTesting
import ManagementCore
import MobileIPv4
import Testing

@Suite("Plans of SetRequests about visits and signalling")
struct SignallingPlanTests {
    @Test("Writing revoke ends a visit, and writing active changes nothing")
    func visit() async throws {
        let view = try await PlanTests.view()
        let instance: [UInt] = [2, 4, 10, 0, 2, 0]
        #expect(
            try PlanTests.mib.plan([try PlanTests.set("mipExtVisitorAdminStatus", instance, .integer(2))], in: view).agentChanges
                == [.endBinding(homeAddress: IPv4Address(10, 0, 2, 0), careOfAddress: IPv4Address(192, 0, 2, 1))])
        #expect(try PlanTests.mib.plan([try PlanTests.set("mipExtVisitorAdminStatus", instance, .integer(1))], in: view).isEmpty)
    }

    @Test("A visit that has no home address yet cannot be ended")
    func nameless() async throws {
        var visitor = Samples.visitor(0, state: .pending)
        visitor.nai = NetworkAccessIdentifier("alice@example.net")
        visitor.homeAddress = .zero
        let view = try await MIBSearchTests.view([.visitor(visitor)])
        let revoke = try PlanTests.set("mipExtVisitorAdminStatus", Array(PlanTests.alice.dropLast()), .integer(2))
        #expect(PlanTests.fault([revoke], in: view)?.status == .inconsistentValue)
    }

    @Test("The settings of an agent's signalling are written whatever its role is", arguments: AgentRole.allCases)
    func signalling(role: AgentRole) async throws {
        let plan = try PlanTests.mib.plan(
            [
                try PlanTests.set("mipExtRevocation", [0], .integer(2)),
                try PlanTests.set("mipExtRevocationRequired", [0], .integer(1)),
                try PlanTests.set("mipExtRevocationInforming", [0], .integer(2)),
                try PlanTests.set("mipExtRetransmissionTimeout", [0], .unsigned(60)),
                try PlanTests.set("mipExtRetransmissionTries", [0], .gauge(1)),
                try PlanTests.set("mipExtGenericNotifications", [0], .integer(2)),
                try PlanTests.set("mipExtNotificationDirections", [0], .unsigned(0)),
                try PlanTests.set("mipExtDynamicHomeAgent", [0], .integer(2)),
                try PlanTests.set("mipExtHostConfiguration", [0], .integer(2)),
                try PlanTests.set("mipExtServiceSelection", [0], .integer(2)),
                try PlanTests.set("mipExtExperimental", [0], .integer(1)),
            ], in: try await PlanTests.view([role]), allowing: [.signalling])
        #expect(
            plan.agentChanges == [
                .signalling(SignallingSettings { $0.revocation = false }),
                .signalling(SignallingSettings { $0.revocationRequired = true }),
                .signalling(SignallingSettings { $0.revocationInforming = false }),
                .signalling(SignallingSettings { $0.retransmissionTimeout = 60 }),
                .signalling(SignallingSettings { $0.retransmissionTries = 1 }),
                .signalling(SignallingSettings { $0.notifications = false }),
                .signalling(SignallingSettings { $0.notificationDirections = 0 }),
                .discovery(DiscoverySettings { $0.dynamicHomeAgent = false }),
                .discovery(DiscoverySettings { $0.hostConfiguration = false }),
                .discovery(DiscoverySettings { $0.serviceSelection = false }),
                .discovery(DiscoverySettings { $0.experimental = true }),
            ])
    }

    @Test("An agent that does not report the settings of its signalling has no instances of them, and none can be written")
    func earlierAgent() throws {
        var information = Samples.information()
        information.retransmissionTries = 0
        let view = MIBView(
            state: AgentState(name: "a", changes: [.information(information)], agentTime: Samples.start), sysUpTime: 5)
        let names = ["mipExtRevocation", "mipExtRevocationRequired", "mipExtRevocationInforming", "mipExtRetransmissionTimeout"]
        let later = ["mipExtDynamicHomeAgent", "mipExtHostConfiguration", "mipExtServiceSelection", "mipExtExperimental"]
        let others = ["mipExtRetransmissionTries", "mipExtGenericNotifications", "mipExtNotificationDirections"]
        for name in names + others + later {
            let oid = try PlanTests.oid(name)
            let got = PlanTests.mib.get(oid.span, in: view)
            #expect(got == .noSuchInstance, "\(name)")
        }
        for name in ["mipExtRevocation", "mipExtExperimental"] {
            let write = try PlanTests.set(name, [0], .integer(1))
            #expect(PlanTests.fault([write], in: view)?.status == .noCreation, "\(name)")
        }
    }
}
