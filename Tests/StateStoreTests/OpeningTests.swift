import Foundation
import GRDB
import MIPTesting
import Testing

@testable import StateStore

@Suite("A store that cannot be opened")
struct OpeningTests {
    private let folder: StoreFolder

    init() throws { folder = try StoreFolder() }

    /// A store with a journal, as a crash leaves it.
    private func crashed() async throws -> StoreFolder {
        let store = try folder.open(.disk)
        await store.commit { $0.put(.starts, 1, [1]) }
        defer { store.close() }
        return try folder.copy()
    }

    /// Opening fails with a sentence that names the path and what to do, and changes no file.
    private func expectFailure(
        _ kind: StoreFailure.Kind, _ words: [String], in folder: StoreFolder, location: SourceLocation = #_sourceLocation
    ) throws {
        // SQLite moves its log into the database when it closes one.
        let hasLog = folder.names.contains("state-wal")
        let before = try? folder.everything().filter { !hasLog || $0.key.hasPrefix("state-changes") }
        let failure = try #require(throws: StoreFailure.self, sourceLocation: location) { try folder.open().close() }
        #expect(failure.kind == kind, "\(failure)", sourceLocation: location)
        for word in words + [folder.path] {
            #expect(failure.description.contains(word), "\(failure)", sourceLocation: location)
        }
        let after = try? folder.everything().filter { !hasLog || $0.key.hasPrefix("state-changes") }
        #expect(after == before, sourceLocation: location)
    }

    private func execute(_ sql: String, _ folder: StoreFolder) throws {
        let queue = try DatabaseQueue(path: folder.path)
        try queue.inDatabase { try $0.execute(sql: sql) }
        try queue.close()
    }

