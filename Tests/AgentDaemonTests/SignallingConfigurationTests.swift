import AgentDaemon
import AgentModel
import DaemonSupport
import MobilityAgent
import Testing

@Suite("Configuration of an agent's signalling")
struct SignallingConfigurationTests {
    private static func read(_ settings: String) throws(ConfigurationMistakes) -> SignallingPolicy {
        let text = """
            name: home
            homeAgent: {addresses: [192.0.2.1], homeNetworks: [192.0.2.0/24]}

            """ + settings
        return try ConfigurationFile.read(text: text, named: "f.yaml", AgentDaemonConfiguration.init).agent.settings.signalling
    }

    @Test("The settings are at the top level of the file")
    func settings() throws {
        let policy = try Self.read(
            """
            revocation: false
            revocationRequired: true
            revocationInforming: false
            retransmissionTimeout: 60
            retransmissionTries: 16
            """)
        #expect(!policy.revocation)
        #expect(policy.revocationRequired)
        #expect(!policy.revocationInforming)
        #expect(policy.retransmissionTimeout == 60)
        #expect(policy.retransmissionTries == 16)
    }

    @Test("Without them, the defaults apply")
    func defaults() throws {
        #expect(try Self.read("") == SignallingPolicy())
    }

    @Test(
        "A value out of range is refused",
        arguments: ["retransmissionTimeout: 0", "retransmissionTimeout: 61", "retransmissionTries: 0", "revocation: 1"])
    func mistakes(line: String) {
        #expect(throws: ConfigurationMistakes.self) { try Self.read(line) }
    }
}
