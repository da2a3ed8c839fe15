import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

@Suite("Generic notifications that a foreign agent relays")
struct NotificationRelayTests {
    /// A message to relay: a notification or an acknowledgment, in one of two directions.
    struct Passage: Sendable, CustomTestStringConvertible {
        var testDescription: String
        let direction: NotificationDirection
        let isAcknowledgment: Bool

        static let all: [Passage] = [
            Passage(testDescription: "notification to the node", direction: .homeAgentToMobileNode, isAcknowledgment: false),
            Passage(
                testDescription: "notification to the home agent", direction: .mobileNodeToHomeAgent, isAcknowledgment: false),
            Passage(testDescription: "acknowledgment to the node", direction: .homeAgentToMobileNode, isAcknowledgment: true),
            Passage(
                testDescription: "acknowledgment to the home agent", direction: .mobileNodeToHomeAgent, isAcknowledgment: true),
        ]

        var isToNode: Bool { direction == .homeAgentToMobileNode }
        var source: TransportEndpoint { isToNode ? Lab.homeAgent : Lab.visitor }
        var destination: TransportEndpoint { isToNode ? Lab.visitor : Lab.homeAgent }
        /// The authenticator of the hop to the foreign agent, and of the hop from it.
        var before: (ExtensionType, ConfiguredSecurityAssociation) {
            isToNode ? (.foreignHomeAuthentication, Lab.ofHomeAgent) : (.mobileForeignAuthentication, Lab.ofVisitor)
        }
        var after: (ExtensionType, ConfiguredSecurityAssociation) {
            isToNode ? (.mobileForeignAuthentication, Lab.ofVisitor) : (.foreignHomeAuthentication, Lab.ofHomeAgent)
        }

        /// What sender and receiver share.
        func core(_ bench: Bench, _ change: (inout NotificationMessage) -> Void = { _ in }) -> [UInt8] {
            NotificationMessage(direction, bench) {
                if isAcknowledgment { $0.code = .accepted }
                $0.signatures = [(.mobileHomeAuthentication, NotificationLab.ofNode)]
                change(&$0)
            }.octets
        }

        func deliver(_ octets: [UInt8], to bench: inout Bench) -> OutgoingDatagram? {
            bench.receive(octets, from: source, to: Lab.foreignAgent)
        }
    }

    private static func signed(_ octets: [UInt8], _ signature: (ExtensionType, ConfiguredSecurityAssociation)) -> [UInt8] {
        var octets = octets
        octets.sign(signature.0, signature.1)
        return octets
    }

    @Test("What sender and receiver share is relayed unchanged, and signed for the next hop", arguments: Passage.all)
    func relayed(_ passage: Passage) throws {
        var bench = try NotificationLab.foreign()
        let core = passage.core(bench)
        let relayed = passage.deliver(Self.signed(core, passage.before), to: &bench)
        #expect(relayed?.payload == Self.signed(core, passage.after))
        #expect(relayed?.source == Lab.foreignAgent && relayed?.destination == passage.destination)
        #expect(bench.foreign.notificationsRelayed == 1 && bench.notifications.isEmpty && bench.events.isEmpty)
    }

    @Test("What follows the authenticator of the sender is not relayed", arguments: Passage.all)
    func stripped(_ passage: Passage) throws {
        var bench = try NotificationLab.foreign()
        let core = passage.core(bench)
        let relayed = passage.deliver(Self.signed(core + [145, 3, 1, 104, 105], passage.before), to: &bench)
        #expect(relayed?.payload == Self.signed(core, passage.after))
    }

    @Test("Without associations, a message is relayed without authenticators of the hops", arguments: Passage.all)
    func unsigned(_ passage: Passage) throws {
        var bench = try NotificationLab.foreign([])
        let core = passage.core(bench)
        for before in [core, core + [145, 3, 1, 104, 105], Self.signed(core, passage.before)] {
            #expect(passage.deliver(before, to: &bench)?.payload == core)
        }
        #expect(bench.foreign.notificationsRelayed == 3 && bench.violations.isEmpty)
    }

    @Test(
        "A wrong authenticator of the home agent is reported, and its message relayed all the same",
        arguments: Passage.all.filter(\.isToNode))
    func wrongHomeAgent(_ passage: Passage) throws {
        let wrong = Lab.association(.address(Lab.homeAgent.address), .homeAgent, spi: Lab.foreignSPI, key: Lab.wrongKey)
        var bench = try NotificationLab.foreign()
        let core = passage.core(bench)
        let relayed = passage.deliver(Self.signed(core, (.foreignHomeAuthentication, wrong)), to: &bench)
        #expect(relayed?.payload == Self.signed(core, passage.after))
        #expect(bench.violations.map(\.recentReason) == [.badAuthenticator])
        // None at all is no violation: the node verifies its own authenticator.
        #expect(passage.deliver(core, to: &bench)?.payload == Self.signed(core, passage.after))
        #expect(bench.violations.map(\.count) == [1])
    }

