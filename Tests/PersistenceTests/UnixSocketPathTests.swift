import Foundation
import MIPTesting
import Testing

@testable import Persistence

@Suite("The path of a Unix socket")
struct UnixSocketPathTests {
    private static func kind(_ body: () throws -> Void) -> UnixSocketPath.Problem.Kind? {
        do {
            try body()
            return nil
        } catch {
            return (error as? UnixSocketPath.Problem)?.kind
        }
    }

    /// A socket at the path whose program has ended.
    private static func leaveBehind(_ path: String) throws {
        close(try UnixSocketPath(path).open())
        #expect(FileManager.default.fileExists(atPath: path))
    }

    @Test(
        "A path that no socket can have is refused with its length",
        arguments: ["", "/tmp/" + String(repeating: "x", count: 103), "/tmp/\0"])
    func invalid(path: String) {
        #expect(Self.kind { _ = try UnixSocketPath(path) } == .invalidPath)
    }

    @Test("A path of 107 bytes can be opened")
    func longest() throws {
        let directory = try TemporaryDirectory()
        let path = try UnixSocketPath(directory.file(String(repeating: "x", count: 106 - directory.path.utf8.count)))
        #expect(path.path.utf8.count == 107)
        close(try path.open())
    }

    @Test("The socket that a running program listens on is left to it, by claim as by open")
    func inUse() throws {
        let directory = try TemporaryDirectory()
        let first = try UnixSocketPath(directory.file("a.sock"))
        let descriptor = try first.open()
        defer { close(descriptor) }
        let second = try UnixSocketPath(directory.file("a.sock"))
        #expect(Self.kind { try second.claim() } == .inUse)
        #expect(Self.kind { _ = try second.open() } == .inUse)
        second.release()
        #expect(FileManager.default.fileExists(atPath: first.path))
    }

    @Test("A program that is too busy to accept counts as running")
    func busy() throws {
        let directory = try TemporaryDirectory()
        let first = try UnixSocketPath(directory.file("a.sock"))
        let descriptor = try first.open(backlog: 0)
        defer { close(descriptor) }
        for _ in 0..<3 { #expect(Self.kind { try UnixSocketPath(first.path).claim() } == .inUse) }
    }

    @Test("A socket that a killed program left behind is replaced")
    func leftover() throws {
        let directory = try TemporaryDirectory()
        let path = try UnixSocketPath(directory.file("a.sock"))
        try Self.leaveBehind(path.path)
        close(try path.open())
        path.release()
        try Self.leaveBehind(path.path)
        try path.claim()
        #expect(!FileManager.default.fileExists(atPath: path.path))
    }

    @Test("A file that is not a socket is neither replaced nor removed")
    func otherFile() throws {
        let directory = try TemporaryDirectory()
        let path = try UnixSocketPath(try directory.write("precious", to: "a.sock"))
        #expect(Self.kind { try path.claim() } == .notASocket)
        path.release()
        #expect(try String(contentsOfFile: path.path, encoding: .utf8) == "precious")
    }

    @Test("At the end, only the file that the program made is removed")
    func release() throws {
        let directory = try TemporaryDirectory()
        let path = try UnixSocketPath(directory.file("a.sock"))
        let descriptor = try path.open()
        // Somebody else takes the path over.
        unlink(path.path)
        let other = try UnixSocketPath(path.path).open()
        defer { close(other) }
        close(descriptor)
        path.release()
        #expect(FileManager.default.fileExists(atPath: path.path))
    }

    @Test("A missing folder is created, and the socket's mode is 0660")
    func folder() throws {
        let directory = try TemporaryDirectory()
        let path = try UnixSocketPath(directory.file("new/a.sock"))
        close(try path.open())
        var status = stat()
        #expect(stat(path.path, &status) == 0 && status.st_mode & 0o777 == 0o660)
        path.release()
        #expect(!FileManager.default.fileExists(atPath: path.path))
    }

    @Test("Connecting to any path has a result: a path that is too long has one, too")
    func connecting() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("a.sock")
        #expect(UnixSocketPath.connect(to: path) == ENOENT)
        let listener = try UnixSocketPath(path).open()
        #expect(UnixSocketPath.connect(to: path) == 0)
        close(listener)
        #expect(UnixSocketPath.connect(to: path) == ECONNREFUSED)
        #expect(UnixSocketPath.connect(to: "/" + String(repeating: "x", count: 200)) == ENAMETOOLONG)
    }

    @Test("The user at the other end of a connection is known, and none at the end of anything else")
    func peer() throws {
        var pair: [CInt] = [0, 0]
        #expect(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &pair) == 0)
        defer { for descriptor in pair { close(descriptor) } }
        let peer = try #require(PeerCredentials(ofSocket: pair[0]))
        #expect(peer.uid == geteuid() && peer.gid == getegid() && peer.pid == getpid())
        let udp = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        defer { close(udp) }
        #expect(PeerCredentials(ofSocket: udp) == nil && PeerCredentials(ofSocket: -1) == nil)
    }

    @Test("A user without a name is shown by number")
    func name() {
        #expect(PeerCredentials(uid: 0, gid: 0, pid: 1).userName == "root")
        #expect(PeerCredentials(uid: 3_999_999_999, gid: 0, pid: 1).userName == "3999999999")
    }
}
