import AgentModel
import Foundation
import Logging
import MIPTesting
import MobileIPv4
import Testing

@testable import AgentControl

/// Uses a history in which some of the existing vocabulary came with version 2.
@Suite("Subscribers of an earlier version")
struct EarlierVersionTests {
    static let history = VocabularyHistory(
        current: 2,
        introduced: [
            "Change.pending": .init(version: 2), "Change.pendingRemoved": .init(version: 2),
            "ControlTopic.pendingRegistrations": .init(version: 2), "Binding.handoffs": .init(version: 2),
            "AgentInformation.maximumPending": .init(version: 2), "HomeAgentCounters.handoffs": .init(version: 2),
            "Encapsulation.gre": .init(version: 2), "EndReason.replaced": .init(version: 2, readAs: "deregistered"),
            "EndReason.denied": .init(version: 2), "AgentEventKind.securityViolation": .init(version: 2),
            "AuthenticationAlgorithm.hmac-md5": .init(version: 2), "RegistrationFlags.reverseTunnel": .init(version: 2),
            "ChangeProblem.resourceUnavailable": .init(version: 2, readAs: "inconsistent"),
        ])

    static func withServer(_ body: (_ server: AgentControlServer, _ agent: ScriptedAgent) async throws -> Void) async throws {
        let directory = try TemporaryDirectory()
        let agent = ScriptedAgent(
            socketPath: directory.file("unused"), rows: [.binding(EveryChange.binding), .pending(Samples.pending(2))])
        let server = AgentControlServer(
            socketPath: directory.file("a.sock"), source: agent, version: "test",
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, limits: .init(), history: history)
        try await server.start()
        try await body(server, agent)
        await server.stop()
    }

    /// The changes that a subscription receives: those of its snapshot, and those published afterwards.
    static func changes(vocabulary: Int?, topics: [String]? = nil, _ published: [StateChange]) async throws -> [NSDictionary] {
        var changes: [NSDictionary] = []
        try await withServer { server, _ in
            let manager = try RawManager(socketPath: server.socketPath)
            var parameters: [String: Any] = [:]
            parameters["vocabulary"] = vocabulary
            parameters["topics"] = topics
            let call: [String: Any] = ["method": "org.mipmib.agent.Subscribe", "parameters": parameters, "more": true]
            manager.send(String(decoding: try JSONSerialization.data(withJSONObject: call), as: UTF8.self))
            var sequence: UInt64 = 0
            repeat {
                let frame = try #require(await manager.next())
                let reply = try #require(try JSONSerialization.jsonObject(with: Data(frame.utf8)) as? [String: Any])
                let update = try #require(reply["parameters"] as? [String: Any])
                changes += update["changes"] as? [NSDictionary] ?? []
                sequence = (update["sequence"] as? NSNumber)?.uint64Value ?? 0
                if update["phase"] as? String == "synced" { server.publish(published, at: Samples.start) }
            } while sequence < UInt64(published.count)
        }
        return changes
    }

    static func object(_ change: StateChange, _ edit: (inout [String: Any]) -> Void = { _ in }) throws -> NSDictionary {
        var object = try EveryChange.object(change)
        for (kind, value) in object {
            guard var row = value as? [String: Any] else { continue }
            edit(&row)
            object[kind] = row
        }
        return object as NSDictionary
    }

    @Test("A subscriber that asks for the latest version or a later one gets everything", arguments: [2, 3, 1000])
    func latest(version: Int) async throws {
        let changes = try await Self.changes(vocabulary: version, EveryChange.all)
        let snapshot: [StateChange] = [
            .information(Samples.information()), .binding(EveryChange.binding), .pending(Samples.pending(2)),
        ]
        #expect(changes == (try (snapshot + EveryChange.all).map { try Self.object($0) }))
    }

