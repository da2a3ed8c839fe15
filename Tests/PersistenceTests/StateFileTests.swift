import Foundation
import Glibc
import MIPTesting
import Persistence
import Testing

@Suite("A state file")
struct StateFileTests {
    private let directory: TemporaryDirectory
    private let file: StateFile

    init() throws {
        directory = try TemporaryDirectory()
        file = StateFile(path: directory.file("state.json"))
    }

    private var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: directory.file("")).sorted() }
    }

    @Test("A missing file has no contents, and an empty one has empty contents")
    func missing() throws {
        #expect(try file.read() == nil)
        try file.write(Data())
        #expect(try file.read() == Data())
    }

    @Test("What was written can be read again, only by its owner, and no other file is left behind", arguments: [0, 1, 100_000])
    func whole(size: Int) throws {
        try file.write(Data("something longer than nothing".utf8))
        chmod(file.path, 0o644)
        let contents = Data((0..<size).map { UInt8(truncatingIfNeeded: $0) })
        try file.write(contents)
        #expect(try file.read() == contents)
        var status = stat()
        #expect(stat(file.path, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
        #expect(try names == ["state.json"])
    }

    @Test("A file left next to it by a crash is replaced, whatever its mode")
    func leftover() throws {
        try directory.write("half of", to: "state.json.new")
        chmod(file.path + ".new", 0o666)
        try file.write(Data("all".utf8))
        #expect(try file.read() == Data("all".utf8))
        #expect(try names == ["state.json"])
        var status = stat()
        #expect(stat(file.path, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
    }

    @Test("A path without a folder refers to the current folder")
    func relative() throws {
        let name = "state-file-test-\(getpid()).json"
        let file = StateFile(path: name)
        defer { unlink(name) }
        try file.write(Data("here".utf8))
        #expect(try file.read() == Data("here".utf8))
    }

    @Test("A failure names the file and the reason, and leaves the old contents")
    func failures() throws {
        let missing = StateFile(path: directory.file("no/state.json"))
        #expect(throws: StateFile.Failure("cannot write state file '\(missing.path)': No such file or directory")) {
            try missing.write(Data())
        }
        let folder = StateFile(path: directory.file("folder"))
        try FileManager.default.createDirectory(atPath: folder.path + "/occupied", withIntermediateDirectories: true)
        #expect(throws: StateFile.Failure("cannot read state file '\(folder.path)': Is a directory")) {
            try folder.read()
        }
        #expect(throws: StateFile.Failure("cannot write state file '\(folder.path)': Is a directory")) {
            try folder.write(Data())
        }
        #expect(try names == ["folder"])
        try file.write(Data("old".utf8))
        try FileManager.default.createDirectory(atPath: file.path + ".new", withIntermediateDirectories: false)
        #expect(throws: StateFile.Failure.self) { try file.write(Data("new".utf8)) }
        #expect(try file.read() == Data("old".utf8))
    }
}
