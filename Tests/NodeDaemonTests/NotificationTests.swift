import AgentControl
import AgentModel
import MIPTesting
import MobileIPv4
import Testing

@testable import MobileNode
@testable import MobilityLink
@testable import NodeDaemon

@Suite("Generic notifications of a mobile node that runs", .enabled(if: IsolatedNode.isPossible, "needs root and TUN devices"))
struct NotificationTests {
    private static let careOf = IPv4Address(198, 51, 100, 77)
    private static let homeAgent = TransportEndpoint(IPv4Address(192, 0, 2, 1), port: 434)
    private static let order = NotificationOrder(to: .homeAgent, text: "Battery low")
    private static var header: DatagramBatch.Header {
        DatagramBatch.Header(source: homeAgent, destination: careOf, interface: 0, timeToLive: nil, excessLength: nil)
    }

    /// A node that is registered without a foreign agent; nothing leaves the namespace.
    private static func registered() async throws -> IsolatedNode {
        // The other end stays down, so that there is no link.
        let node = try await IsolatedNode(["link add eth0 type veth peer name other"])
        _ = try await node.perform { runtime in
            runtime.perform([.attach(.coLocated(careOf), nil)])
            let request = try #require(runtime.node.pending)
            var octets: [UInt8] = []
            RegistrationReply(
                code: .accepted, lifetime: .init(rawValue: 600), homeAddress: runtime.node.configuration.homeAddress,
                homeAgent: homeAgent.address, identification: request.identification
            ).encode(into: &octets)
            sign(&octets)
            runtime.receive(octets.span.bytes, header)
        }
        return node
    }

    private static func sign(_ octets: inout [UInt8]) {
        AuthenticationAlgorithm.hmacMD5.appendExtension(
            .mobileHomeAuthentication, spi: SecurityParameterIndex(rawValue: 256), key: AuthenticationKey(octets: [1]),
            to: &octets)
    }

    private static func refusal(of changes: [AgentChange], at runtime: NodeRuntime, validate: Bool) -> ChangeRefusal? {
        do throws(ControlError) {
            _ = try runtime.apply(changes, validate: validate)
            return nil
        } catch {
            if case .changeRefused(let refusal) = error { return refusal }
            return nil
        }
    }

    private static func exchanges(_ published: [StateChange]) -> [Exchange] {
        published.compactMap { if case .exchange(let row) = $0 { row } else { nil } }
    }

    @Test("An order is sent and shown, is not undone, and ends with the acknowledgment; a trial sends nothing")
    func sent() async throws {
        let node = try await Self.registered()
        let trial = try await node.perform { runtime in try runtime.apply([.notify(Self.order)], validate: true) }
        #expect(Self.exchanges(trial.published).isEmpty && trial.result.applied == 1)
        let made = try await node.perform { runtime in try runtime.apply([.notify(Self.order)], validate: false) }
        #expect(made.result.applied == 1 && made.result.undo == nil)
        #expect(Self.exchanges(made.published).map(\.text) == ["Battery low"])
        let ended = try await node.perform { runtime in
            let sent = try #require(runtime.node.notifications.waiting.first?.sent.last?.fixed)
            let fixed = try #require(GenericNotificationAcknowledgment(to: sent, code: .accepted, clock: sent.identification))
            var octets: [UInt8] = []
            fixed.encode(into: &octets)
            Self.sign(&octets)
            runtime.receive(octets.span.bytes, Self.header)
            runtime.finish()
        }
        #expect(Self.exchanges(ended.published).map(\.state) == [.acknowledged])
        try await node.stop()
    }

    @Test("An order that cannot be carried out refuses the whole list")
    func refused() async throws {
        let node = try await Self.registered()
        let settings = SignallingSettings { $0.notifications = false }
        let lists: [[AgentChange]] = [
            [.addHomeAgent(IPv4Address(192, 0, 2, 7)), .notify(NotificationOrder(to: .foreignAgent, text: "Battery low"))],
            [.signalling(settings), .notify(Self.order)],
        ]
        for list in lists {
            for validate in [true, false] {
                let refusal = try await node.perform { runtime in
                    Self.refusal(of: list, at: runtime, validate: validate)
                }
                #expect(refusal.result?.index == 1)
                #expect(Self.exchanges(refusal.published).isEmpty)
            }
        }
        let written = try await node.perform { runtime in runtime.written == NodeRuntime.Written() }
        #expect(written.result)
        try await node.stop()
    }

    @Test("A notification is published with the status and the exchanges, and reported")
    func received() async throws {
        let node = try await Self.registered()
        let published = try await node.perform { runtime in
            var octets: [UInt8] = []
            GenericNotification(
                direction: .homeAgentToMobileNode, requiresAcknowledgment: true,
                homeAddress: runtime.node.configuration.homeAddress, homeAgent: Self.homeAgent.address,
                careOfAddress: Self.careOf, identification: Identification(unixNanoseconds: runtime.clock.now.wallClock)
            ).encode(into: &octets)
            let text = try #require(MessageString(author: .homeAgent, clipping: "Maintenance at 20:00 UTC"))
            octets.append(extension: text)
            Self.sign(&octets)
            runtime.receive(octets.span.bytes, Self.header)
        }.published
        try await node.stop()
        let events = published.compactMap { change -> AgentEvent? in if case .event(let event) = change { event } else { nil } }
        #expect(events.map(\.kind) == [.messageReceived, .notificationReceived])
        #expect(
            events.map(\.message) == [
                "text from the home agent 192.0.2.1: Maintenance at 20:00 UTC",
                "home agent 192.0.2.1 sent a notification: Maintenance at 20:00 UTC",
            ])
        #expect(Self.exchanges(published).map(\.state) == [.received])
        let shown = published.compactMap {
            if case .mobileNodeStatus(let status) = $0 { status.homeAgentMessage?.text } else { nil }
        }
        #expect(shown.last == "Maintenance at 20:00 UTC")
    }
}
