import AgentDaemon
import DaemonSupport
import Foundation
import Logging
import MIPTesting
import ManagementCore
import MobileIPv4

/// A folder, free ports and configuration files for one test.
struct Setting {
    let directory: TemporaryDirectory
    let home: TransportEndpoint
    let foreign: TransportEndpoint

    init() throws {
        directory = try TemporaryDirectory()
        home = TransportEndpoint(IPv4Address(127, 0, 0, 1), port: freePort())
        foreign = TransportEndpoint(IPv4Address(127, 0, 0, 1), port: freePort())
    }

    var control: String { directory.file("a.sock") }

    /// A home agent for 10.1.0.0/16 and, if requested, a foreign agent.
    func yaml(withForeignAgent: Bool = false, homeNetworks: String = "10.1.0.0/16") -> String {
        """
        name: test
        control: \(control)
        homeAgent:
          addresses: ["\(home)"]
          homeNetworks: [\(homeNetworks)]
        securityAssociations:
          - {peer: 10.1.0.0/16, spi: 256, key: \(MobileNodeClient.keyDigits)}
        """
            + (withForeignAgent
                ? "\nforeignAgent: {addresses: [\"\(foreign)\"], careOfAddresses: [127.0.0.1], homeAgentPort: \(home.port)}\n"
                : "\n")
    }

    func daemon(withForeignAgent: Bool = false, homeNetworks: String = "10.1.0.0/16") throws -> AgentDaemon {
        let text = yaml(withForeignAgent: withForeignAgent, homeNetworks: homeNetworks)
        return AgentDaemon(
            configuration: try ConfigurationFile.read(text: text, named: "test.yaml", AgentDaemonConfiguration.init),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    func node(_ number: UInt8 = 1, homeAgent: IPv4Address? = nil) -> MobileNodeClient {
        MobileNodeClient(
            homeAddress: IPv4Address(10, 1, 0, number), homeAgent: homeAgent ?? home.address,
            careOfAddress: IPv4Address(192, 0, 2, number))
    }

    /// Runs `body` with a running agent and a synchronised mirror of it.
    func serving(
        withForeignAgent: Bool = false, homeNetworks: String = "10.1.0.0/16",
        _ body: (ManagedAgent) async throws -> Void
    ) async throws {
        let daemon = try daemon(withForeignAgent: withForeignAgent, homeNetworks: homeNetworks)
        try await daemon.start()
        let mirror = ManagedAgent(name: "test", socketPath: control)
        let following = Task { await mirror.run() }
        do {
            try await eventually("a synchronised mirror") { mirror.state().health.connection == .synchronized }
            try await body(mirror)
        } catch {
            following.cancel()
            await daemon.stop()
            throw error
        }
        following.cancel()
        await daemon.stop()
    }
}
