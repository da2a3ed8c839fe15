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

    @Test("A key is read from a file next to the configuration, ignoring line ends")
    func file() throws {
        try "00ff 10\n".write(toFile: folder + "k", atomically: true, encoding: .utf8)
        #expect(try read("keyFile: k") == AuthenticationKey(octets: [0, 0xFF, 0x10]))
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
        try "sesame".write(toFile: folder + "bad", atomically: true, encoding: .utf8)
        #expect(messages(text).first == message)
    }
}
