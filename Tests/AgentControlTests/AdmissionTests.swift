import AgentModel
import Foundation
import MIPTesting
import Testing

@testable import AgentControl

@Suite("Admission to the control socket")
struct AdmissionTests {
    private static let information = #"{"method":"org.mipmib.agent.GetInformation"}"#

    /// Whether the connection is closed, within the ten seconds that a manager waits.
    private static func ends(_ manager: RawManager) async -> Bool { await manager.next() == nil }

    private static func answers(_ manager: RawManager) async -> Bool {
        manager.send(information)
        return await manager.next()?.contains(#""name":"sample""#) == true
    }

    @Test("A connection without a call ends after the idle time, one with a subscription does not")
    func idle() async throws {
        var limits = AgentControlServer.Limits()
        limits.idleTime = .milliseconds(600)
        try await AgentControlServerTests.withAgent(limits: limits) { agent, _ in
            let (idle, subscribed) = (try RawManager(socketPath: agent.socketPath), try RawManager(socketPath: agent.socketPath))
            subscribed.send(#"{"method":"org.mipmib.agent.Subscribe","parameters":{"topics":["events"]},"more":true}"#)
            #expect(await Self.answers(idle))
            #expect(await Self.ends(idle))
            let began = ContinuousClock.now
            while ContinuousClock.now - began < .milliseconds(1500) {
                try #require(await subscribed.next() != nil)
            }
        }
    }

    @Test("A call that does not become complete ends its connection, however slowly it arrives")
    func slowCall() async throws {
        var limits = AgentControlServer.Limits()
        limits.callTime = .milliseconds(600)
        try await AgentControlServerTests.withAgent(limits: limits) { agent, directory in
            let script =
                "import socket,sys,time\ns=socket.socket(socket.AF_UNIX)\ns.connect(sys.argv[1])\nt=time.time()\n"
                + "try:\n while time.time()-t<20:\n  s.sendall(b' ')\n  time.sleep(.05)\nexcept OSError: print('cut off')\n"
            let result = try await ChildProcess.run("python3", ["-c", script, agent.socketPath])
            #expect(result.output.contains("cut off"))
        }
    }

    @Test("When all places are taken, the connection idle for longest makes room for a new one")
    func displaced() async throws {
        var limits = AgentControlServer.Limits()
        limits.connections = 3
        try await AgentControlServerTests.withAgent(limits: limits) { agent, _ in
            let subscribed = try RawManager(socketPath: agent.socketPath)
            subscribed.send(#"{"method":"org.mipmib.agent.Subscribe","parameters":{"topics":["events"]},"more":true}"#)
            #expect(await subscribed.next() != nil)
            let first = try RawManager(socketPath: agent.socketPath)
            #expect(await Self.answers(first))
            let second = try RawManager(socketPath: agent.socketPath)
            #expect(await Self.answers(second))
            // Connections that were used within the last second stay.
            let refused = try RawManager(socketPath: agent.socketPath)
            #expect(await Self.ends(refused))
            try await Task.sleep(for: .milliseconds(1100))
            #expect(await Self.answers(second))
            let newcomer = try RawManager(socketPath: agent.socketPath)
            #expect(await Self.answers(newcomer))
            #expect(await Self.ends(first))
            #expect(await Self.answers(second))
            #expect(await subscribed.next() != nil)
        }
    }

    @Test("Three hundred idle connections of another user leave the agent open to root", .enabled(if: geteuid() == 0))
    func strangers() async throws {
        try await AgentControlServerTests.withAgent { agent, directory in
            chmod(directory.path, 0o755)
            chmod(agent.socketPath, 0o666)
            let script =
                "import os,socket,sys,time\nos.setgid(65534)\nos.setuid(65534)\nall=[]\n"
                + "for i in range(300):\n s=socket.socket(socket.AF_UNIX)\n s.connect(sys.argv[1])\n all.append(s)\n"
                + "print('connected',flush=True)\ntime.sleep(30)\n"
            let crowd = try ChildProcess("python3", ["-c", script, agent.socketPath], log: directory.file("crowd.log"))
            try await eventually("the crowd") { crowd.output.contains("connected") }
            let manager = try RawManager(socketPath: agent.socketPath)
            #expect(await Self.answers(manager))
            try await crowd.stop()
        }
    }
}