    @Test("A subscriber that asks for no version gets only what version 1 had, otherwise unchanged", arguments: [nil, 1])
    func first(version: Int?) async throws {
        let changes = try await Self.changes(vocabulary: version, EveryChange.all)
        let sent = [.information(Samples.information()), .binding(EveryChange.binding)] + EveryChange.all
        let expected: [NSDictionary] =
            try sent
            .compactMap { change -> NSDictionary? in
                switch change {
                case .information:
                    return try Self.object(change) {
                        $0["maximumPending"] = nil
                        $0["encapsulations"] = ["ipInIp"]
                    }
                case .binding:
                    return try Self.object(change) {
                        $0["handoffs"] = nil
                        $0["encapsulation"] = "ipInIp"
                        $0["flags"] = ["decapsulationbyMN"]
                    }
                case .bindingRemoved: return try Self.object(change) { $0["reason"] = "deregistered" }
                case .visitorRemoved: return try Self.object(change) { $0["reason"] = "expired" }
                case .registration: return try Self.object(change) { $0["flags"] = [String]() }
                case .pending, .pendingRemoved, .event: return nil
                // An association that cannot be shown is removed.
                case .association(let row): return try Self.object(.associationRemoved(row.key))
                case .counters:
                    return try Self.object(change) { counters in
                        var home = counters["homeAgent"] as? [String: Any] ?? [:]
                        home["handoffs"] = nil
                        counters["homeAgent"] = home
                    }
                default: return try Self.object(change)
                }
            }
        #expect(changes.count == expected.count)
        for (change, expected) in zip(changes, expected) { #expect(change == expected) }
    }

    @Test("Simultaneous subscribers of both versions each get their own version")
    func together() async throws {
        try await Self.withServer { server, _ in
            let old = try RawManager(socketPath: server.socketPath)
            let new = try RawManager(socketPath: server.socketPath)
            old.send(#"{"method":"org.mipmib.agent.Subscribe","parameters":{"topics":["bindings"]},"more":true}"#)
            new.send(#"{"method":"org.mipmib.agent.Subscribe","parameters":{"topics":["bindings"],"vocabulary":2},"more":true}"#)
            for manager in [old, new] {
                while let frame = await manager.next(), !frame.contains("synced") {}
            }
            server.publish([.binding(EveryChange.binding)], at: Samples.start)
            let first = try #require(await old.next())
            let second = try #require(await new.next())
            #expect(!first.contains("handoffs") && second.contains(#""handoffs":5"#))
        }
    }

    @Test("A later topic does not exist for subscribers that do not ask for its version")
    func topics() async throws {
        try await Self.withServer { server, _ in
            let manager = try RawManager(socketPath: server.socketPath)
            manager.send(#"{"method":"org.mipmib.agent.Subscribe","parameters":{"topics":["pendingRegistrations"]},"more":true}"#)
            let refused = try #require(await manager.next())
            #expect(refused.contains("InvalidTopic") && refused.components(separatedBy: "pendingRegistrations").count == 2)
            manager.send(
                #"{"method":"org.mipmib.agent.Subscribe","parameters":{"topics":["pendingRegistrations"],"vocabulary":2},"more":true}"#
            )
            #expect(await manager.next()?.contains(#""kind":"initial""#) == true)
        }
    }

    @Test("GetInformation and errors use the caller's version of the vocabulary")
    func calls() async throws {
        try await Self.withServer { server, agent in
            let manager = try RawManager(socketPath: server.socketPath)
            manager.send(#"{"method":"org.mipmib.agent.GetInformation"}"#)
            #expect(await manager.next()?.contains("maximumPending") == false)
            manager.send(#"{"method":"org.mipmib.agent.GetInformation","parameters":{"vocabulary":2}}"#)
            #expect(await manager.next()?.contains("maximumPending") == true)
            await agent.refuse(ChangeRefusal(index: 0, problem: .resourceUnavailable, reason: "full"))
            manager.send(#"{"method":"org.mipmib.agent.Apply","parameters":{"changes":[{"enabled":true}]}}"#)
            #expect(await manager.next()?.contains(#""problem":"inconsistent""#) == true)
            manager.send(#"{"method":"org.mipmib.agent.Subscribe","parameters":{"vocabulary":0},"more":true}"#)
            #expect(await manager.next()?.contains("org.varlink.service.InvalidParameter") == true)
        }
    }
}
