import AgentModel
import Foundation
import MIPTesting
import MobileIPv4
import Testing

@testable import AgentControl

@Suite("The control socket")
struct AgentControlServerTests {
    static func withAgent(
        rows: [StateChange] = [], limits: AgentControlServer.Limits = .init(),
        _ body: (ScriptedAgent, TemporaryDirectory) async throws -> Void
    ) async throws {
        let directory = try TemporaryDirectory()
        let agent = ScriptedAgent(socketPath: directory.file("a.sock"), rows: rows)
        try await agent.start(limits: limits)
        try await body(agent, directory)
        await agent.stop()
    }

    static func isServing(_ agent: ScriptedAgent) async throws -> Bool {
        let (information, _, _, _) = try await AgentControlClient.connect(to: agent.socketPath) { try await $0.information() }
        return information.name == "sample"
    }

    @Test("Every kind of change passes through the socket unchanged")
    func changes() async throws {
        #expect(Set(try EveryChange.all.compactMap(EveryChange.member)) == Set(ChangeKind.allCases))
        let rows: [StateChange] = [.binding(Samples.binding(2)), .association(Samples.association(1))]
        try await Self.withAgent(rows: rows) { agent, _ in
            let received = try await AgentControlClient.connect(to: agent.socketPath) { calls in
                var received: [StateChange] = []
                try await calls.subscribe(to: nil) { update in
                    received += update.changes
                    #expect(update.unknown.isEmpty)
                    if update.phase == .synced { await agent.publish(EveryChange.all) }
                    return received.count < 1 + rows.count + EveryChange.all.count
                }
                return received
            }
            #expect(received == [.information(Samples.information())] + rows + EveryChange.all)
        }
    }

    @Test("Topics narrow a subscription, sequence numbers have no gap, and heartbeats are sent when nothing changes")
    func topics() async throws {
        try await Self.withAgent(rows: [.binding(Samples.binding(1)), .visitor(Samples.visitor(1))]) { agent, _ in
            try await AgentControlClient.connect(to: agent.socketPath) { calls in
                var next: UInt64 = 1
                var isAlive = false
                try await calls.subscribe(to: [.visitors]) { update in
                    #expect(update.changes.allSatisfy { ControlTopic(of: $0) == .visitors })
                    #expect(update.firstSequence == next)
                    next = update.sequence + 1
                    if update.phase == .synced {
                        await agent.publish([
                            .binding(Samples.binding(2)), .visitor(Samples.visitor(2)), .binding(Samples.binding(3)),
                        ])
                    }
                    isAlive = isAlive || update.phase == .live && update.changes.isEmpty
                    return !(isAlive && next == 4)
                }
            }
        }
    }

    @Test("A snapshot of many pages during which rows are added and removed ends with the agent's own state")
    func snapshotUnderChange() async throws {
        try await Self.withAgent(rows: (0..<5000).map { .binding(Samples.binding($0)) }) { agent, _ in
            let keys = try await AgentControlClient.connect(to: agent.socketPath) { calls in
                var keys: Set<BindingKey> = []
                var isSynced = false
                try await calls.subscribe(to: [.bindings]) { update in
                    for change in update.changes {
                        if case .binding(let row) = change { keys.insert(row.key) }
                        if case .bindingRemoved(let key, _) = change { keys.remove(key) }
                    }
                    if update.phase == .snapshot, update.changes.count > 100, !isSynced {
                        await agent.publish([.binding(Samples.binding(9000 + update.changes.count))])
                    }
                    if update.phase == .synced {
                        isSynced = true
                        await agent.publish([.binding(Samples.binding(20_000))])
                    }
                    return !keys.contains(Samples.binding(20_000).key)
                }
                return keys
            }
            #expect(keys.count >= 5001)
            #expect((0..<5000).allSatisfy { keys.contains(Samples.binding($0).key) })
        }
    }

    @Test(
        "Malformed input ends at most its own connection, and the agent continues",
        arguments: [
            "\0", "{}\0", "[]\0", "{\"method\":7}\0", "{\"method\":\"", "\u{1}\u{2}\0", String(repeating: "x", count: 100_000),
        ])
    func garbage(text: String) async throws {
        try await Self.withAgent { agent, directory in
            let script =
                "import socket,sys\ns=socket.socket(socket.AF_UNIX)\ns.settimeout(2)\ns.connect(sys.argv[1])\n"
                + "try:\n s.sendall(open(sys.argv[2],'rb').read())\n s.recv(100)\nexcept OSError: pass\n"
            try directory.write(text, to: "garbage")
            let result = try await ChildProcess.run(
                "python3", ["-c", script, agent.socketPath, directory.file("garbage")])
            #expect(result.status == 0, "\(result.errors)")
            #expect(try await Self.isServing(agent))
        }
    }

