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

    private func withFile<Value>(_ bytes: [UInt8], _ body: (String) throws -> Value) throws -> Value {
        let path = NSTemporaryDirectory() + "mip-\(UUID().uuidString).yaml"
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try body(path)
    }

    @Test("A byte order mark is accepted, and columns are counted after it")
    func byteOrderMark() throws {
        let bytes = [0xEF, 0xBB, 0xBF] + Array("port: 80\n".utf8)
        #expect(try withFile(bytes) { try ConfigurationFile.read($0) { $0.value("port", .port) } } == 80)
        try withFile([0xEF, 0xBB, 0xBF] + Array("port: x\n".utf8)) { path in
            let error = #expect(throws: ConfigurationMistakes.self) {
                try ConfigurationFile.read(path) { $0.value("port", .port) }
            }
            #expect(error?.mistakes.first?.position == ConfigurationPosition(line: 1, column: 7))
        }
    }

    @Test("UTF-16 is named", arguments: [[0xFF, 0xFE, 0x61, 0x00], [0xFE, 0xFF, 0x00, 0x61]] as [[UInt8]])
    func utf16(bytes: [UInt8]) throws {
        try withFile(bytes) { #expect(message($0) == "\($0): the file is UTF-16 text; save it as UTF-8") }
    }

    @Test("A NUL character is refused at its position")
    func nul() throws {
        let error = #expect(throws: ConfigurationMistakes.self) {
            try ConfigurationFile.read(text: "name: a\nb: \u{0}\n", named: "f.yaml") { _ in }
        }
        #expect(error?.description.hasPrefix("f.yaml:2:4: invalid YAML: control characters are not allowed") == true)
    }
}
