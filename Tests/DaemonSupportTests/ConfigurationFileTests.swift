import DaemonSupport
import Foundation
import MobileIPv4
import Testing

@Suite("Configuration files")
struct ConfigurationFileTests {
    enum Colour: String, CaseIterable { case red, green }

    struct Settings: Equatable {
        var name: String
        var port: UInt16
        var wait: Duration
        var colour: Colour
        var loud: Bool
        var addresses: [IPv4Address]
        var networks: [IPv4Prefix]
        var inner: [UInt32]
        var byName: [String: IPv4Address]
        var endpoint: TransportEndpoint?
    }

    static func settings(_ root: ConfigurationSection) -> Settings {
        Settings(
            name: root.value("name", .name), port: root.value("port", .port, default: 434),
            wait: root.value("wait", .duration(in: .milliseconds(10)...(.seconds(60))), default: .seconds(7)),
            colour: root.value("colour", .anyWord(standIn: .red), default: .red), loud: root.value("loud", .bool, default: false),
            addresses: root.list("addresses", .unicastAddress), networks: root.list("networks", .ipv4Prefix),
            inner: root.sections("inner").map { $0.value("spi", .integer(in: 256...UInt32.max)) },
            byName: Dictionary(root.pairs("byName", .text, .ipv4Address).map { ($0.name, $0.value) }) { first, _ in first },
            endpoint: root.section("single").map { $0.value("at", .endpoint(defaultPort: 9)) })
    }

    private func messages(_ text: String) -> [String] {
        do {
            _ = try ConfigurationFile.read(text: text, named: "f.yaml", Self.settings)
            return []
        } catch { return error.mistakes.map(\.description) }
    }

