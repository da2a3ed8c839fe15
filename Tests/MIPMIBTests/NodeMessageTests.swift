import AgentModel
import MIPMIB
import MIPTesting
import ManagementCore
import MobileIPv4
import Testing

@Suite("Texts and errors of agents in MIPV4-EXT-MIB")
struct NodeMessageTests {
    static let homeAgent = IPv4Address(10, 0, 0, 1)
    static let foreignAgent = IPv4Address(198, 51, 100, 1)

    /// A node that has received what the closure adds.
    static func values(_ add: (inout MobileNodeStatus) -> Void) -> [String: MIBValue] {
        var status = MobileNodeStatus(
            state: .registered, homeAddress: IPv4Address(10, 0, 1, 1), nai: nil, homeAgents: [])
        add(&status)
        return MIBReading(
            MIBView(
                state: AgentState(
                    name: "a",
                    changes: [.information(Samples.information(roles: [.mobileNode])), .mobileNodeStatus(status)],
                    agentTime: Samples.start),
                sysUpTime: 5)
        ).values
    }

    @Test("A node that has received no text and no error has no instances about them")
    func none() {
        let names = Self.values { _ in }.keys
        #expect(names.contains("mnState.0"))
        let prefixes = ["mipExtMnHaMessage", "mipExtMnFaMessage", "mipExtMnFaError"]
        #expect(!names.contains { name in prefixes.contains { name.hasPrefix($0) } })
    }

    @Test("The home agent's text is shown with its agent, code, authentication and time, and the foreign agent's is not")
    func home() {
        let values = Self.values {
            $0.homeAgentMessage = ReceivedMessage(
                text: "até já", agentAddress: Self.homeAgent, code: 0, isAuthenticated: true, received: Samples.start)
        }
        #expect(values["mipExtMnHaMessage.0"] == .octets(Array("até já".utf8)))
        #expect(values["mipExtMnHaMessageAgent.0"] == .ipAddress(Self.homeAgent))
        #expect(values["mipExtMnHaMessageCode.0"] == .unsigned(0))
        #expect(values["mipExtMnHaMessageAuthenticated.0"] == .integer(1))
        #expect(values["mipExtMnHaMessageTime.0"] == .dateAndTime(Samples.start))
        #expect(values["mipExtMnFaMessage.0"] == nil && values["mipExtMnFaErrorStatus.0"] == nil)
    }

    @Test("A text of a foreign agent that nobody signed, and its error, are shown")
    func foreign() {
        let values = Self.values {
            $0.foreignAgentMessage = ReceivedMessage(
                text: "full", agentAddress: Self.foreignAgent, code: 66, isAuthenticated: false, received: Samples.start)
            $0.foreignAgentError = ReceivedError(
                status: 66, code: 1, agentAddress: Self.foreignAgent, isAuthenticated: false, received: Samples.start)
        }
        #expect(values["mipExtMnFaMessage.0"] == .octets(Array("full".utf8)))
        #expect(values["mipExtMnFaMessageAgent.0"] == .ipAddress(Self.foreignAgent))
        #expect(values["mipExtMnFaMessageCode.0"] == .unsigned(66))
        #expect(values["mipExtMnFaMessageAuthenticated.0"] == .integer(2))
        #expect(values["mipExtMnFaMessageTime.0"] == .dateAndTime(Samples.start))
        #expect(values["mipExtMnFaErrorStatus.0"] == .unsigned(66) && values["mipExtMnFaErrorCode.0"] == .unsigned(1))
        #expect(values["mipExtMnFaErrorAgent.0"] == .ipAddress(Self.foreignAgent))
        #expect(values["mipExtMnFaErrorAuthenticated.0"] == .integer(2))
        #expect(values["mipExtMnFaErrorTime.0"] == .dateAndTime(Samples.start))
    }

    @Test("A text that does not fit is cut between characters")
    func long() {
        let values = Self.values {
            $0.foreignAgentMessage = ReceivedMessage(
                text: String(repeating: "é", count: 200), agentAddress: Self.foreignAgent, code: 0, isAuthenticated: false,
                received: Samples.start)
        }
        #expect(values["mipExtMnFaMessage.0"] == .octets(Array(String(repeating: "é", count: 127).utf8)))
    }
}
