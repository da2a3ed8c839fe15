import Foundation
import GRDB
import MIPTesting
import Testing

@testable import StateStore

@Suite("A store of which a part is damaged, missing or of another store")
struct DamageTests {
    private let folder: StoreFolder

    init() throws { folder = try StoreFolder() }

    /// A store with a journal, as a crash leaves it.
    private func crashed() async throws -> StoreFolder {
        let store = try folder.open(.disk)
        await store.commit { $0.put(.starts, 1, [1]) }
        defer { store.close() }
        return try folder.copy()
    }

    private func execute(_ sql: String, _ folder: StoreFolder) throws {
        let queue = try DatabaseQueue(path: folder.path)
        try queue.inDatabase { try $0.execute(sql: sql) }
        try queue.close()
    }

    @Test("After a load that failed, the journal is left as it is, until one succeeds")
    func failedLoad() async throws {
        struct Stop: Error {}
        let crashed = try await crashed()
        let journal = try crashed.bytes(of: "state-changes.1")
        let store = try crashed.open()
        #expect(throws: Stop.self) { try store.load { _, _, _ in throw Stop() } }
        await store.commit { $0.put(.starts, 2, [2]) }
        store.close()
        #expect(crashed.journal == ["state-changes.1", "state-changes.2"])
        #expect(try crashed.bytes(of: "state-changes.1") == journal)
        let again = try crashed.open()
        #expect(throws: Stop.self) { try again.load { _, _, _ in throw Stop() } }
        #expect(try again.contents() == [.starts: [1: [1], 2: [2]]])
        again.close()
        #expect(crashed.names == ["state"])
    }

    @Test("A record with a negative key is reported, and the journal is not folded")
    func negativeKey() async throws {
        let crashed = try await crashed()
        try execute("INSERT INTO mobileNodes VALUES (-1, x'01')", crashed)
        let store = try crashed.open()
        let failure = try #require(throws: StoreFailure.self) { try store.load { _, _, _ in } }
        #expect(failure.kind == .damaged)
        #expect(failure.description.contains("-wal"))
        store.close()
        #expect(crashed.journal.first == "state-changes.1")
    }

    @Test(
        "A count of the journal that is out of range is reported", arguments: ["folded", "sequence", "begun"],
        [-1, Int64.min, Int64.max])
    func counts(column: String, value: Int64) throws {
        #expect(try folder.contents() == [:])
        try execute("UPDATE journal SET \(column) = \(value)", folder)
        let failure = try #require(throws: StoreFailure.self) { try folder.open().close() }
        #expect(failure.kind == .damaged)
    }

    @Test("A missing newest file of the journal is reported after earlier ones were folded")
    func newestMissing() async throws {
        var settings = StoreSettings()
        settings.fileLimit = 1000
        let store = try folder.open(.process, settings)
        #expect(try store.contents() == [:])
        try await eventually("the first file is folded") {
            await store.commit { $0.put(.starts, 1, [UInt8](repeating: 1, count: 300)) }
            return !folder.names.contains("state-changes.1")
        }
        let crashed = try folder.copy()
        store.close()
        for name in crashed.journal { unlink(crashed.directory.file(name)) }
        let failure = try #require(throws: StoreFailure.self) { try crashed.open().close() }
        #expect(failure.kind == .damaged)
        #expect(failure.description.contains("is missing"))
    }

    @Test(
        "A log of another database beside a store that is to be created is reported", arguments: ["state-wal", "state-journal"])
    func otherLog(name: String) throws {
        try folder.write([1, 2, 3], to: name)
        for isConversion in [false, true] {
            if isConversion { try folder.directory.write("{}", to: "state") }
            let failure = try #require(throws: StoreFailure.self) {
                if isConversion {
                    _ = try EmbeddedStore.convertEarlierFormat(at: folder.path) { _ in StoreBatch() }
                } else {
                    try folder.open().close()
                }
            }
            #expect(failure.kind == .damaged)
            #expect(failure.description.contains("\(folder.path)\(name.dropFirst(5))' exists"))
            #expect(try folder.bytes(of: name) == [1, 2, 3])
        }
        #expect(EmbeddedStore.isEarlierFormat(folder.path))
    }

    @Test("A link in the place of a journal file is not followed")
    func link() async throws {
        let crashed = try await crashed()
        let name = crashed.directory.file("state-changes.1")
        rename(name, crashed.directory.file("aside"))
        symlink(crashed.directory.file("aside"), name)
        #expect(throws: StoreFailure.self) { try crashed.open().close() }
    }

    @Test("What a process wrote and could not make durable is written again by the next one", arguments: [false, true])
    func unsynced(isFull: Bool) async throws {
        let disk = FailingDisk()
        var settings = StoreSettings()
        settings.calls = disk.calls
        settings.syncInterval = .milliseconds(10)
        settings.retryInterval = .milliseconds(10)
        let store = try folder.open(.process, settings)
        await store.commit { $0.put(.starts, 1, [1]) }
        try await eventually("the first batch is durable") { disk.syncCount > 1 }
        disk.set { $0.syncs = EIO }
        await store.commit { $0.put(.starts, 2, [2]) }
        let crashed = try folder.copy()
        store.close()
        let durable = try #require(JournalContents(path: crashed.directory.file("state-changes.1")).batches.first).upperBound

        disk.set {
            $0 = .init()
            if isFull { $0.writes = ENOSPC }
        }
        // Without a load, nothing is folded.
        let next = try crashed.open(.process, settings)
        if isFull {
            #expect(await next.commit { $0.put(.starts, 3, [3]) }?.kind == .noSpace)
            #expect(try crashed.copy().contents() == [.starts: [1: [1], 2: [2]]])
            disk.set { $0 = .init() }
        }
        await next.commit { $0.put(.starts, 3, [3]) }
        // The power fails.
        let after = try crashed.copy()
        #expect(isFull || after.names.contains("state-changes.1"))
        if after.names.contains("state-changes.1") { truncate(after.directory.file("state-changes.1"), durable) }
        let expected: Contents = [.starts: [1: [1], 2: [2], 3: [3]]]
        #expect(try after.contents() == expected)
        #expect(try next.contents() == [.starts: [1: [1], 2: [2]]])
        next.close()
        #expect(try crashed.contents() == expected)
        #expect(crashed.names == ["state"])
    }
}