    @Test("A valid file provides every value, and defaults for those left out")
    func values() throws {
        let text = """
            name: home
            port: 5000
            wait: 250ms
            colour: green
            loud: yes
            addresses: [192.0.2.1, 192.0.2.2]
            networks:
              - 198.51.100.0/24
            inner: [{spi: 256}, {spi: 4294967295}]
            byName: {alice@example.net: 10.0.0.1}
            single: {at: "10.0.0.1:77"}
            """
        let full = try ConfigurationFile.read(text: text, named: "f.yaml", Self.settings)
        #expect(
            full
                == Settings(
                    name: "home", port: 5000, wait: .milliseconds(250), colour: .green, loud: true,
                    addresses: [IPv4Address(192, 0, 2, 1), IPv4Address(192, 0, 2, 2)],
                    networks: [IPv4Prefix("198.51.100.0/24")].compactMap(\.self),
                    inner: [256, 4_294_967_295], byName: ["alice@example.net": IPv4Address(10, 0, 0, 1)],
                    endpoint: TransportEndpoint(IPv4Address(10, 0, 0, 1), port: 77)))
        let least = try ConfigurationFile.read(text: "name: x\n", named: "f.yaml", Self.settings)
        #expect(
            least
                == Settings(
                    name: "x", port: 434, wait: .seconds(7), colour: .red, loud: false, addresses: [], networks: [], inner: [],
                    byName: [:], endpoint: nil))
    }

    @Test(
        "A mistake is reported with file, line, column, the value and what is expected",
        arguments: [
            (
                "port: 1",
                "f.yaml:1:1: 'name' is missing; add 'name:' with 1 to 32 letters, digits, '.', '_' or '-', beginning with a letter or digit"
            ),
            (
                "name: a/b",
                "f.yaml:1:7: name: 'a/b' is invalid; expected 1 to 32 letters, digits, '.', '_' or '-', beginning with a letter or digit"
            ),
            ("name: a\nport: 70000", "f.yaml:2:7: port: '70000' is invalid; expected a port number 1 to 65535"),
            ("name: a\nport:", "f.yaml:2:6: port has no value; expected a port number 1 to 65535"),
            ("name: a\nport: [1]", "f.yaml:2:7: port is not a single value; expected a port number 1 to 65535"),
            (
                "name: a\nwait: soon",
                "f.yaml:2:7: wait: 'soon' is invalid; expected a time from 0.01 seconds to 60.0 seconds, such as 7 or 500ms"
            ),
            (
                "name: a\nwait: 61",
                "f.yaml:2:7: wait: '61' is invalid; expected a time from 0.01 seconds to 60.0 seconds, such as 7 or 500ms"
            ),
            ("name: a\ncolour: blue", "f.yaml:2:9: colour: 'blue' is invalid; expected one of red, green"),
            ("name: a\nloud: maybe", "f.yaml:2:7: loud: 'maybe' is invalid; expected true or false"),
            ("name: a\naddresses: 192.0.2.1", "f.yaml:2:12: addresses is not a list; expected a list such as [192.0.2.1]"),
            (
                "name: a\naddresses:\n  - 192.0.2.1\n  - 192.0.2.256",
                "f.yaml:4:5: addresses[1]: '192.0.2.256' is invalid; expected a unicast IPv4 address such as 192.0.2.1"
            ),
            (
                "name: a\naddresses: [224.0.0.11]",
                "f.yaml:2:13: addresses[0]: '224.0.0.11' is invalid; expected a unicast IPv4 address such as 192.0.2.1"
            ),
            (
                "name: a\nnetworks: [10.0.0.1/8]",
                "f.yaml:2:12: networks[0]: '10.0.0.1/8' is invalid; expected an IPv4 prefix with zero host bits such as 192.0.2.0/24"
            ),
            (
                "name: a\ninner:\n  - spi: 255",
                "f.yaml:3:10: inner[0].spi: '255' is invalid; expected a whole number 256 to 4294967295"
            ),
            ("name: a\ninner: [{spi: 300, sip: 1}]", "f.yaml:2:20: 'sip' is not a setting of inner[0]; did you mean 'spi'?"),
            (
                "name: a\ninner: [7]",
                "f.yaml:2:9: inner[0] is a single value, not a section; expected indented lines 'name: value'"
            ),
            (
                "name: a\nsingle: {}",
                "f.yaml:2:9: 'single.at' is missing; add 'at:' with an IPv4 address with or without a port, such as 192.0.2.1 or 192.0.2.1:434"
            ),
            (
                "name: a\nsingle: {at: 10.0.0.1:0}",
                "f.yaml:2:14: single.at: '10.0.0.1:0' is invalid; expected an IPv4 address with or without a port, such as 192.0.2.1 or 192.0.2.1:434"
            ),
            ("name: a\nbyName: {x: y}", "f.yaml:2:13: byName: 'y' is invalid; expected an IPv4 address such as 192.0.2.1"),
            ("name: a\nprot: 1", "f.yaml:2:1: 'prot' is not a setting of this file; did you mean 'port'?"),
            (
                "name: a\nzzzzzzzz: 1",
                "f.yaml:2:1: 'zzzzzzzz' is not a setting of this file; expected one of addresses, byName, colour, inner, loud, name, networks, port, single, wait"
            ),
            ("name: a\nname: b", "f.yaml:1:1: 'name' is given more than once in this section; keep one of them"),
            ("name: a\n? [x]\n: 1", "f.yaml:2:3: a setting's name is not a plain word; expected 'name: value'"),
            ("name: a\n---\nname: b", "f.yaml:2:1: a second document begins here; expected one document in a file"),
            ("- a\n", "f.yaml:1:1: the file is not a list of settings; expected lines of the form 'name: value'"),
            ("", "f.yaml: the file has no settings; expected YAML: lines of the form 'name: value', indented with spaces"),
            (
                "name: a\n\tport: 1",
                "f.yaml:2:1: invalid YAML: found a tab character that violates indentation while scanning a plain scalar; expected YAML: lines of the form 'name: value', indented with spaces"
            ),
            (
                "name: [a",
                "f.yaml:2:1: invalid YAML: did not find expected ',' or ']' while parsing a flow sequence; expected YAML: lines of the form 'name: value', indented with spaces"
            ),
            (
                "name: a\nport: *x",
                "f.yaml:2:7: invalid YAML: found undefined alias; expected YAML: lines of the form 'name: value', indented with spaces"
            ),
            (
                "name: \"a\\nf.yaml:9:9: forged\"",
                "f.yaml:1:7: name: 'a\\nf.yaml:9:9: forged' is invalid; expected 1 to 32 letters, digits, '.', '_' or '-', beginning with a letter or digit"
            ),
        ])
    func mistakes(text: String, message: String) {
        #expect(messages(text) == [message])
    }

    @Test(
        "A number with a leading zero or a sign is refused, and the remedy has what was perhaps meant",
        arguments: [
            ("port: 0400", "; write 400, or 256 if octal was meant"), ("port: +256", "; write 256"),
            ("port: 08", "; write 8"), ("port: 00", nil), ("port: 0700000", nil),
            ("wait: 010", "; write 10, or 8 if octal was meant"), ("wait: 007s", "; write 7s"), ("wait: 0.007", nil),
            ("inner: [{spi: 0400}]", "; write 400, or 256 if octal was meant"),
            ("inner: [{spi: 0300}]", "; write 300"),
            ("networks: [10.0.0.0/024]", "; write 10.0.0.0/24, or 10.0.0.0/20 if octal was meant"),
            ("networks: [10.0.0.0/+8]", "; write 10.0.0.0/8"),
            ("addresses: [192.0.02.1]", "; write 192.0.2.1"),
            ("single: {at: \"10.0.0.1:0434\"}", "; write 10.0.0.1:434, or 10.0.0.1:284 if octal was meant"),
        ] as [(String, String?)])
    func leadingZero(line: String, meant: String?) {
        let found = messages("name: a\n" + line)
        #expect(found.count == 1)
        #expect(found.first?.contains("; expected ") == true)
        if let meant { #expect(found.first?.hasSuffix(meant) == true, "\(found)") }
        #expect(meant != nil || found.first?.contains("write") == false, "\(found)")
    }

    @Test("Where no number is expected, digits with a leading zero are a text as any other")
    func digitsInText() throws {
        let settings = try ConfigurationFile.read(
            text: "name: 007\nbyName: {\"010\": 10.0.0.1}\n", named: "f.yaml", Self.settings)
        #expect(settings.name == "007")
        #expect(settings.byName["010"] == IPv4Address(10, 0, 0, 1))
    }

    @Test("A merge key is named, and what its section lacks is not")
    func mergeKey() {
        let text = "name: a\ninner:\n  - &x {spi: 300}\nsingle: {<<: *x}\n"
        #expect(
            messages(text) == [
                "f.yaml:4:10: '<<' (a YAML merge key) is not supported; repeat the settings here, or give a single value an anchor"
            ])
        #expect(messages("name: a\nbyName: {\"<<\": 10.0.0.1}\n") == [])
    }

    @Test("A merge key is named where names are data, too")
    func mergeKeyInPairs() {
        #expect(
            messages("name: a\nbyName: {x: 10.0.0.1, <<: {y: 10.0.0.2}}\n") == [
                "f.yaml:2:23: '<<' (a YAML merge key) is not supported; repeat the settings here, or give a single value an anchor"
            ])
    }

    @Test("Direction marks and other invisible characters of a value are shown as escapes")
    func invisible() {
        #expect(
            messages("name: \"a\u{202E}b\u{200B}\"").first?.hasPrefix("f.yaml:1:7: name: 'a\\u{202e}b\\u{200b}' is invalid")
                == true)
    }

    @Test("Invisible characters in the name of the file are shown as escapes")
    func invisibleFile() {
        let error = #expect(throws: ConfigurationMistakes.self) {
            try ConfigurationFile.read(text: "", named: "a\u{202E}.yaml", Self.settings)
        }
        #expect(error?.description.hasPrefix("a\\u{202e}.yaml: the file has no settings") == true)
    }

    @Test("All mistakes in a file are reported at once, ordered by position")
    func allAtOnce() {
        let text = "port: 0\ncolour: x\nextra: 1\naddresses: [a, 192.0.2.1, b]\n"
        #expect(
            messages(text).map { String($0.prefix(12)) } == [
                "f.yaml:1:1: ", "f.yaml:1:7: ", "f.yaml:2:9: ", "f.yaml:3:1: ", "f.yaml:4:13:", "f.yaml:4:27:",
            ])
    }

    @Test(
        "A mistake given by path points at the value, or as close to it as the file allows",
        arguments: [
            ("inner[1].spi", 4, 10), ("inner[1].other", 4, 5), ("inner[7].spi", 3, 3), ("nothing", 1, 1), ("port", 1, 7),
        ])
    func mistakeByPath(path: String, line: Int, column: Int) {
        let text = "port: 1\ninner:\n  - spi: 300\n  - spi: 301\n"
        let error = #expect(throws: ConfigurationMistakes.self) {
            try ConfigurationFile.read(text: text, named: "f.yaml") { root in
                _ = root.value("port", .port)
                _ = root.sections("inner").map { $0.value("spi", .integer(in: 1...UInt32.max)) }
                root.mistake(atPath: path, "p", "r")
            }
        }
        #expect(error?.mistakes.first?.position == ConfigurationPosition(line: line, column: column))
    }

    @Test("Of 20,000 mistakes in one list, the first 1,000 are listed and the others counted")
    func many() {
        let text = "inner:\n" + String(repeating: "  - spi: 300\n", count: 20_000)
        let error = #expect(throws: ConfigurationMistakes.self) {
            try ConfigurationFile.read(text: text, named: "f.yaml") { root in
                _ = root.sections("inner") { $0.value("spi", .integer(in: 1...UInt32.max)) }
                for index in 0..<20_000 { root.mistake(atPath: "inner[\(index)].spi", "p", "r") }
            }
        }
        #expect(error?.mistakes.count == 1000)
        #expect(error?.mistakes.last?.position == ConfigurationPosition(line: 1001, column: 10))
        #expect(error?.omitted == 19_000)
        #expect(error?.description.hasSuffix("\nand 19000 more") == true)
    }
}
