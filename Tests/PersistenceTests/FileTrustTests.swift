import Foundation
import Glibc
import MIPTesting
import Persistence
import Testing

@Suite("Files with secrets")
struct FileTrustTests {
    private static func problem(
        owner: uid_t, mode: mode_t, user: uid_t, caller: uid_t? = nil, kind: mode_t = S_IFREG
    ) -> String? {
        var status = stat()
        status.st_uid = owner
        status.st_mode = kind | mode
        return FileTrust.problem(status, path: "/k", what: "the key", user: user, caller: caller).map {
            "\($0.problem); \($0.remedy)"
        }
    }

    @Test(
        "They belong to root or to this user, whatever their group may do, and are closed to others",
        arguments: [
            (0, 0o600, 0, nil), (0, 0o640, 1000, nil), (1000, 0o600, 1000, nil), (1000, 0o660, 1000, nil), (0, 0o400, 0, nil),
            (0, 0o644, 0, "every user can read the key; expected mode 0600 or 0640: chmod o-rwx /k"),
            (1000, 0o606, 1000, "every user can read and write the key; expected mode 0600 or 0640: chmod o-rwx /k"),
            (0, 0o622, 0, "every user can write the key; expected mode 0600 or 0640: chmod o-rwx /k"),
            (12345, 0o600, 0, "the key belongs to user 12345; expected root as the owner: chown root /k"),
            (12345, 0o600, 1000, "the key belongs to user 12345; expected root or user 1000 as the owner: chown 1000 /k"),
        ] as [(uid_t, mode_t, uid_t, String?)])
    func rule(owner: uid_t, mode: mode_t, user: uid_t, problem: String?) {
        #expect(Self.problem(owner: owner, mode: mode, user: user) == problem)
    }

    @Test(
        "A file without secrets may belong to anyone and be read by everyone, but not be written by everyone",
        arguments: [
            (0, 0o644, nil), (1000, 0o664, nil), (0, 0o604, nil),
            (0, 0o646, "every user can write the file; expected mode 0644 or less: chmod o-w /k"),
            (12345, 0o644, nil),
        ] as [(uid_t, mode_t, String?)])
    func withoutSecrets(owner: uid_t, mode: mode_t, problem: String?) {
        var status = stat()
        status.st_uid = owner
        status.st_mode = S_IFREG | mode
        let found = FileTrust.problem(status, path: "/k", what: "the file", isSecret: false, user: 1000)
        #expect(found.map { "\($0.problem); \($0.remedy)" } == problem)
    }

    @Test("The user who called sudo is trusted where the program says so, and only then")
    func caller() {
        #expect(Self.problem(owner: 1000, mode: 0o600, user: 0, caller: 1000) == nil)
        #expect(Self.problem(owner: 1000, mode: 0o600, user: 0) != nil)
        #expect(Self.problem(owner: 1001, mode: 0o600, user: 0, caller: 1000) != nil)
        #expect(Self.problem(owner: 1000, mode: 0o644, user: 0, caller: 1000) != nil)
    }

    @Test("Terminals pass", arguments: [S_IFCHR, S_IFSOCK])
    func terminals(kind: mode_t) {
        #expect(Self.problem(owner: 12345, mode: 0o666, user: 0, kind: kind) == nil)
    }

    @Test("A pipe with a name is a file as any other: whoever may write to it decides what is read")
    func namedPipe() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("p")
        try #require(mkfifo(path, 0o600) == 0)
        var status = stat()
        lstat(path, &status)
        #expect(FileTrust.problem(status, path: path, what: "the key")?.problem == nil)
        chmod(path, 0o666)
        lstat(path, &status)
        #expect(
            FileTrust.problem(status, path: path, what: "the key")?.problem == "every user can read and write the key")
        status.st_uid = 12345
        #expect(FileTrust.problem(status, path: path, what: "the key", user: 0)?.problem == "the key belongs to user 12345")
    }

    @Test("A pipe without a name passes, even if another user has made it, as with '… | sudo …'")
    func unnamedPipe() {
        var ends: [CInt] = [-1, -1]
        pipe(&ends)
        defer { for end in ends { close(end) } }
        var status = stat()
        fstat(ends[0], &status)
        #expect(status.st_mode & S_IFMT == S_IFIFO)
        status.st_uid = 12345
        #expect(FileTrust.problem(status, path: "/dev/stdin", what: "the key", user: 0)?.problem == nil)
    }

    @Test("The mode that counts is that of the file, not of a link to it, and contents are returned only if the rule permits it")
    func read() throws {
        let directory = try TemporaryDirectory()
        let file = try directory.write("sesame", to: "k")
        symlink(file, directory.file("link"))
        #expect(try FileTrust.read(secret: directory.file("link"), limit: 100).get() == Data("sesame".utf8))
        chmod(file, 0o644)
        let problem = FileTrust.Problem(
            text: "every user can read the file",
            remedy: "expected mode 0600 or 0640: chmod o-rwx \(directory.file("link"))")
        #expect(FileTrust.read(secret: directory.file("link"), limit: 100) == .failure(problem))
        chmod(file, 0o600)
        #expect(throws: FileTrust.Problem.self) { try FileTrust.read(secret: file, limit: 5).get() }
        #expect(throws: FileTrust.Problem.self) { try FileTrust.read(secret: directory.file("none"), limit: 5).get() }
    }

    @Test("A name that a shell would read as more than a word is not part of a remedy", arguments: ["a b", "$(x)", "a\nb", ""])
    func shellWord(path: String) {
        #expect(FileTrust.shellWord(path) == "FILE")
    }

    @Test("A state file that every user can read is refused")
    func state() throws {
        let directory = try TemporaryDirectory()
        let file = StateFile(path: try directory.write("{}", to: "s.json", mode: 0o644))
        #expect(
            throws: StateFile.Failure(
                "cannot use state file '\(file.path)': every user can read it; expected mode 0600 or 0640: chmod o-rwx \(file.path)"
            )
        ) { try file.read() }
    }
}
