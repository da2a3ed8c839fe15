import AgentModel
import Foundation
import MIPTesting
import MobileIPv4
import Testing

@testable import mip_mib

@Suite("mip-mib: changing an agent")
struct ChangingTests {
    @Test("revoke ends the bindings of a home address, and reports when there are none")
    func revoke() async throws {
        let scene = try await Scene()
        let first = try await scene.run(["revoke", "10.0.1.1", "--yes"])
        #expect((first.status, first.output) == (0, "1 binding of 10.0.1.1 ended\n"))
        let second = try await scene.run(["revoke", "10.0.1.1", "--yes"])
        #expect(second.status == 1)
        #expect(second.errors.hasPrefix("mip-mib: there is no binding or visit for home address 10.0.1.1"))
        #expect(await scene.agent.commands == ["revoke 10.0.1.1", "revoke 10.0.1.1"])
        await scene.agent.stop()
    }

    @Test("Without a terminal and without --yes, nothing is changed")
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

    @Test("disable and enable switch registration; a refusal of the agent ends with status 4 and the reason")
    func switching() async throws {
        let scene = try await Scene()
        #expect(try await scene.run(["disable", "--yes"]).output == "registration is disabled\n")
        #expect(try await scene.run(["status"]).status == 1)
        await scene.agent.refuse(ChangeRefusal(index: 0, problem: .notPermitted, reason: "registration is already off"))
        let again = try await scene.run(["disable", "--yes"])
        await scene.agent.refuse(nil)
        #expect(again.status == 4)
        #expect(again.errors.contains("registration is already off"))
        #expect(try await scene.run(["enable"]).output == "registration is enabled\n")
        #expect(try await scene.run(["status"]).status == 0)
        await scene.agent.stop()
    }

    @Test("A change with two agents requires a choice of one")
    func ambiguous() async throws {
        let scene = try await Scene()
        let other = scene.directory.file("other.sock")
        let result = try await Scene.run(["enable", "--socket", scene.socket, "--socket", other])
        #expect(result.status == 2)
        #expect(result.errors.contains("several agents: home, other. Choose one with --agent NAME"), "\(result.errors)")
        // The same socket twice is one agent.
        let twice = try await Scene.run(["enable", "--dry-run", "--socket", scene.socket, "--socket", scene.socket])
        #expect(twice.status == 0, "\(twice.errors)")
        let named = try await Scene.run(["disable", "--yes", "--agent", "home", "--socket", other, "--socket", scene.socket])
        #expect((named.status, named.output) == (0, "registration is disabled\n"), "\(named.errors)")
        let wrong = try await scene.run(["disable", "--yes", "--agent", "hme"])
        #expect(wrong.status == 2)
        #expect(wrong.errors.contains("no agent named 'hme'; known agents: home"))
        await scene.agent.stop()
    }

    /// A care-of address that the samples do not have.
    private static let spare = IPv4Address(192, 0, 2, 9)

    /// The change that each command requests, by socket and by URL.
    private static func changes() throws -> [([String], AgentChange)] {
        let address = IPv4Address(192, 0, 2, 1)
        let spi = Samples.association(1).spi
        return [
            (["care-of", "add", "\(spare)"], .addCareOfAddress(spare)),
            (["care-of", "remove", "\(address)"], .removeCareOfAddress(address)),
            (
                ["association", "set", "10.0.1.1", "\(spi.rawValue)", "--tolerance", "30", "--algorithm", "hmac-sha256"],
                .association(
                    SecurityAssociationChange(
                        peer: .address(IPv4Address(10, 0, 1, 1)), spi: spi, algorithm: .hmacSHA256, replayTolerance: 30,
                        creation: .mustExist))
            ),
            (
                ["association", "remove", "10.0.1.1", "\(spi.rawValue)"],
                .removeAssociation(SecurityAssociationKey(peer: .address(IPv4Address(10, 0, 1, 1)), spi: spi))
            ),
            (
                ["advertisement", "set", "10.0.1.254", "--maximum-interval", "12", "--only-on-solicitation", "true"],
                .advertising(
                    AdvertisingChange(
                        address: IPv4Address(10, 0, 1, 254), maximumInterval: 12, onlyOnSolicitation: true,
                        creation: .mustExist))
            ),
        ]
    }

    @Test("Each change reaches the agent unaltered, at its socket and by URL; with --dry-run it is checked but not made")
    func changes() async throws {
        let scene = try await Scene.whole()
        let daemon = try await Daemon(scene)
        for source in [["--socket", scene.socket], daemon.arguments(.url)] {
            for (command, expected) in try Self.changes() {
                let before = await scene.agent.applied.count
                let checked = try await Scene.run(command + ["--dry-run"] + source, environment: daemon.environment)
                #expect(checked.status == 0 && checked.output.hasPrefix("this would be done: "), "\(command): \(checked.errors)")
                #expect(await scene.agent.applied.count == before)
                #expect(try await Scene.run(command + source, environment: daemon.environment).status == 2)
                let made = try await Scene.run(command + ["--yes"] + source, environment: daemon.environment)
                #expect(made.status == 0, "\(command): \(made.errors)")
                #expect(await scene.agent.applied.last == expected)
            }
        }
        try await daemon.stop()
        await scene.agent.stop()
    }

