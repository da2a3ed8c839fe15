import Foundation
import MIPTesting
import Testing

@testable import StateStore

@Suite("A disk that fails while a store is open")
struct FaultTests {
    private let folder: StoreFolder
    private let disk = FailingDisk()
    private let reports = Log<StoreFailure.Kind?>()

    init() throws { folder = try StoreFolder() }

    private func open(_ durability: Durability, _ change: (inout StoreSettings) -> Void = { _ in }) throws -> EmbeddedStore {
        var settings = StoreSettings()
        settings.calls = disk.calls
        settings.syncInterval = .milliseconds(20)
        settings.retryInterval = .milliseconds(20)
        change(&settings)
        return try folder.open(durability, settings) { [reports] in reports.append($0?.kind) }
    }

    @Test(
        "A commit that cannot be written fails, and later ones succeed when it can", arguments: [Durability.process, .disk],
        [false, true])
    func fullDisk(durability: Durability, isStuck: Bool) async throws {
        let store = try open(durability)
        #expect(await store.commit { $0.put(.starts, 1, [1]) } == nil)
        disk.set {
            $0.writes = ENOSPC
            $0.bytesLeft = 20
            if isStuck { $0.truncates = EIO }
        }
        for _ in 0..<3 {
            let failure = await store.commit { $0.put(.starts, 2, [UInt8](repeating: 2, count: 100)) }
            #expect(failure?.kind == .noSpace)
            #expect(failure?.description.contains("\(folder.path)-changes.1") == true || isStuck)
            #expect(try folder.copy().contents() == [.starts: [1: [1]]])
        }
        disk.set { $0 = .init() }
        #expect(await store.commit { $0.put(.starts, 3, [3]) } == nil)
        let expected: Contents = [.starts: [1: [1], 3: [3]]]
        #expect(try folder.copy().contents() == expected)
        store.close()
        #expect(try folder.contents() == expected)
        #expect(folder.names == ["state"])
    }

    @Test("With durability memory, changes wait until they can be written, and the trouble is reported")
    func memory() async throws {
        let store = try open(.memory)
        disk.set { $0.writes = ENOSPC }
        #expect(await store.commit { $0.put(.starts, 1, [1]) } == nil)
        try await eventually("a report") { reports.entries == [.noSpace] }
        #expect(await store.commit { $0.put(.starts, 2, [2]) } == nil)
        disk.set { $0 = .init() }
        try await eventually("the end of the trouble") { reports.entries == [.noSpace, nil] }
        #expect(try folder.copy().contents() == [.starts: [1: [1], 2: [2]]])
        store.close()
    }

    @Test("With durability memory, changes that could not be written are tried again only after a while")
    func memoryRetry() async throws {
        let store = try open(.memory) {
            $0.syncInterval = .milliseconds(1)
            $0.retryInterval = .seconds(60)
        }
        disk.set { $0.writes = ENOSPC }
        let before = disk.writeCount
        #expect(await store.commit { $0.put(.starts, 1, [1]) } == nil)
        try await eventually("a report") { reports.entries == [.noSpace] }
        try await Task.sleep(for: .milliseconds(50))
        #expect(disk.writeCount == before + 1)
        disk.set { $0 = .init() }
        store.close()
        #expect(try folder.contents() == [.starts: [1: [1]]])
    }

    @Test("A commit to a store that is closing is done after those before it")
    func closing() async throws {
        let store = try open(.process)
        let log = Log<String>()
        disk.set { $0.pauses = true }
        store.commit(0..<3, [1]) { key, failure in log.append("\(key) \(failure.map { "\($0.kind)" } ?? "kept")") }
        Thread.detachNewThread { store.close() }
        try await eventually("the store is closing") { store.journal.queue.withLock { $0.isClosing } }
        store.commit(3..<5, [1]) { key, failure in log.append("\(key) \(failure.map { "\($0.kind)" } ?? "kept")") }
        #expect(log.entries == [])
        disk.set { $0 = .init() }
        store.close()
        #expect(log.entries == ["0 kept", "1 kept", "2 kept", "3 closed", "4 closed"])
        #expect(try folder.contents()[.mobileNodes]?.count == 3)
    }

    @Test("A batch that is too large is refused with the limit")
    func largeBatch() async throws {
        let store = try open(.process) { $0.waitingLimit = 1000 }
        let failure = await store.commit { $0.put(.starts, 1, [UInt8](repeating: 1, count: 1000)) }
        #expect(failure?.kind == .overloaded)
        #expect(failure?.description.contains("at most 1000") == true)
        store.close()
    }

