import AgentControl
import AgentModel
import Foundation
import Logging
import MIPTesting
import ManagementCore
import MobileIPv4
import NIOConcurrencyHelpers
import Testing

@Suite("An agent of a later version or another implementation")
struct GrowthTests {
    static let time = "2023-11-14T22:13:20.000Z"

    static func frame(_ phase: String, _ first: Int, _ last: Int, _ changes: String) -> String {
        #"{"parameters":{"phase":"\#(phase)","firstSequence":\#(first),"sequence":\#(last),"time":"\#(time)","#
            + #""changes":[\#(changes)]},"continues":true}"#
    }

    static let information = """
        {"information":{"name":"later","version":"9","instance":"x","processID":7,"roles":["homeAgent","relay"],"startTime":"\(time)",\
        "enabled":true,"encapsulations":["ipInIp","udp"],"careOfAddresses":[],"addresses":\
        [{"role":"relay","address":"10.0.0.1","port":434},{"role":"homeAgent","address":"10.0.0.1","port":434}],"sessions":3}}
        """

    static func binding(_ last: Int, encapsulation: String = "ipInIp", _ more: String = "") -> String {
        """
        {"binding":{"homeAddress":"10.0.1.\(last)","careOfAddress":"192.0.2.1","homeAgent":"10.0.0.1","sourceAddress":"192.0.2.1",\
        "sourcePort":434,"flags":["gre","quantum"],"identification":"00000000000000aa","lifetimeGranted":600,"created":"\(time)",\
        "renewed":"\(time)","renewals":1,"encapsulation":"\(encapsulation)","reverseTunnel":"none","spi":256\(more)}}
        """
    }

    static let association = """
        {"association":{"peer":"10.0.1.1","peerRole":"mobileNode","spi":256,"algorithm":"hmac-md5","replayMethod":"timestamps",\
        "replayTolerance":7}}
        """