    @Test("By URL, registration is switched, bindings are revoked, and an association is added whose key is never shown")
    func byURL() async throws {
        let scene = try await Scene.whole()
        let daemon = try await Daemon(scene)
        func run(_ arguments: [String]) async throws -> (status: Int32, output: String, errors: String) {
            try await Scene.run(arguments + daemon.arguments(.url), environment: daemon.environment)
        }
        #expect(try await run(["disable", "--yes"]).output == "registration is disabled\n")
        try await eventually("the daemon knows") { try await run(["status"]).status == 1 }
        #expect(try await run(["enable"]).output == "registration is enabled\n")
        let key = try scene.directory.write("000102030405060708090a0b0c0d0e0f\n", to: "key")
        chmod(key, 0o600)
        let made = try await run([
            "association", "add", "10.0.1.9", "300", "--role", "mobileNode", "--key-file", key, "--hex", "--yes",
        ])
        #expect((made.status, made.output) == (0, "the association with 10.0.1.9, SPI 300, is added\n"), "\(made.errors)")
        guard case .association(let change)? = await scene.agent.applied.last else { throw TimedOut(description: "no change") }
        #expect(change.key?.withOctets { $0 } == Array(0..<16))
        #expect(!daemon.log.contains("0001020304"))

        #expect(
            try await run(["revoke", "10.0.1.1", "--dry-run"]).output
                == "this would be done: the registration of 10.0.1.1 is ended\n")
        #expect(try await run(["revoke", "10.0.1.1", "--yes"]).output == "1 binding of 10.0.1.1 ended\n")
        let missing = try await run(["revoke", "10.9.9.9", "--yes"])
        #expect((missing.status, missing.output) == (1, ""))
        #expect(missing.errors == "mip-mib: 'home' has no binding or visit of 10.9.9.9\n")
        #expect(try await run(["revoke", "10.0.2.1", "--care-of", "192.0.2.9", "--yes"]).status == 1)
        #expect(try await run(["revoke", "10.0.2.1", "--dry-run"]).status == 0)
        #expect(try await run(["revoke", "10.0.2.1", "--yes"]).output == "1 visit of 10.0.2.1 ended\n")
        guard case .endBinding(let home, let careOf)? = await scene.agent.applied.last else {
            throw TimedOut(description: "no change")
        }
        #expect((home, careOf) == (IPv4Address(10, 0, 2, 1), IPv4Address(192, 0, 2, 1)))

        await scene.agent.refuse(ChangeRefusal(index: 0, field: "address", problem: .inconsistent, reason: "no such interface"))
        let refused = try await run(["care-of", "add", "192.0.2.77", "--yes"])
        #expect(refused.status == 4)
        #expect(refused.errors == "mip-mib: refused (address): agent 'home' refused it: no such interface\n")
        #expect(try await run(["undo", "token1"]).status == 2)
        try await daemon.stop()
        await scene.agent.stop()
    }

    @Test("A token with the role read changes nothing: status 4 and advice")
    func readOnlyToken() async throws {
        let scene = try await Scene.whole()
        let (reading, writing) = (try await AccessTests.token("eye", "read"), try await AccessTests.token("hand", "write"))
        let daemon = try await Daemon(
            scene, http: reading.section + writing.section.dropFirst())
        let file = try scene.directory.write(writing.text + "\n", to: "token")
        chmod(file, 0o600)
        let change = ["care-of", "add", "\(Self.spare)", "--yes"] + daemon.arguments(.url)
        let refused = try await Scene.run(change, environment: ["MIP_MIB_TOKEN": reading.text])
        #expect(refused.status == 4)
        #expect(refused.errors.contains("--token-file or MIP_MIB_TOKEN"), "\(refused.errors)")
        #expect(await scene.agent.applied.isEmpty)
        let made = try await Scene.run(change + ["--token-file", file])
        #expect(made.status == 0, "\(made.errors)")
        let again = try await Scene.run(["disable", "--yes"] + daemon.arguments(.url), environment: ["MIP_MIB_TOKEN_FILE": file])
        #expect(again.status == 0, "\(again.errors)")
        try await daemon.stop()
        await scene.agent.stop()
    }

    @Test("An association is added with a key from a file or standard input, which is never shown")
    func association() async throws {
        let scene = try await Scene()
        let key = try scene.directory.write("000102030405060708090a0b0c0d0e0f\n", to: "key")
        chmod(key, 0o600)
        let result = try await scene.run([
            "association", "add", "10.0.1.9", "300", "--role", "mobileNode", "--algorithm", "hmac-sha256", "--key-file", key,
            "--hex",
            "--yes",
        ])
        #expect(result.status == 0, "\(result.errors)")
        #expect(
            result.output.hasPrefix(
                "the association with 10.0.1.9, SPI 300, is added\nto undo it within 60 seconds: mip-mib undo token1 --socket \(scene.socket)\n"
            ),
            "\(result.output)")
        #expect(!result.output.contains("0102"))
        let changes = await scene.agent.applied
        guard case .association(let change) = try #require(changes.first) else { throw TimedOut(description: "\(changes)") }
        #expect(change.key?.withOctets { $0 } == Array(0..<16))
        #expect(change.algorithm == .hmacSHA256 && change.peerRole == .mobileNode && change.creation == .mustNotExist)
        let undone = try await scene.run(["undo", "token1"])
        #expect((undone.status, undone.output) == (0, "the change is undone\n"))
        await scene.agent.stop()
    }

    @Test("A refusal of the agent ends with status 4 and the reason; an object it does not find with status 1")
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