    @Test("A missing folder is named")
    func missingFolder() throws {
        let path = folder.directory.file("missing/state")
        let failure = try #require(throws: StoreFailure.self) {
            try EmbeddedStore(path: path, durability: .process) { _ in }
        }
        #expect(failure.kind == .missing)
        #expect(
            failure.description
                == "cannot open state store '\(path)': No such file or directory; create the folder or choose another path")
    }

    @Test("A folder and a device are not stores")
    func otherKinds() throws {
        for (path, kind) in [(folder.directory.path, StoreFailure.Kind.notAStore), ("/dev/null", .notAStore)] {
            let failure = try #require(throws: StoreFailure.self) {
                try EmbeddedStore(path: path, durability: .process) { _ in }
            }
            #expect(failure.kind == kind, "\(failure)")
        }
    }

    @Test(
        "A file of something else is left as it is",
        arguments: ["{\"changes\": []}", "SQLite format 3\0", String(repeating: "x", count: 9000)])
    func otherFile(text: String) throws {
        try folder.directory.write(text, to: "state")
        try expectFailure(.notAStore, ["was not written as a state store", "move it aside"], in: folder)
    }

    @Test("The database of another program is left as it is")
    func otherDatabase() throws {
        try execute("CREATE TABLE t (a); PRAGMA application_id = 7", folder)
        chmod(folder.path, 0o600)
        try expectFailure(.notAStore, ["was not written as a state store"], in: folder)
    }

    @Test("A store of a newer version is left as it is")
    func newerVersion() throws {
        #expect(try folder.contents() == [:])
        try execute("PRAGMA user_version = 2", folder)
        let failure = try #require(throws: StoreFailure.self) { try folder.open().close() }
        #expect(failure.kind == .newerVersion)
        #expect(failure.description.contains("format 2, this program reads 1"))
    }

    @Test("A file that other users can read or write is refused", arguments: [0o604, 0o602, 0o606] as [mode_t])
    func trust(mode: mode_t) async throws {
        let crashed = try await crashed()
        for name in ["state", "state-wal", "state-changes.1"] {
            chmod(crashed.directory.file(name), mode)
            try expectFailure(.permission, [name, "every user can", "chmod"], in: crashed)
            chmod(crashed.directory.file(name), 0o600)
        }
        #expect(try crashed.contents() == [.starts: [1: [1]]])
    }

    @Test("A damaged database is reported")
    func damagedDatabase() async throws {
        let crashed = try await crashed()
        let bytes = try crashed.bytes(of: "state")
        for page in 1..<bytes.count / 4096 {
            var damaged = bytes
            for offset in page * 4096..<page * 4096 + 200 { damaged[offset] = 0xEE }
            try crashed.write(damaged, to: "state")
            let failure = try #require(throws: StoreFailure.self, "page \(page)") { try crashed.open().close() }
            #expect(failure.kind == .damaged, "page \(page): \(failure)")
            #expect(failure.description.contains("restore the store's files from a backup"))
        }
    }

    @Test("A journal without its database is reported", arguments: [true, false])
    func databaseMissing(isEmpty: Bool) async throws {
        let crashed = try await crashed()
        unlink(crashed.path)
        if isEmpty { try crashed.write([], to: "state") }
        let failure = try #require(throws: StoreFailure.self) { try crashed.open().close() }
        #expect(failure.kind == .damaged)
        #expect(failure.description.contains("state-changes.1' exists"))
        #expect(crashed.journal == ["state-changes.1"])
    }

    @Test("A missing file of the journal is reported")
    func journalMissing() async throws {
        let crashed = try await crashed()
        unlink(crashed.directory.file("state-changes.1"))
        let failure = try #require(throws: StoreFailure.self) { try crashed.open().close() }
        #expect(failure.kind == .damaged)
        #expect(failure.description.contains("'\(crashed.path)-changes.1' is missing"))
    }

    @Test("A journal of another store is reported")
    func otherStore() async throws {
        let crashed = try await crashed()
        let other = try StoreFolder()
        let store = try other.open()
        try FileManager.default.removeItem(atPath: crashed.directory.file("state-changes.1"))
        try crashed.write(try other.bytes(of: "state-changes.1"), to: "state-changes.1")
        store.close()
        let failure = try #require(throws: StoreFailure.self) { try crashed.open().close() }
        #expect(failure.description.contains("belongs to another state store"))
    }

    @Test("A second opener is refused until the first has closed, also by way of a link")
    func locked() async throws {
        let store = try folder.open()
        let link = folder.directory.file("link")
        symlink(folder.path, link)
        for path in [folder.path, link] {
            let failure = try #require(throws: StoreFailure.self) {
                try EmbeddedStore(path: path, durability: .process) { _ in }
            }
            #expect(failure.kind == .inUse)
            #expect(failure.description.contains("is in use by another process"))
        }
        #expect(await store.commit { $0.put(.starts, 1, [1]) } == nil)
        store.close()
        let linked = try EmbeddedStore(path: link, durability: .process) { _ in }
        #expect(try linked.contents() == [.starts: [1: [1]]])
        linked.close()
        #expect(folder.names == ["link", "state"])
    }

    @Test(
        "Missing permission for the folder or the store is reported", .enabled(if: OwnThread.canBeNobody),
        arguments: [(false, 0o700), (false, 0o755), (true, 0o777)] as [(Bool, mode_t)])
    func permission(exists: Bool, mode: mode_t) throws {
        if exists { #expect(try folder.contents() == [:]) }
        chmod(folder.directory.path, mode)
        let folder = folder
        let failure = OwnThread.run { () -> StoreFailure? in
            guard OwnThread.becomeNobody() else { return nil }
            do throws(StoreFailure) {
                try folder.open().close()
                return nil
            } catch {
                return error
            }
        }
        #expect(failure??.kind == .permission)
        #expect(failure??.description.contains("Permission denied; the daemon's user needs permission") == true)
    }

    @Test(
        "A failed system call is reported with what to do",
        arguments: [
            (ENOENT, StoreFailure.Kind.missing, "create the folder"), (EACCES, .permission, "needs permission"),
            (EROFS, .readOnly, "make the file system writable"), (ENOSPC, .noSpace, "make space"),
            (EDQUOT, .noSpace, "make space"),
            (EIO, .system, "check the disk"), (ENOLCK, .system, "see the system's log"),
        ])
    func texts(code: CInt, kind: StoreFailure.Kind, remedy: String) {
        let failure = StoreFailure("cannot open", "/state", code: code)
        #expect(failure.kind == kind)
        #expect(failure.description.hasPrefix("cannot open state store '/state': \(String(cString: strerror(code))); "))
        #expect(failure.description.contains(remedy))
    }
}