    @Test(
        "A missing, doubled or wrong authenticator of the node drops its message", arguments: Passage.all.filter { !$0.isToNode })
    func wrongNode(_ passage: Passage) throws {
        let wrong = Lab.association(spi: Lab.mobileForeignSPI, key: Lab.wrongKey)
        var bench = try NotificationLab.foreign()
        let core = passage.core(bench)
        let faults = [
            core, Self.signed(Self.signed(core, passage.before), passage.before),
            Self.signed(core, (.mobileForeignAuthentication, wrong)),
        ]
        for octets in faults { #expect(passage.deliver(octets, to: &bench) == nil) }
        #expect(bench.foreign.discards[.authenticationFailed] == 3 && bench.foreign.notificationsRelayed == 0)
        #expect(bench.violations.map(\.count) == [3])
    }

    @Test(
        "A message is dropped if its core is unsigned or has a strange extension, or if it is from elsewhere or about a stranger",
        arguments: Passage.all)
    func dropped(_ passage: Passage) throws {
        var bench = try NotificationLab.foreign()
        let bare = passage.core(bench) { $0.signatures = [] }
        #expect(passage.deliver(Self.signed(bare, passage.before), to: &bench) == nil)
        #expect(bench.foreign.discards[.noAuthorizationExtension] == 1)
        for extensions in [[131, 1, 97], [200, 0], [7, 0]] as [[UInt8]] {
            let core = passage.core(bench) { $0.extensions = extensions }
            #expect(passage.deliver(Self.signed(core, passage.before), to: &bench) == nil)
        }
        #expect(bench.foreign.discards[.unknownExtension] == 3)
        let octets = Self.signed(passage.core(bench), passage.before)
        let elsewhere = TransportEndpoint(IPv4Address(203, 0, 113, 77), port: 434)
        #expect(bench.receive(octets, from: elsewhere, to: Lab.foreignAgent) == nil)
        #expect(bench.foreign.discards[.wrongReplySource] == 1)
        let strange: [(inout NotificationMessage) -> Void] = [
            { $0.homeAddress = IPv4Address(192, 0, 2, 99) }, { $0.homeAgent = IPv4Address(192, 0, 2, 99) },
            { $0.careOfAddress = Lab.otherCareOf },
        ]
        for change in strange {
            #expect(passage.deliver(Self.signed(passage.core(bench, change), passage.before), to: &bench) == nil)
        }
        #expect(bench.foreign.discards[.unknownRegistration] == 3 && bench.foreign.notificationsRelayed == 0)
    }

    @Test("Nothing is relayed after the visit has ended", arguments: Passage.all)
    func ended(_ passage: Passage) throws {
        var bench = try NotificationLab.foreign()
        bench.advance(seconds: 601)
        #expect(passage.deliver(Self.signed(passage.core(bench), passage.before), to: &bench) == nil)
        #expect(bench.foreign.discards[.unknownRegistration] == 1)
    }

    @Test("A notification of a direction that is off is not relayed, nor its acknowledgment", arguments: Passage.all)
    func prohibited(_ passage: Passage) throws {
        var bench = try NotificationLab.foreign()
        let notified = passage.isAcknowledgment == passage.isToNode ? 2 : 0
        bench.set { $0.notificationDirections = 63 & ~(1 << UInt8(notified)) }
        #expect(passage.deliver(Self.signed(passage.core(bench), passage.before), to: &bench) == nil)
        #expect(bench.foreign.discards[.notServed] == 1)
        bench.set { $0.notificationDirections = 1 << UInt8(notified) }
        #expect(passage.deliver(Self.signed(passage.core(bench), passage.before), to: &bench) != nil)
    }

    @Test("A relayed message goes to the ports of the latest registration", arguments: Passage.all)
    func ports(_ passage: Passage) throws {
        let associations = [Lab.ofVisitor, Lab.ofHomeAgent]
        let relay = TransportEndpoint(Lab.foreignAgent.address, port: 4434)
        var bench = Bench(Lab.foreignAgentConfiguration(associations) { $0.relayEndpoint = relay })
        for port in [5001, 5002] as [UInt16] {
            bench.advance(seconds: 1)
            let request = Request(visiting: bench) { $0.signatures = [(.mobileForeignAuthentication, Lab.ofVisitor)] }
            bench.receive(request.octets, from: TransportEndpoint(Lab.home, port: port), to: Lab.foreignAgent)
            bench.receive(Answer(to: request) { $0.signatures = [Lab.ofHomeAgent] }.octets, from: Lab.homeAgent, to: relay)
        }
        let relayed = passage.deliver(Self.signed(passage.core(bench), passage.before), to: &bench)
        #expect(relayed?.source == (passage.isToNode ? Lab.foreignAgent : relay))
        #expect(relayed?.destination == (passage.isToNode ? TransportEndpoint(Lab.home, port: 5002) : Lab.homeAgent))
    }
}
