import DaemonSupport
import Foundation
import Testing

@Suite("Places that a configuration names")
struct PlaceTests {
    private let folder: String

    init() throws {
        folder = NSTemporaryDirectory() + "mip-place-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    /// What is found in a file with this text: mistakes and warnings.
    private func look(_ text: String, _ body: (ConfigurationSection) -> Void) throws -> (mistakes: [String], warnings: [String]) {
        let file = folder + "/a.yaml"
        try text.write(toFile: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var warnings: [String] = []
        func short(_ found: [ConfigurationMistake]) -> [String] {
            found.map {
                $0.description.replacingOccurrences(of: file + ":", with: "a:").replacingOccurrences(of: folder, with: "/f")
            }
        }
        do {
            try ConfigurationFile.read(file, looksAtPlaces: true, warnings: { first, _ in warnings = short(first) }, body)
            return ([], warnings)
        } catch {
            return (short(error.mistakes), warnings)
        }
    }

    @Test(
        "A socket needs a folder, of which one level is created, and no file in its way",
        arguments: [
            ("{f}/a.sock", nil), ("{f}/new/a.sock", nil),
            ("{f}/new/new/a.sock", "the folder '/f/new/new' does not exist; create it: mkdir -p /f/new/new"),
            ("{f}", "it is a folder; expected the path of a socket in it, such as /f/NAME.sock"),
            ("{f}/a.yaml", "it is a file that is not a socket; remove it, or choose another path"),
            ("{f}/a.sock/", "it ends with '/', so it names a folder; expected the path of a file, such as /f/a.sock/NAME.sock"),
            ("{f}/a.yaml/", "it ends with '/', so it names a folder; expected the path of a file, such as /f/a.yaml/NAME.sock"),
            ("{f}/dangling", "it is a link to a path where nothing is; remove it, or choose another path"),
            (
                "{f}/dangling/a.sock",
                "'/f/dangling' is not a folder; choose another path, or let this user (\(geteuid())) write there"
            ),
            (
                "{f}/a.yaml/a.sock",
                "'/f/a.yaml' is not a folder; choose another path, or let this user (\(geteuid())) write there"
            ),
            (
                "/proc/x/a.sock",
                "cannot create files in '/proc', whose files are the kernel's; "
                    + "choose another path, or let this user (\(geteuid())) write there"
            ),
        ] as [(String, String?)])
    func socket(path: String, problem: String?) throws {
        let path = path.replacingOccurrences(of: "{f}", with: folder)
        try FileManager.default.createSymbolicLink(atPath: folder + "/dangling", withDestinationPath: folder + "/nowhere")
        let found = try look("socket: \(path)\n") { _ = $0.socket("socket") }
        let shown = path.replacingOccurrences(of: folder, with: "/f")
        #expect(found.mistakes == (problem.map { ["a:1:9: socket '\(shown)': \($0)"] } ?? []))
    }

    @Test(
        "A state file needs a folder, and a file there must be one that the daemon may read",
        arguments: [
            ("{f}/s.json", false, nil), ("{f}/new/s.json", true, nil), ("{f}/new/new/s.json", true, nil),
            ("{f}/new/s.json", false, "the folder '/f/new' does not exist; create it: mkdir -p /f/new"),
            ("{f}", false, "it is a folder; expected the path of a file in it, such as /f/state.json"),
            ("{f}/open.json", false, "every user can read it; expected mode 0600 or 0640: chmod o-rwx /f/open.json"),
            ("/dev/null", false, "it is not a regular file; choose another path"),
            ("{f}/new/", true, "it ends with '/', so it names a folder; expected the path of a file, such as /f/new/state.json"),
            ("{f}/dangling", false, nil),
        ] as [(String, Bool, String?)])
    func stateFile(path: String, createsFolder: Bool, problem: String?) throws {
        try "{}".write(toFile: folder + "/open.json", atomically: true, encoding: .utf8)
        chmod(folder + "/open.json", 0o644)
        let path = path.replacingOccurrences(of: "{f}", with: folder)
        try FileManager.default.createSymbolicLink(atPath: folder + "/dangling", withDestinationPath: folder + "/nowhere")
        let found = try look("state: \(path)\n") { _ = $0.stateFile("state", createsFolder: createsFolder) }
        let shown = path.replacingOccurrences(of: folder, with: "/f")
        #expect(found.mistakes == (problem.map { ["a:1:8: state '\(shown)': \($0)"] } ?? []))
    }

    @Test("A folder is created with all above it")
    func folders() throws {
        #expect(try look("folder: \(folder)/x/y/z\n") { _ = $0.folder("folder", default: "/") }.mistakes.isEmpty)
    }

    @Test("A folder in which every user can replace files holds neither state nor keys")
    func openToAll() throws {
        chmod(folder, 0o777)
        try "00112233445566778899aabbccddeeff".write(toFile: folder + "/k", atomically: true, encoding: .utf8)
        chmod(folder + "/k", 0o600)
        let found = try look("state: \(folder)/s.json\nkeyFile: \(folder)/k\n") { root in
            _ = root.stateFile("state")
            _ = root.key()
        }
        let problem = "every user can replace the files in the folder '/f"
        #expect(found.mistakes.count == 2)
        #expect(found.mistakes.first?.hasPrefix("a:1:8: state '/f/s.json': \(problem)'") == true, "\(found)")
        #expect(found.mistakes.last?.hasPrefix("a:2:10: keyFile '/f': \(problem)'") == true, "\(found)")
    }

    @Test("A default that cannot be used is a warning, because it may never be needed")
    func defaults() throws {
        let found = try look("x: 1\n") { root in
            _ = root.has("x")
            _ = root.stateFile("state", default: "/proc/s.json")
        }
        #expect(found.mistakes.isEmpty)
        #expect(found.warnings.first?.hasPrefix("a: state '/proc/s.json': cannot create files in '/proc'") == true, "\(found)")
    }

    @Test("Another user's folder is named", .enabled(if: geteuid() != 0, "root can write everywhere"))
    func permission() throws {
        let found = try look("state: /s.json\n") { _ = $0.stateFile("state") }
        #expect(found.mistakes.first?.contains("cannot create files in '/': Permission denied") == true, "\(found)")
    }

    @Test("A configuration that is only read, as in a test, looks at nothing")
    func pure() throws {
        let path = try ConfigurationFile.read(text: "state: /proc/s.json\n", named: "f.yaml") { $0.stateFile("state") }
        #expect(path == "/proc/s.json")
    }
}
