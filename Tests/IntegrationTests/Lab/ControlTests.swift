import Foundation
import MIPTesting
import Testing

extension LabTests {
    @Test("An independent varlink client reads everything that the node publishes, and the node deregisters when it is stopped")
    func nodeControl() async throws {
        let lab = try Laboratory()
        try await lab.run("up")
        try await lab.run("move", "foreign-a")
        let (status, output, errors) = try await ChildProcess.run(
            BuiltProducts.python,
            [BuiltProducts.client("varlink_node.py"), lab.socket("node"), "10.1.0.10", "10.2.0.1"])
        #expect(status == 0 && output == "all reported\n", "\(output)\(errors)")
        #expect(try await lab.rows("bindings", of: "home-agent").count == 1)
        #expect(try await lab.rows("visitors", of: "foreign-a").count == 1)
        try await lab.run("stop", "node")
        #expect(lab.log("node").contains("deregistered"))
        #expect(try await lab.rows("bindings", of: "home-agent").isEmpty)
        #expect(try await lab.rows("visitors", of: "foreign-a").isEmpty)
        #expect(try await lab.counter("homeAgent.deregistrationRequestsReceived", of: "home-agent") == 1)
        #expect(try await lab.counter("foreignAgent.deregistrationRequestsReceived", of: "foreign-a") == 1)
        #expect(!FileManager.default.fileExists(atPath: lab.socket("node")))
        try await lab.run("down")
    }

    @Test("When the home agent does not answer the returning node, the node deregisters again until the binding is removed")
    func lostReturn() async throws {
        let lab = try Laboratory(node: "tries: 2")
        try await lab.run("up")
        try await lab.run("move", "foreign-a")
        // Frames to the home agent are lost; its advertisements are not.
        try await lab.loseFrames(to: "home", true)
        try await lab.run("move", "home")
        try await eventually("a deregistration that failed") {
            lab.log("node").contains("deregistration failed; it will be tried again")
        }
        #expect(try await lab.rows("bindings", of: "home-agent").count == 1)
        try await lab.loseFrames(to: "home", false)
        try await eventually("the end of the binding") { try await lab.rows("bindings", of: "home-agent").isEmpty }
        try await eventually("answers from home", within: .seconds(20)) { try await lab.answers(to: 1) == 1 }
        try await lab.run("down")
    }
}
