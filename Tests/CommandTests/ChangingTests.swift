import AgentModel
import Foundation
import MIPTesting
import MobileIPv4
import Testing

@Suite("mip-mib changing an agent")
struct ChangingTests {
    @Test("revoke ends the bindings of a home address, and says when there is none")
    func revoke() async throws {
        let scene = try await Scene()
        let first = try await scene.run(["revoke", "10.0.1.1", "--yes"])
        #expect((first.status, first.output) == (0, "1 binding of 10.0.1.1 ended\n"))
        let second = try await scene.run(["revoke", "10.0.1.1", "--yes"])
        #expect(second.status == 1)
        #expect(second.errors.hasPrefix("mip-mib: no such binding"))
        #expect(await scene.agent.commands == ["revoke 10.0.1.1", "revoke 10.0.1.1"])
        await scene.agent.stop()
    }

    @Test("Without a terminal and without --yes nothing is changed")
    func unconfirmed() async throws {
        let scene = try await Scene()
        for arguments in [["revoke", "10.0.1.1"], ["disable"]] {
            let result = try await scene.run(arguments)
            #expect(result.status == 2)
            #expect(result.errors.contains("add --yes"))
        }
        #expect(await scene.agent.commands == [])
        await scene.agent.stop()
    }

    @Test("disable and enable switch registration; what the agent refuses ends with status 4 and its reason")
    func switching() async throws {
        let scene = try await Scene()
        #expect(try await scene.run(["disable", "--yes"]).output == "registration is disabled\n")
        #expect(try await scene.run(["status"]).status == 1)
        let again = try await scene.run(["disable", "--yes"])
        #expect(again.status == 4)
        #expect(again.errors.contains("registration is already off"))
        #expect(try await scene.run(["enable"]).output == "registration is enabled\n")
        #expect(try await scene.run(["status"]).status == 0)
        await scene.agent.stop()
    }

    @Test("A change needs to know which of two agents is meant")
    func ambiguous() async throws {
        let scene = try await Scene()
        let result = try await Scene.run(["enable", "--socket", scene.socket, "--socket", scene.socket])
        #expect(result.status == 2)
        #expect(result.errors.contains("say which with --socket PATH"))
        await scene.agent.stop()
    }
}