    static let snapshot = [
        information, association, binding(1), binding(2, encapsulation: "udp", #","greKey":77"#), binding(3),
        #"{"session":{"id":1}}"#,
        #"{"tunnel":{"localAddress":"10.0.0.1","remoteAddress":"192.0.2.1","encapsulation":"udp"}}"#,
        #"{"counters":{"homeAgent":{"requestsReceived":5,"sessionsOpened":2,"repliesSentByCode":{"0":4,"beyond":1}},"#
            + #""discards":{"malformed":3,"invented":1}}}"#,
    ].joined(separator: ",")

    static let live = [
        #"{"bindingRemoved":{"homeAddress":"10.0.1.1","careOfAddress":"192.0.2.1","reason":"merged"}}"#,
        #"{"event":{"time":"\#(time)","kind":"merged","role":"homeAgent","message":"new"}}"#,
        #"{"event":{"time":"\#(time)","kind":"registered","role":"homeAgent","message":"old","violationReason":"new"}}"#,
        association.replacing("hmac-md5", with: "hmac-sha3"),
    ].joined(separator: ",")

    /// Keeps the logged lines.
    struct KeptLog: LogHandler {
        let lines: NIOLockedValueBox<[String]>
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(
            level: Logger.Level, message: Logger.Message, metadata: Logger.Metadata?, source: String, file: String,
            function: String,
            line: UInt
        ) {
            lines.withLockedValue { $0.append("\(level) \(message) \(metadata ?? [:])") }
        }
    }

    @Test("Everything known is served; everything unknown is counted, shown, and logged once per connection")
    func served() async throws {
        let directory = try TemporaryDirectory()
        let agent = try RawAgent(socketPath: directory.file("a.sock")) { _ in
            [.send(Self.frame("snapshot", 1, 0, Self.snapshot)), .send(Self.frame("synced", 1, 0, ""))]
        }
        let lines = NIOLockedValueBox<[String]>([])
        let mirror = ManagedAgent(
            name: "a", socketPath: agent.socketPath, logger: Logger(label: "a") { _ in KeptLog(lines: lines) })
        let task = Task { await mirror.run() }
        defer { task.cancel() }
        try await eventually("synchronisation") { mirror.state().health.connection == .synchronized }
        var state = mirror.state()
        #expect(state.information?.roles == [.homeAgent])
        #expect(state.information?.addresses.count == 1)
        #expect(state.bindings.count == 3 && state.associations.count == 1 && state.tunnels.count == 0)
        let second = BindingKey(homeAddress: IPv4Address(10, 0, 1, 2), careOfAddress: IPv4Address(192, 0, 2, 1))
        #expect(state.bindings[second]?.flags == [.gre])
        #expect(state.bindings[second]?.encapsulation == .ipInIp)
        #expect(state.counters.homeAgent?.requestsReceived == 5)
        #expect(state.counters.homeAgent?.repliesSent == 0)
        #expect(state.counters.homeAgent?.repliesSentByCode.nonZero.count == 1)
        #expect(state.counters.discards[.malformed] == 3)
        // session; tunnel, address; sessions, greKey, sessionsOpened, beyond, invented; relay, udp twice, quantum thrice
        #expect(state.health.unknown.changes == 1)
        #expect(state.health.unknown.rows == 2)
        #expect(state.health.unknown.members == 5)
        #expect(state.health.unknown.words == 6)

        let events = mirror.events()
        agent.send(Self.frame("live", 1, 4, Self.live))
        try await eventually("the changes") { mirror.state().sequence == 4 }
        state = mirror.state()
        #expect(state.bindings.count == 2)
        #expect(state.history.inOrder.map(\.endReason) == [.expired])
        // Its authentication algorithm is unknown here, so it must not be shown, least of all unchanged.
        #expect(state.associations.count == 0)
        var heard = events.makeAsyncIterator()
        guard case .event(let event)? = await heard.next() else { return #expect(Bool(false)) }
        #expect(event.message == "old" && event.violationReason == nil)
        #expect(state.health.unknown.rows == 4)
        #expect(state.health.unknown.words == 8)
        #expect(state.health.connections == 1 && state.health.connection == .synchronized)

        let status = String(decoding: try JSONEncoder().encode(StatusResource(state)), as: UTF8.self)
        #expect(status.contains(#""unknown":{"#))
        let reported = lines.withLockedValue { $0 }
        #expect(reported.count == 1)
        #expect(reported.first?.hasPrefix("notice") == true && reported.first?.contains("AgentRole.relay") == true)
    }

    @Test("Unknown vocabulary is not mentioned if there is none")
    func silence() async throws {
        let directory = try TemporaryDirectory()
        let agent = ScriptedAgent(socketPath: directory.file("a.sock"), rows: [.binding(Samples.binding(1))])
        try await agent.start()
        let lines = NIOLockedValueBox<[String]>([])
        let mirror = ManagedAgent(
            name: "a", socketPath: agent.socketPath, logger: Logger(label: "a") { _ in KeptLog(lines: lines) })
        let task = Task { await mirror.run() }
        defer { task.cancel() }
        try await ManagedAgentTests.waitForSync(mirror)
        #expect(mirror.state().health.unknown.isEmpty)
        let status = String(decoding: try JSONEncoder().encode(StatusResource(mirror.state())), as: UTF8.self)
        #expect(!status.contains("unknown\""))
        #expect(lines.withLockedValue { $0 }.isEmpty)
        await agent.stop()
    }

    @Test("An agent that rejects the version parameter and closes the connection is followed all the same")
    func refusing() async throws {
        let directory = try TemporaryDirectory()
        let agent = try RawAgent(socketPath: directory.file("a.sock")) {
            $0.contains("vocabulary")
                ? [.send(#"{"error":"org.varlink.service.InvalidParameter","parameters":{"parameter":"vocabulary"}}"#), .close]
                : [.send(Self.frame("synced", 1, 0, Self.information))]
        }
        let mirror = ManagedAgent(name: "a", socketPath: agent.socketPath)
        let task = Task { await mirror.run() }
        defer { task.cancel() }
        try await eventually("synchronisation") { mirror.state().health.connection == .synchronized }
        #expect(mirror.state().information?.name == "later")
    }

    @Test("After a synchronised connection, reconnecting starts again with the shortest wait")
    func backOff() async throws {
        let directory = try TemporaryDirectory()
        let agent = try RawAgent(socketPath: directory.file("a.sock")) { _ in
            [.send(Self.frame("synced", 1, 0, Self.information)), .close]
        }
        let mirror = ManagedAgent(name: "a", socketPath: agent.socketPath)
        let task = Task { await mirror.run() }
        defer { task.cancel() }
        // With waits that double up to 2 s, twelve connections would take at least 8.5 s.
        try await eventually("twelve connections", within: .seconds(8)) { agent.connections >= 12 }
    }

    @Test("A one-off request to such an agent is answered, and unknown vocabulary is counted too")
    func commands() async throws {
        let directory = try TemporaryDirectory()
        let agent = try RawAgent(socketPath: directory.file("a.sock")) { _ in
            [.send(Self.frame("snapshot", 1, 0, Self.snapshot)), .send(Self.frame("synced", 1, 0, ""))]
        }
        let state = try await AgentCommands(socketPath: agent.socketPath).state(name: "a", topics: [.bindings])
        #expect(state.bindings.count == 3)
        #expect(state.health.unknown.changes == 1)
    }

    @Test("Topics that an agent does not know are left out of a one-off request; one for nothing else fails")
    func unknownTopics() async throws {
        let directory = try TemporaryDirectory()
        let refusal =
            #"{"error":"org.mipmib.agent.InvalidTopic","parameters":{"topic":"exchanges","known":["information","bindings"]}}"#
        let agent = try RawAgent(socketPath: directory.file("a.sock")) { call in
            call.contains(#""exchanges""#)
                ? [.send(refusal)] : [.send(Self.frame("snapshot", 1, 0, Self.snapshot)), .send(Self.frame("synced", 1, 0, ""))]
        }
        let commands = AgentCommands(socketPath: agent.socketPath)
        let state = try await commands.state(name: "a", topics: [.bindings, .exchanges])
        #expect(state.bindings.count == 3)
        let rows = NIOLockedValueBox(0)
        try await commands.pages(name: "a", topics: [.bindings, .exchanges]) { page in
            rows.withLockedValue { $0 += page.bindings.count }
            return true
        }
        #expect(rows.withLockedValue { $0 } == 3)
        let error = await #expect(throws: ControlError.self) {
            try await commands.state(name: "a", topics: [.exchanges])
        }
        #expect(error == .invalidTopic("exchanges", known: ["information", "bindings"]))
    }
}
