import DaemonSupport
import Foundation
import MobileIPv4
import Testing

@Suite("Keys in configuration files")
struct KeyTests {
    private let folder: String

    init() throws {
        folder = NSTemporaryDirectory() + "mip-key-\(UUID().uuidString)/"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    private func read(_ text: String) throws(ConfigurationMistakes) -> AuthenticationKey {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return try ConfigurationFile.read(text: text, named: folder + "f.yaml") { $0.key() }
    }

    private func messages(_ text: String) -> [String] {
        do {
            _ = try read(text)
            return []
        } catch { return error.mistakes.map { $0.description.replacingOccurrences(of: folder, with: "") } }
    }

    @Test("A key is read from hexadecimal digits in the file")
    func inline() throws {
        #expect(try read("key: 00ff10") == AuthenticationKey(octets: [0, 0xFF, 0x10]))
    }

    private func write(_ text: String, to name: String, mode: mode_t = 0o600) throws {
        try text.write(toFile: folder + name, atomically: true, encoding: .utf8)
        chmod(folder + name, mode)
    }

    @Test(
        "A key is read from a file next to the configuration, ignoring line ends and a byte order mark",
        arguments: ["00ff 10\n", "\u{FEFF}00ff10\r\n"])
    func file(text: String) throws {
        try write(text, to: "k")
        #expect(try read("keyFile: k") == AuthenticationKey(octets: [0, 0xFF, 0x10]))
    }

    @Test(
        "A key file that every user can read or write is refused; one that its group can use is not",
        arguments: [
            (0o644, "every user can read it"), (0o602, "every user can write it"), (0o666, "every user can read and write it"),
            (0o640, nil), (0o660, nil), (0o400, nil),
        ] as [(mode_t, String?)])
    func mode(mode: mode_t, problem: String?) throws {
        try write("00112233445566778899aabbccddeeff", to: "k", mode: mode)
        let expected = problem.map { "f.yaml:1:10: keyFile 'k': \($0); expected mode 0600 or 0640: chmod o-rwx k" }
        #expect(messages("keyFile: k").first == expected)
    }

    @Test("An empty key file, such as a pipe into which nobody has written, is called empty", arguments: [false, true])
    func empty(isPipe: Bool) throws {
        try write("", to: "k")
        if isPipe {
            try #require(unlink(folder + "k") == 0 && mkfifo(folder + "k", 0o600) == 0)
        }
        #expect(
            messages("keyFile: k") == [
                "f.yaml:1:10: keyFile 'k': it is empty; expected pairs of hexadecimal digits, at least one"
            ])
    }

