import Foundation
import JSON
import MIPTesting
import Testing

@testable import mip_mib

@Suite("mip-mib: arguments that cannot be meant")
struct ArgumentTests {
    @Test("An option with one value is refused when it is given twice, in every command", arguments: CommandTree.leaves)
    func repeated(command: CommandTree.Command) throws {
        let repeatable: Set = ["socket", "agent", "where"]
        for option in command.valueOptions where option.count > 1 {
            let problem = RepeatedOption.problem(in: command.path + ["--\(option)", "1", "--\(option)=2"])
            #expect((problem == nil) == repeatable.contains(option), "--\(option)")
        }
        #expect(RepeatedOption.problem(in: command.path + ["--yes", "--yes", "--", "--url", "--url"]) == nil)
    }

    @Test(
        "A second source of the same kind ends with status 2",
        arguments: [
            ["--url", "http://a", "--url", "http://b"], ["--snmp", "a", "--snmp", "b"], ["-o", "json", "--output", "csv"],
        ])
    func second(arguments: [String]) async throws {
        let result = try await Scene.run(["status"] + arguments)
        #expect(result.status == 2 && result.output == "")
        #expect(result.errors.contains("is given more than once"), "\(result.errors)")
    }

    @Test(
        "A condition that no row can satisfy as meant ends with status 2 and states the values of the member",
        arguments: [
            ("associations", "nosuch=1", "has no column 'nosuch'; expected one of agent, peer"),
            ("associations", "peer.address=1", "has no column 'peer.address'"),
            ("associations", "use.nosuch=1", "has no column 'use.nosuch'"), ("associations", "spi<abc", "'spi' is a number"),
            ("associations", "spi=abc", "'spi' is a number"), ("associations", "spi>=1000x", "'spi' is a number"),
            ("associations", "algorithm=md5", "'algorithm' is one of hmac-md5"),
            ("bindings", "homeAddress=10.0.0", "'homeAddress' is an address"),
            ("bindings", "homeAddress<10.0.0.0/8", "'homeAddress' is an address"),
            ("bindings", "expires>yesterday", "'expires' is a time"), ("bindings", "flags=reverse", "'flags' is one of"),
            ("bindings", "timeRemaining<1m", "'timeRemaining' is a number"),
            ("status", "information.nosuch=1", "has no column 'information.nosuch'"),
            ("status", "information.enabled=yes", "'information.enabled' is true or false"),
            ("events", "nosuch=1", "has no column 'nosuch'; expected one of time, agent"),
            ("events", "code=x", "'code' is a number"), ("associations", "spi=0x100", "'spi' is a number"),
            ("associations", "spi<0x200", "'spi' is a number"), ("associations", "spi=+256", "'spi' is a number"),
            ("associations", "spi=0256", "'spi' is a number"), ("associations", "spi=256.0", "'spi' is a number"),
            ("associations", "spi>-1", "'spi' is a number"), ("status", "information=5", "'information' has members of its own"),
            ("status", "information.addresses<10.0.0.1", "'information.addresses' is a list and has no order"),
            ("status", "information.addresses=10.0.0.1", "'information.addresses' has members of its own"),
            ("bindings", "flags<reverseTunnel", "'flags' is a list and has no order"),
            ("bindings", "created>2023-13", "'created' is a time"), ("events", "time=2023-11-14T25", "'time' is a time"),
        ])
    func conditions(list: String, condition: String, expected: String) async throws {
        let scene = try await Scene()
        let result = try await scene.run([list, "--where", condition, "--limit", "1"])
        #expect(result.status == 2 && result.output == "")
        #expect(result.errors.contains(expected), "\(result.errors)")
        await scene.agent.stop()
    }

    @Test(
        "Conditions on numbers, times, addresses, words and nested members are accepted",
        arguments: [
            ("associations", "spi>256"), ("associations", "use.accepted>=0"), ("associations", "use.clockOffset>-100"),
            ("bindings", "created>2023"), ("bindings", "created>=2023-11-14T22:13:20.000Z"), ("bindings", "flags=reverseTunnel"),
            ("bindings", "homeAddress>=10.0.0.1"), ("bindings", "expires!="), ("status", "information.version~test"),
            ("status", "counts.bindings>=1"), ("agents", "age<100"), ("bindings", "timeRemaining>0.5"),
            ("bindings", "created=2023-11-14"), ("bindings", "created=2023-11-14 22:13:20Z"),
            ("bindings", "created<=2023-11-14T22:13:20Z"), ("status", "information.addresses.port=434"),
            ("status", "information.addresses.port<1000"),
        ])
    func accepted(list: String, condition: String) async throws {
        let scene = try await Scene.whole()
        let result = try await scene.run([list, "--where", condition, "--json"])
        #expect(result.status == 0, "\(result.errors)")
        await scene.agent.stop()
    }

    @Test("In a MIB table, conditions are compared by the syntax of the object")
    func table() async throws {
        let scene = try await Scene()
        let wrong = try await scene.run(["table", "haMobilityBindingTable", "--where", "haMobilityBindingTimeGranted<x"])
        #expect(wrong.status == 2 && wrong.errors.contains("'haMobilityBindingTimeGranted' is a number"), "\(wrong.errors)")
        let right = try await scene.run([
            "table", "haMobilityBindingTable", "--where", "haMobilityBindingTimeGranted>1", "-o", "json",
        ])
        #expect(right.status == 0, "\(right.errors)")
        await scene.agent.stop()
    }