    @Test("What the system failed to make durable is written again to another file")
    func failedSync() async throws {
        let store = try open(.process)
        #expect(await store.commit { $0.put(.starts, 1, [1]) } == nil)
        try await eventually("the first batch is durable") { disk.syncCount > 1 }
        disk.set { $0.syncs = EIO }
        #expect(await store.commit { $0.put(.starts, 2, [2]) } == nil)
        try await eventually("a report") { reports.entries == [.system] }
        // The process may end while nothing can be made durable.
        #expect(await store.commit { $0.put(.starts, 3, [3]) } == nil)
        let expected: Contents = [.starts: [1: [1], 2: [2], 3: [3]]]
        #expect(try folder.copy().contents() == expected)
        // The system forgets what it could not write.
        let old = folder.directory.file("state-changes.1")
        let contents = try JournalContents(path: old)
        let durable = try #require(contents.batches.first).upperBound
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: old))
        try file.seek(toOffset: UInt64(durable))
        try file.write(contentsOf: Data(repeating: 0, count: contents.end - durable))
        try file.close()
        disk.set { $0 = .init() }
        try await eventually("the end of the trouble") { reports.entries == [.system, nil] }
        #expect(try folder.copy().contents() == expected)
        store.close()
        #expect(try folder.contents() == expected)
        #expect(folder.names == ["state"])
    }

    @Test("With durability disk, a commit fails that is not durable, and the next one is")
    func failedSyncOfCommit() async throws {
        let store = try open(.disk)
        #expect(await store.commit { $0.put(.starts, 1, [1]) } == nil)
        disk.set { $0.syncs = EIO }
        for _ in 0..<3 {
            let failure = await store.commit { $0.put(.starts, 2, [2]) }
            #expect(failure?.kind == .system)
            #expect(failure?.description.contains("check the disk") == true)
        }
        disk.set { $0 = .init() }
        #expect(await store.commit { $0.put(.starts, 3, [3]) } == nil)
        let crashed = try folder.copy()
        #expect(try crashed.contents() == [.starts: [1: [1], 3: [3]]])
        store.close()
        #expect(folder.names == ["state"])
    }

    @Test("With durability disk, nothing is done before it is on disk")
    func syncFirst() async throws {
        let store = try open(.disk)
        let before = disk.syncCount
        await store.commit { $0.put(.starts, 1, [1]) }
        #expect(disk.syncCount == before + 1)
        store.close()
    }

    @Test("Short and interrupted writes are continued")
    func shortWrites() async throws {
        let store = try open(.process)
        disk.set { $0.longestWrite = 7 }
        #expect(await store.commit { $0.put(.starts, 1, [UInt8](repeating: 1, count: 1000)) } == nil)
        #expect(try folder.copy().contents() == [.starts: [1: [UInt8](repeating: 1, count: 1000)]])
        store.close()
    }

    @Test("What waits to be written is bounded, and refused commits are done in order")
    func bounded() async throws {
        let store = try open(.process) { $0.waitingLimit = 10_000 }
        let log = Log<String>()
        disk.set { $0.pauses = true }
        store.commit(0..<20, [UInt8](repeating: 1, count: 1000)) { key, failure in
            log.append("\(key) \(failure.map { "\($0.kind)" } ?? "kept")")
        }
        #expect(log.entries == [])
        disk.set { $0 = .init() }
        try await eventually("all are done") { log.entries.count == 20 }
        #expect(log.entries == (0..<20).map { "\($0) \($0 < 9 ? "kept" : "overloaded")" })
        #expect(await store.commit { $0.put(.starts, 1, [1]) } == nil)
        store.close()
        #expect(try folder.contents()[.mobileNodes]?.count == 9)
    }

    @Test("What is written and not durable is bounded")
    func unsyncedBound() async throws {
        let store = try open(.process) { $0.waitingLimit = 10_000 }
        disk.set { $0.syncs = EIO }
        var results: [StoreFailure.Kind?] = []
        for key in 0..<20 as Range<UInt64> {
            results.append(await store.commit { $0.put(.mobileNodes, key, [UInt8](repeating: 1, count: 1000)) }?.kind)
        }
        #expect(results.first == .some(nil))
        #expect(results.last == .some(.overloaded))
        disk.set { $0 = .init() }
        try await eventually("a commit succeeds") { await store.commit { $0.put(.starts, 1, [1]) } == nil }
        store.close()
        let kept = results.count { $0 == nil }
        #expect(try folder.contents()[.mobileNodes]?.count == kept)
    }

    @Test("A database that cannot be written leaves the journal, and folding is tried again")
    func foldingFails() async throws {
        let store = try open(.process) {
            $0.fileLimit = 1000
            $0.foldRetryInterval = .milliseconds(20)
        }
        // A folder in the place of the file that is to be folded.
        let first = folder.directory.file("state-changes.1")
        let aside = folder.directory.file("aside")
        rename(first, aside)
        try await eventually("a report") {
            await store.commit { $0.put(.starts, 1, [UInt8](repeating: 1, count: 500)) }
            return reports.entries.contains(.missing)
        }
        rename(aside, first)
        try await eventually("the end of the trouble") { reports.entries.last == .some(nil) }
        store.close()
        #expect(try folder.contents()[.starts]?.count == 1)
    }
}