    @Test("A reader that stops reading is disconnected, while the agent and other readers continue")
    func slowReader() async throws {
        var limits = AgentControlServer.Limits()
        limits.readerBuffer = 200_000
        try await Self.withAgent(limits: limits) { agent, directory in
            let script =
                "import socket,sys,time\ns=socket.socket(socket.AF_UNIX)\ns.connect(sys.argv[1])\n"
                + "s.sendall(b'{\"method\":\"org.mipmib.agent.Subscribe\",\"more\":true}\\0')\ns.recv(10)\nprint('reading stopped',flush=True)\n"
                + "time.sleep(3)\nn=1\nwhile n:\n n=len(s.recv(1<<20))\nprint('cut off')\n"
            let reader = try ChildProcess("python3", ["-c", script, agent.socketPath], log: directory.file("reader.log"))
            try await eventually("the reader") { reader.output.contains("stopped") }
            for round in 0..<200 {
                await agent.publish((0..<50).map { .binding(Samples.binding(round * 50 + $0)) })
            }
            #expect(try await Self.isServing(agent))
            #expect(try await reader.waitForExit() == 0)
            #expect(reader.output.contains("cut off"))
        }
    }

    @Test("A missing folder is created for the socket; a path below two missing folders is refused")
    func folder() async throws {
        let directory = try TemporaryDirectory()
        let agent = ScriptedAgent(socketPath: directory.file("new/a.sock"))
        try await agent.start()
        #expect(try await Self.isServing(agent))
        await agent.stop()
        let nowhere = ScriptedAgent(socketPath: directory.file("missing/missing/a.sock"))
        await #expect(throws: AgentControlServer.StartError.self) { try await nowhere.start() }
        await nowhere.stop()
    }

    @Test("A second server on a live socket is refused, a stale socket file is replaced, and stopping removes the file")
    func sockets() async throws {
        try await Self.withAgent { agent, directory in
            let second = ScriptedAgent(socketPath: agent.socketPath)
            await #expect(throws: AgentControlServer.StartError.self) { try await second.start() }
            #expect(try await Self.isServing(agent))
            await agent.stop()
            #expect(!FileManager.default.fileExists(atPath: agent.socketPath))
            let stale = "import socket,sys\ns=socket.socket(socket.AF_UNIX)\ns.bind(sys.argv[1])\n"
            _ = try await ChildProcess.run("python3", ["-c", stale, agent.socketPath])
            #expect(FileManager.default.fileExists(atPath: agent.socketPath))
            try await agent.start()
            #expect(try await Self.isServing(agent))
        }
    }

    @Test("An unreachable agent is reported in one sentence with a remedy")
    func absent() async throws {
        await #expect(throws: ControlError.self) {
            try await AgentControlClient.connect(to: "/tmp/no-such-folder/x.sock") { try await $0.information() }
        }
    }

    @Test("The independent Python varlink client reads the interface, the state, a subscription and the errors")
    func python() async throws {
        try await Self.withAgent(rows: (0..<700).map { .binding(Samples.binding($0)) }) { agent, _ in
            let result = try await ChildProcess.run(
                BuiltProducts.python, [BuiltProducts.client("varlink_client.py"), agent.socketPath])
            #expect(result.status == 0, "\(result.output)\(result.errors)")
            #expect(result.output.contains("700 bindings"))
            #expect(await agent.commands == ["revoke 10.0.1.5", "revoke 1.2.3.4", "revoke 10.9.9.9"])
        }
    }

    @Test("The independent Python asyncvarlink client agrees, with its stricter types")
    func asynchronousPython() async throws {
        try await Self.withAgent(rows: (0..<700).map { .binding(Samples.binding($0)) }) { agent, _ in
            let result = try await ChildProcess.run(
                BuiltProducts.python, [BuiltProducts.client("asyncvarlink_client.py"), agent.socketPath])
            #expect(result.status == 0, "\(result.output)\(result.errors)")
            #expect(result.output.contains("700 bindings"))
        }
    }
}
