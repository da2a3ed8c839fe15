import AgentModel
import MIPTesting
import MobileIPv4
import Testing

@testable import ManagementCore

@Suite("Identifiers in a mirror")
struct SharedIdentifierTests {
    private static func storage(_ nai: NetworkAccessIdentifier?) -> UnsafeRawPointer? {
        nai?.octets.withUnsafeBytes { $0.baseAddress }
    }

    private static let text = "somebody@a-realm-of-some-length.example"

    private static func binding(renewals: UInt32) -> Binding {
        var binding = Samples.binding(2)
        binding.nai = NetworkAccessIdentifier(text)
        binding.renewals = renewals
        return binding
    }

    private static func account() -> MobileNodeService {
        MobileNodeService(homeAddress: Samples.binding(2).homeAddress, nai: NetworkAccessIdentifier(text))
    }

    @Test(
        "A binding, its renewals and its node's counters share one identifier, whichever arrives first", arguments: [true, false])
    func once(isBindingFirst: Bool) throws {
        let first: [StateChange] = [.binding(Self.binding(renewals: 0)), .mobileNode(Self.account())]
        let renewals: [StateChange] = [.binding(Self.binding(renewals: 1)), .mobileNode(Self.account())]
        let changes = (isBindingFirst ? first : first.reversed()) + renewals
        let state = AgentState(name: "a", changes: changes, agentTime: Samples.start)
        let binding = try #require(state.bindings.first)
        #expect(binding.row.renewals == 1)
        let node = try #require(state.mobileNodes.first)
        let place = try #require(state.identities.mobileNodes.first)
        guard case .nai(let identity) = place.key.identity else {
            Issue.record("the node's row is not at the place of an identifier")
            return
        }
        #expect(Set([Self.storage(binding.row.nai), Self.storage(node.row.nai), Self.storage(identity)]).count == 1)
    }

    @Test("A new identifier of a node replaces the old one")
    func changed() throws {
        var other = Self.account()
        other.nai = NetworkAccessIdentifier("another@example.net")
        let state = AgentState(
            name: "a", changes: [.binding(Self.binding(renewals: 0)), .mobileNode(Self.account()), .mobileNode(other)],
            agentTime: Samples.start)
        #expect(state.mobileNodes.first?.row.nai == other.nai)
        #expect(state.bindings.first?.row.nai?.value == Self.text)
        #expect(state.identities.mobileNodes.count == 1)
    }

    @Test("Each row keeps the spelling of the realm that the agent reported last")
    func spelling() throws {
        var (binding, node) = (Self.binding(renewals: 1), Self.account())
        binding.nai = NetworkAccessIdentifier("somebody@A-REALM-of-some-length.example")
        node.nai = NetworkAccessIdentifier("somebody@a-realm-of-some-length.EXAMPLE")
        let state = AgentState(
            name: "a",
            changes: [.binding(Self.binding(renewals: 0)), .mobileNode(Self.account()), .binding(binding), .mobileNode(node)],
            agentTime: Samples.start)
        #expect(state.bindings.first?.row.nai?.octets == binding.nai?.octets)
        #expect(state.mobileNodes.first?.row.nai?.octets == node.nai?.octets)
        #expect(state.identities.mobileNodes.count == 1)
    }
}
