import DaemonSupport
import Foundation
import Testing

@Suite("Configuration files that cannot be read")
struct FileProblemTests {
    private func message(_ path: String) -> String? {
        do {
            try ConfigurationFile.read(path) { _ in }
            return nil
        } catch { return error.description }
    }

    @Test("A missing file is a mistake that names it")
    func missing() {
        #expect(
            message("/nonexistent/x.yaml")
                == "/nonexistent/x.yaml: cannot open the file: No such file or directory; name a file that this user can read"
        )
    }

    @Test("A folder is a mistake")
    func folder() {
        #expect(message("/") == "/: cannot read the file: Is a directory; name a regular file")
    }

    @Test("An endless file is refused at the size limit")
    func endless() {
        #expect(message("/dev/zero") == "/dev/zero: the file is larger than 67108864 bytes; name a smaller file")
    }

    @Test("A file that is not UTF-8 is refused at the first invalid byte")
    func notUTF8() throws {
        let path = NSTemporaryDirectory() + "mip-\(UUID().uuidString).yaml"
        try Data([0x61, 0x3A, 0x20, 0x62, 0x0A, 0x63, 0xFF]).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(message(path) == "\(path):2:2: the file is not UTF-8 text; save it as UTF-8")
    }

    @Test("A NUL character is refused at its position")
    func nul() throws {
        let error = #expect(throws: ConfigurationMistakes.self) {
            try ConfigurationFile.read(text: "name: a\nb: \u{0}\n", named: "f.yaml") { _ in }
        }
        #expect(error?.description.hasPrefix("f.yaml:2:4: invalid YAML: control characters are not allowed") == true)
    }
}
