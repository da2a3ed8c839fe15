import AgentControl
import AgentModel
import Foundation
import MIPTesting
import MobileIPv4
import Testing

@testable import NodeDaemon

@Suite("The state file of a mobile node", .enabled(if: IsolatedNode.isPossible, "needs root and TUN devices"))
struct StateErrorTests {
    private static func errors(_ published: [StateChange]) -> [String] {
        published.compactMap { if case .information(let information) = $0 { information.stateError } else { nil } }
    }

    @Test("When an undo is the first change that can be saved again, the node publishes that there is no error any more")
    func undo() async throws {
        // The other end stays down, so that there is no link and nothing else is published.
        let node = try await IsolatedNode(["link add eth0 type veth peer name other"], stateFile: "state/n.json")
        let (folder, away) = (node.directory.file("state"), node.directory.file("away"))
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        let token = try await node.perform { node in
            try node.apply([.addHomeAgent(IPv4Address(192, 0, 2, 7))], validate: false).undo
        }.result
        try FileManager.default.moveItem(atPath: folder, toPath: away)
        let failed = try await node.perform { node in
            (try? node.apply([.addHomeAgent(IPv4Address(192, 0, 2, 8))], validate: false)) == nil
        }
        #expect(failed.result)
        #expect(Self.errors(failed.published).last?.contains("cannot write state file") == true)
        try FileManager.default.moveItem(atPath: away, toPath: folder)
        let undone = try await node.perform { node in try node.undo(token ?? "") }
        #expect(Self.errors(undone.published).last == "")
        try await node.stop()
    }

    @Test("A state file that can be written again shows without any further change")
    func mended() async throws {
        let node = try await IsolatedNode(["link add eth0 type veth peer name other"], stateFile: "state/n.json")
        let start = try await node.perform { node in node.stateError }
        #expect(start.result.contains("cannot write state file"))
        try FileManager.default.createDirectory(atPath: node.directory.file("state"), withIntermediateDirectories: false)
        try await eventually("no error") { try await node.perform { node in node.stateError }.result.isEmpty }
        try await node.stop()
    }
}
