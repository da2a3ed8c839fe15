import AgentModel
import MIPTesting
import MobileIPv4
import Testing

@testable import MobileNode
@testable import MobilityLink
@testable import NodeDaemon

@Suite("Texts for the user of a mobile node that runs", .enabled(if: IsolatedNode.isPossible, "needs root and TUN devices"))
struct MessageTests {
    private static let careOf = IPv4Address(198, 51, 100, 77)
    private static let homeAgent = TransportEndpoint(IPv4Address(192, 0, 2, 1), port: 434)

    /// Registers the node and accepts the request, with a text of the home agent; nothing leaves the namespace.
    private static func register(_ runtime: NodeRuntime, text: String) throws {
        runtime.perform([.attach(.coLocated(careOf), nil)])
        let request = try #require(runtime.node.pending)
        var octets: [UInt8] = []
        RegistrationReply(
            code: .accepted, lifetime: .init(rawValue: 600), homeAddress: runtime.node.configuration.homeAddress,
            homeAgent: homeAgent.address, identification: request.identification
        ).encode(into: &octets)
        let message = try #require(MessageString(author: .homeAgent, clipping: text))
        octets.append(extension: message)
        AuthenticationAlgorithm.hmacMD5.appendExtension(
            .mobileHomeAuthentication, spi: SecurityParameterIndex(rawValue: 256), key: AuthenticationKey(octets: [1]),
            to: &octets)
        let header = DatagramBatch.Header(
            source: homeAgent, destination: careOf, interface: 0, timeToLive: nil, excessLength: nil)
        runtime.receive(octets.span.bytes, header)
    }

    @Test("A text is published with the status and reported once; another text is reported again")
    func reported() async throws {
        // The other end stays down, so that there is no link.
        let node = try await IsolatedNode(["link add eth0 type veth peer name other"])
        var reported: [[String]] = []
        for text in ["quota: 5 MB", "quota: 5 MB", "quota: 1 MB"] {
            let published = try await node.perform { runtime in try Self.register(runtime, text: text) }.published
            reported.append(
                published.compactMap {
                    if case .event(let event) = $0, event.kind == .messageReceived { event.message } else { nil }
                })
            let shown = published.compactMap {
                if case .mobileNodeStatus(let status) = $0 { status.homeAgentMessage?.text } else { nil }
            }
            if let first = reported.last?.first { #expect(first.hasSuffix(text) && shown.last == text) }
        }
        try await node.stop()
        #expect(reported.map(\.count) == [1, 0, 1])
        #expect(reported.first?.first == "text from the home agent 192.0.2.1: quota: 5 MB")
    }
}
