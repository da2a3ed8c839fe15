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

    @Test("An association is made with a key from a file or standard input, which nothing shows")
    func association() async throws {
        let scene = try await Scene()
        let key = try scene.directory.write("000102030405060708090a0b0c0d0e0f\n", to: "key")
        let result = try await scene.run([
            "association", "add", "10.0.1.9", "300", "--role", "mobileNode", "--algorithm", "hmac-sha256", "--key-file", key,
            "--hex",
            "--yes",
        ])
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.hasPrefix("the association with 10.0.1.9, SPI 300, is made\n'mip-mib undo token1' takes it back"))
        #expect(!result.output.contains("0102"))
        let changes = await scene.agent.applied
        guard case .association(let change) = try #require(changes.first) else { throw TimedOut(description: "\(changes)") }
        #expect(change.key?.withOctets { $0 } == Array(0..<16))
        #expect(change.algorithm == .hmacSHA256 && change.peerRole == .mobileNode && change.creation == .mustNotExist)
        let undone = try await scene.run(["undo", "token1"])
        #expect((undone.status, undone.output) == (0, "the change was taken back\n"))
        await scene.agent.stop()
    }

    @Test("Each change reaches the agent as it was meant; with --dry-run it is checked and not made")
    func changes() async throws {
        let scene = try await Scene()
        let address = IPv4Address(192, 0, 2, 1)
        let all: [([String], AgentChange)] = [
            (["care-of", "add", "192.0.2.1"], .addCareOfAddress(address)),
            (["care-of", "remove", "192.0.2.1"], .removeCareOfAddress(address)),
            (
                ["association", "set", "10.0.1.1", "256", "--tolerance", "30"],
                .association(
                    SecurityAssociationChange(
                        peer: .address(IPv4Address(10, 0, 1, 1)), spi: SecurityParameterIndex(rawValue: 256), replayTolerance: 30,
                        creation: .mustExist))
            ),
            (
                ["association", "remove", "alice@example.net", "300"],
                .removeAssociation(
                    SecurityAssociationKey(
                        peer: try #require(PeerIdentity("alice@example.net")), spi: SecurityParameterIndex(rawValue: 300)))
            ),
            (
                ["advertisement", "set", "192.0.2.1", "--maximum-interval", "10", "--only-on-solicitation", "true"],
                .advertising(
                    AdvertisingChange(address: address, maximumInterval: 10, onlyOnSolicitation: true, creation: .mustExist))
            ),
        ]
        for (command, expected) in all {
            let before = await scene.agent.applied.count
            let checked = try await scene.run(command + ["--dry-run"])
            #expect(checked.status == 0 && checked.output.hasPrefix("this would be done: "), "\(checked.errors)")
            #expect(await scene.agent.applied.count == before)
            #expect(try await scene.run(command).status == 2)
            let made = try await scene.run(command + ["--yes"])
            #expect(made.status == 0, "\(made.errors)")
            #expect(await scene.agent.applied.last == expected)
        }
        await scene.agent.stop()
    }

    @Test("What the agent refuses ends with status 4 and its reason; what it does not find with status 1")
    func refused() async throws {
        let scene = try await Scene()
        await scene.agent.refuse(ChangeRefusal(index: 0, field: "address", problem: .inconsistent, reason: "no such interface"))
        let refused = try await scene.run(["care-of", "add", "192.0.2.1", "--yes"])
        #expect((refused.status, refused.errors) == (4, "mip-mib: the agent refused address: no such interface\n"))
        await scene.agent.refuse(ChangeRefusal(index: 0, problem: .notFound, reason: "there is none"))
        let missing = try await scene.run(["care-of", "remove", "192.0.2.1", "--yes"])
        #expect(missing.status == 1)
        await scene.agent.stop()
    }
}