    @Test("A key file of another user is refused", .enabled(if: getuid() == 0, "needs root, to give a file away"))
    func owner() throws {
        try write("00112233445566778899aabbccddeeff", to: "k")
        chown(folder + "k", 65534, gid_t.max)
        #expect(
            messages("keyFile: k").first
                == "f.yaml:1:10: keyFile 'k': it belongs to user 65534; expected root as the owner: chown root k")
    }

    @Test("A configuration that contains a key is refused like a key file; one that names a key file is not")
    func configuration() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let file = folder + "a.yaml"
        try write("00112233445566778899aabbccddeeff", to: "k")
        try write("key: 00112233445566778899aabbccddeeff\n", to: "a.yaml", mode: 0o644)
        let error = #expect(throws: ConfigurationMistakes.self) { try ConfigurationFile.read(file) { $0.key() } }
        #expect(
            error?.description
                == "\(file): every user can read this file with secrets; expected mode 0600 or 0640: chmod o-rwx \(file)")
        chmod(file, 0o640)
        _ = try ConfigurationFile.read(file) { $0.key() }
        try write("keyFile: k\n", to: "a.yaml", mode: 0o644)
        _ = try ConfigurationFile.read(file) { $0.key() }
        chmod(file, 0o666)
        let open = #expect(throws: ConfigurationMistakes.self) {
            try ConfigurationFile.read(file, looksAtPlaces: true) { $0.key() }
        }
        #expect(open?.description == "\(file): every user can write this file; expected mode 0644 or less: chmod o-w \(file)")
    }

    @Test(
        "A short key is worth a warning, with both readings if it may be text",
        arguments: [
            ("00", "key has 1 byte; expected 16 or more (RFC 5944 §5.1)"),
            (
                "1234567812345678",
                "key (not shown) is read as 8 bytes in hexadecimal; read as text, its 16 characters would be 16 bytes; "
                    + "expected 16 bytes or more (RFC 5944 §5.1): write a text as 32 hexadecimal digits"
            ),
            ("00112233445566778899aabbccddee", "key has 15 bytes; expected 16 or more (RFC 5944 §5.1)"),
            ("00112233445566778899aabbccddeeff", nil), ("00112233445566778899aabbccddeeff00", nil),
        ] as [(String, String?)])
    func short(key: String, warning: String?) throws {
        try write(key, to: "k")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for (text, column, name) in [("key: \"\(key)\"", 6, "key"), ("keyFile: k", 10, "keyFile")] {
            var warnings: [String] = []
            _ = try ConfigurationFile.read(
                text: text, named: folder + "f.yaml", warnings: { first, _ in warnings = first.map(\.description) }, { $0.key() })
            let expected = warning.map { ["\(folder)f.yaml:1:\(column): \(name)\($0.dropFirst(3))"] } ?? []
            #expect(warnings == expected)
        }
    }

    @Test(
        "A key that is text is worth a warning if it is short, and with both readings if it looks like hexadecimal digits",
        arguments: [
            ("sesame", "has 6 bytes; expected 16 or more (RFC 5944 §5.1)"),
            (
                "1234567812345678",
                "(not shown) is read as 16 characters; read as hexadecimal digits, it would be 8 bytes; add --hex if that was meant"
            ),
            (
                "00112233445566778899aabbccddeeff",
                "(not shown) is read as 32 characters; read as hexadecimal digits, it would be 16 bytes; add --hex if that was meant"
            ),
            ("123456781234567", "has 15 bytes; expected 16 or more (RFC 5944 §5.1)"), ("123456781234567g", nil),
            ("12345678123456781", nil),
        ] as [(String, String?)])
    func text(key: String, warning: String?) {
        #expect(KeyStrength.warning(aboutText: key).map { "\($0.problem); \($0.remedy)" } == warning)
    }

    @Test("Of 1,200 short keys, the first 1,000 are named and all are counted")
    func manyShort() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let text = "list:\n" + String(repeating: "  - {key: \"00\"}\n", count: 1200)
        var (named, count) = (0, 0)
        _ = try ConfigurationFile.read(
            text: text, named: "f.yaml", warnings: { (named, count) = ($0.count, $1) }, { $0.sections("list").map { $0.key() } })
        #expect(named == 1000)
        #expect(count == 1200)
    }

    @Test(
        "A key in the wrong place is not shown",
        arguments: [
            "association: 00112233445566778899aabbccddeeff", "port: 00112233445566778899aabbccddeeff",
            "00112233445566778899aabbccddeeff: 1", "keyFile: 00112233445566778899aabbccddeeff", "sesame!opens: 1",
        ])
    func misplaced(text: String) throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let error = #expect(throws: ConfigurationMistakes.self) {
            try ConfigurationFile.read(text: text, named: folder + "f.yaml") { root in
                _ = root.optional("port", .port)
                _ = root.section("association")?.key()
                if root.has("keyFile") { _ = root.key() }
            }
        }
        #expect(error?.description.contains("112233") == false)
        #expect(error?.description.contains("sesame") == false)
    }

    @Test(
        "An invalid key is a mistake that does not show the key",
        arguments: [
            (
                "key: 0badsecret",
                "f.yaml:1:6: key: the value (not shown) is invalid; expected pairs of hexadecimal digits, at least one"
            ),
            (
                "x: 1",
                "f.yaml:1:1: 'key' is missing; add 'key:' with pairs of hexadecimal digits, at least one, or 'keyFile:' with a path"
            ),
            (
                "keyFile: none",
                "f.yaml:1:10: keyFile 'none': cannot open the file: No such file or directory; name a file that this user can read"
            ),
            (
                "keyFile: bad",
                "f.yaml:1:10: keyFile 'bad': the content (not shown) is not a key; expected pairs of hexadecimal digits, at least one"
            ),
            ("keyFile: /", "f.yaml:1:10: keyFile '/': cannot read the file: Is a directory; name a regular file"),
            ("key: 00\nkeyFile: bad", "f.yaml:2:10: key and keyFile are both given; keep one of them"),
        ])
    func wrong(text: String, message: String) throws {
        try write("sesame", to: "bad")
        #expect(messages(text).first == message)
    }
}