    @Test("A key of hexadecimal digits without --hex is warned about; files that every user can read are refused")
    func keys() async throws {
        let scene = try await Scene()
        let key = try scene.directory.write("000102030405060708090a0b0c0d0e0f\n", to: "key")
        chmod(key, 0o600)
        let add = ["association", "add", "10.0.1.9", "300", "--key-file", key, "--dry-run"]
        let warned = try await scene.run(add)
        #expect(warned.status == 0 && warned.errors.contains("read as 32 characters"), "\(warned.errors)")
        #expect(try await scene.run(add + ["--hex"]).errors == "")
        chmod(key, 0o644)
        let refused = try await scene.run(add + ["--hex"])
        #expect(refused.status == 2 && refused.errors.contains("every user can read the key file"), "\(refused.errors)")
        let token = try await Scene.run(["status", "--url", "http://127.0.0.1:1", "--token-file", key])
        #expect(token.status == 2 && token.errors.contains("every user can read the token file"), "\(token.errors)")
        await scene.agent.stop()
    }

    @Test(
        "A short key, and one whose form may be another than was meant, is worth a warning that does not show it",
        arguments: [
            ("abc", false, "has 3 bytes"), ("000102030405060708090a0b", true, "has 12 bytes"),
            ("000102030405060708090a0b0c0d0e0f1011", false, "is read as 36 characters"), ("characters of a key", false, nil),
            ("000102030405060708090a0b0c0d0e0f", true, nil),
        ] as [(String, Bool, String?)])
    func keyStrength(text: String, hex: Bool, expected: String?) async throws {
        let scene = try await Scene()
        let key = try scene.directory.write(text + "\n", to: "key")
        let add = ["association", "add", "10.0.1.9", "300", "--key-file", key, "--dry-run"] + (hex ? ["--hex"] : [])
        let result = try await scene.run(add)
        #expect(result.status == 0, "\(result.errors)")
        #expect((result.errors == "") == (expected == nil), "\(result.errors)")
        if let expected { #expect(result.errors.hasPrefix("mip-mib: warning: the key ") && result.errors.contains(expected)) }
        #expect(!result.errors.contains(text))
        await scene.agent.stop()
    }

    @Test("Numbers with a sign or leading zeros are refused, as in configuration files", arguments: ["007", "+5", "0x5", "0"])
    func numbers(text: String) async throws {
        #expect(throws: CommandFailure.self) { try Settings.read(environment: ["MIP_MIB_TIMEOUT": text]) }
        #expect(throws: CommandFailure.self) { try RemoteInstances.endpoint("router1:\(text)") }
        #expect(throws: CommandFailure.self) { try RemoteInstances.endpoint("[2001:db8::1]:\(text)") }
        for arguments in [
            ["status", "--timeout"], ["bindings", "--limit"], ["events", "--limit"], ["watch", "-o", "ndjson", "--count"],
        ] {
            let result = try await Scene.run(arguments + [text, "--socket", "/no/such.sock"])
            #expect(result.status == 2, "\(arguments) \(result.errors)")
        }
    }

    @Test(
        "Such numbers are refused as a security parameter index and in the name of an instance",
        arguments: [
            ["association", "remove", "10.0.1.9", "0400", "--yes"], ["association", "remove", "10.0.1.9", "+400", "--yes"],
            ["get", "mipEnable.00"],
        ])
    func identifiers(arguments: [String]) async throws {
        let result = try await Scene.run(arguments + ["--socket", "/no/such.sock"])
        #expect(result.status == 2 && result.output == "", "\(result.errors)")
    }

    @Test("get names the sources that it reads")
    func getByURL() async throws {
        let result = try await Scene.run(["get", "mipEnable.0", "--url", "http://127.0.0.1:1"])
        #expect(result.status == 2 && result.errors.contains("give --socket or --snmp instead of --url"), "\(result.errors)")
    }

    @Test("history reads the mip-mibd of this machine although sockets are set for every command")
    func history() async throws {
        let environment = ["MIP_MIB_SOCKET": "/no/such.sock"]
        let result = try await Scene.run(["history"], environment: environment)
        #expect(!result.errors.contains("keeps no history") && result.status != 2, "\(result.errors)")
        let given = try await Scene.run(["history", "--socket", "/no/such.sock"], environment: environment)
        #expect(given.status == 2 && given.errors.contains("keeps no history"), "\(given.errors)")
    }

    @Test("Under sudo, credentials of the user who called it are accepted", .enabled(if: UnprivilegedProgram.isPossible))
    func sudo() async throws {
        let directory = try TemporaryDirectory()
        let file = try directory.write("community: public\n", to: "credentials.yaml")
        #expect(chown(file, 1000, 1000) == 0)
        let read = ["get", "mipEnable.0", "--snmp", "127.0.0.1:1", "--credentials", file]
        let refused = try await Scene.run(read, environment: ["SUDO_UID": ""])
        #expect(refused.status == 2 && refused.errors.contains("belongs to user 1000"), "\(refused.errors)")
        let accepted = try await Scene.run(read, environment: ["SUDO_UID": "1000"])
        #expect(accepted.status == 3, "\(accepted.errors)")
    }
}
