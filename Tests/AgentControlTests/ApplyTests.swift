import AgentControl
import AgentModel
import MIPTesting
import MobileIPv4
import Testing

@Suite("Changes through the control socket")
struct ApplyTests {
    static let secret: [UInt8] = [0xDE, 0xAD, 0xBE, 0xEF, 0x10]

    static let all: [AgentChange] = [
        .enabled(false),
        .endBinding(homeAddress: IPv4Address(10, 0, 0, 1), careOfAddress: nil),
        .endBinding(homeAddress: IPv4Address(10, 0, 0, 1), careOfAddress: IPv4Address(192, 0, 2, 1)),
        .association(
            SecurityAssociationChange(
                peer: .address(IPv4Address(10, 0, 0, 1)), spi: SecurityParameterIndex(rawValue: .max), peerRole: .mobileNode,
                algorithm: .hmacSHA256, replayMethod: .nonces, replayTolerance: 9, key: SecretOctets(secret),
                creation: .mustNotExist, storage: .volatile)),
        .association(
            SecurityAssociationChange(peer: .address(IPv4Address(10, 0, 0, 2)), spi: SecurityParameterIndex(rawValue: 256))),
        .removeAssociation(
            SecurityAssociationKey(peer: .address(IPv4Address(10, 0, 0, 1)), spi: SecurityParameterIndex(rawValue: 300))),
        .advertising(
            AdvertisingChange(
                address: IPv4Address(10, 0, 0, 254), maximumRegistrationLifetime: 600, includesPrefixLength: true,
                destination: .limitedBroadcast, maximumInterval: 10, minimumInterval: 7, advertisementLifetime: 30,
                onlyOnSolicitation: true, creation: .mustExist, storage: .nonVolatile)),
        .removeAdvertising(IPv4Address(10, 0, 0, 254)),
        .addCareOfAddress(IPv4Address(192, 0, 2, 1)), .removeCareOfAddress(IPv4Address(192, 0, 2, 1)),
        .foreignAgent(
            ForeignAgentSettings {
                $0.busy = true; $0.registrationRequired = false; $0.challengeWindow = 3
            }),
        .limits(
            AgentLimits {
                $0.maximumBindings = 5; $0.maximumVisitors = 6
            }),
        .addHomeAgent(IPv4Address(10, 0, 0, 254)), .removeHomeAgent(IPv4Address(10, 0, 0, 254)),
        .signalling(
            SignallingSettings {
                $0.revocation = false; $0.revocationRequired = true; $0.revocationInforming = false
                $0.retransmissionTimeout = 2; $0.retransmissionTries = 4
                $0.notifications = false; $0.notificationDirections = 5
            }),
        .notify(
            NotificationOrder(
                to: .foreignAgent, homeAddresses: IPv4Prefix("10.0.0.0/8"), nai: NetworkAccessIdentifier("alice@example.net"),
                text: "a \"quoted\" text", acknowledged: false)),
        .revoke(
            RevocationOrder(
                role: .homeAgent, homeAddresses: IPv4Prefix("10.0.0.0/8"), nai: NetworkAccessIdentifier("alice@example.net"),
                careOfAddress: IPv4Address(192, 0, 2, 1), homeAgent: IPv4Address(10, 0, 0, 1), text: "a \"quoted\" text")),
        .discovery(
            DiscoverySettings {
                $0.dynamicHomeAgent = false; $0.hostConfiguration = false; $0.serviceSelection = false; $0.experimental = true
            }),
        .drain(
            DrainOrder(homeAgents: [IPv4Address(10, 0, 0, 2), IPv4Address(10, 0, 0, 3)], text: "a \"quoted\" text")),
        .endDrain,
    ]

    @Test("Every kind of change arrives at the agent as it was sent, its key included")
    func arrival() async throws {
        // A text needs a receiver.
        var binding = Samples.binding(1)
        binding.nai = NetworkAccessIdentifier("alice@example.net")
        try await AgentControlServerTests.withAgent(rows: [.binding(binding)]) { agent, _ in
            let applied = try await AgentControlClient.connect(to: agent.socketPath) { try await $0.apply(Self.all) }
            #expect(applied.applied == Self.all.count)
            #expect(applied.undo != nil)
            #expect(applied.ended == 1)
            #expect(await agent.applied == Self.all)
        }
    }

    @Test("A refusal says which change, which member and what kind of mistake it is", arguments: ChangeProblem.allCases)
    func refusal(problem: ChangeProblem) async throws {
        try await AgentControlServerTests.withAgent { agent, _ in
            let refusal = ChangeRefusal(index: 3, field: "spi", problem: problem, reason: "expected an SPI of 256 or more")
            await agent.refuse(refusal)
            let error = await #expect(throws: ControlError.self) {
                try await AgentControlClient.connect(to: agent.socketPath) { try await $0.apply([.enabled(true)]) }
            }
            #expect(error == .changeRefused(refusal))
        }
    }

    @Test(
        "An order that ends draining or not, or that has a condition which the agent does not know, is refused",
        arguments: [
            #"{"endDrain":false}"#, #"{"endDrain":null}"#, #"{"drain":{}}"#,
            #"{"drain":{"homeAgents":["192.0.2.1"],"networks":["10.0.0.0/8"]}}"#,
        ])
    func malformed(change: String) async throws {
        try await AgentControlServerTests.withAgent { agent, _ in
            let manager = try RawManager(socketPath: agent.socketPath)
            manager.send(#"{"method":"org.mipmib.agent.Apply","parameters":{"changes":[\#(change)]}}"#)
            #expect(await manager.next()?.contains("org.varlink.service.InvalidParameter") == true)
            #expect(await agent.applied.isEmpty)
        }
    }

    @Test("Undo reaches the agent with its token, and an invalid token is not found")
    func undo() async throws {
        try await AgentControlServerTests.withAgent { agent, _ in
            let error = try await AgentControlClient.connect(to: agent.socketPath) { calls -> ControlError? in
                let applied = try await calls.apply([.enabled(false)])
                #expect(await agent.information().enabled == false)
                try await calls.undo(try #require(applied.undo))
                #expect(await agent.information().enabled == true)
                do {
                    try await calls.undo("nothing")
                    return nil
                } catch let error as ControlError {
                    return error
                }
            }
            guard case .changeRefused(let refusal) = error else { return #expect(error != nil) }
            #expect(refusal.problem == .notFound)
        }
    }

    @Test("No printed form of a change or a secret contains the key")
    func secrecy() {
        var printed = ""
        for change in Self.all { dump(change, to: &printed) }
        printed += Self.all.map { "\($0) \(String(reflecting: $0))" }.joined()
        for form in ["deadbeef", "DEADBEEF", "222, 173", "\(Self.secret)"] { #expect(!printed.contains(form)) }
    }
}
