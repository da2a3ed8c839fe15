import Foundation
import MIPTesting
import Testing

@testable import StateStore

@Suite("What a store keeps")
struct RoundTripTests {
    private let folder: StoreFolder

    init() throws { folder = try StoreFolder() }

    private static let expected: Contents = [
        .starts: [0: [1, 2, 3]],
        .mobileNodes: [7: [], UInt64(Int64.max): [UInt8](repeating: 9, count: 70_000)],
        .assignments: [0xFFFF_FFFF: [4]],
        .changes: [1: [6]],
    ]

    private func fill(_ store: EmbeddedStore) async {
        #expect(await store.commit { $0.put(.starts, 0, [1, 2, 3]) } == nil)
        #expect(
            await store.commit {
                $0.put(.mobileNodes, 7, [1])
                $0.put(.mobileNodes, 8, [1])
                $0.put(.mobileNodes, 7, [])
                $0.remove(.mobileNodes, 8)
                $0.put(.mobileNodes, UInt64(Int64.max), [UInt8](repeating: 9, count: 70_000))
            } == nil)
        #expect(
            await store.commit {
                $0.put(.changes, 1, [5])
                $0.remove(.changes, 2)
                $0.put(.assignments, 0xFFFF_FFFF, [4])
                $0.put(.assignments, 3, [4])
            } == nil)
        #expect(await store.commit { _ in } == nil)
        #expect(
            await store.commit {
                $0.remove(.assignments, 3)
                $0.put(.changes, 1, [6])
            } == nil)
    }

    @Test("Records are there again after a close, also when they were loaded and changed before", arguments: Durability.allCases)
    func closed(durability: Durability) async throws {
        let store = try folder.open(durability)
        #expect(try store.contents() == [:])
        await fill(store)
        store.close()
        #expect(folder.names == ["state"])
        #expect(try folder.contents() == Self.expected)
        let again = try folder.open(durability)
        await again.commit { $0.remove(.starts, 0) }
        again.close()
        var expected = Self.expected
        expected[.starts] = nil
        #expect(try folder.contents() == expected)
    }

    @Test("Committed records are there after the process ends without a close", arguments: [Durability.process, .disk])
    func killed(durability: Durability) async throws {
        let store = try folder.open(durability)
        await fill(store)
        let crashed = try folder.copy()
        store.close()
        #expect(try crashed.contents() == Self.expected)
    }

    @Test("A crash after each of several starts loses nothing")
    func severalCrashes() async throws {
        var folder = folder
        for start in 0..<5 as Range<UInt64> {
            let store = try folder.open()
            #expect(try (store.contents()[.starts] ?? [:]).count == Int(start))
            await store.commit { $0.put(.starts, start, [UInt8(start)]) }
            let crashed = try folder.copy()
            store.close()
            folder = crashed
        }
    }

    @Test("With durability memory, a commit is done at once and written soon")
    func memory() async throws {
        let store = try folder.open(.memory)
        let log = Log<StoreFailure?>()
        var batch = StoreBatch()
        batch.put(.changes, 1, [1])
        store.commit(batch) { log.append($0) }
        #expect(log.entries == [nil])
        try await eventually("the change is in the journal") { try folder.copy().contents() == [.changes: [1: [1]]] }
        store.close()
    }

    @Test("Commits are done in the order of the calls", arguments: Durability.allCases)
    func order(durability: Durability) async throws {
        let store = try folder.open(durability)
        let log = Log<UInt64>()
        store.commit(0..<2000, [1]) { key, failure in if failure == nil { log.append(key) } }
        store.close()
        #expect(log.entries == Array(0..<2000))
        #expect(try folder.contents()[.mobileNodes]?.count == 2000)
    }

    @Test("A store that is dropped without a close keeps what was committed")
    func dropped() async throws {
        var store: EmbeddedStore? = try folder.open()
        store?.commit(0..<100, [1]) { _, _ in }
        store = nil
        try await eventually("the store is free again") { (try? folder.open())?.close() != nil }
        #expect(try folder.contents()[.mobileNodes]?.count == 100)
    }

    @Test("A closed store refuses commits and may be closed again")
    func refused() async throws {
        let store = try folder.open()
        store.close()
        store.close()
        #expect(await store.commit { $0.put(.starts, 1, [1]) }?.kind == .closed)
    }

    @Test("All files belong to their owner alone")
    func modes() async throws {
        let store = try folder.open()
        await store.commit { $0.put(.starts, 1, [1]) }
        for name in folder.names {
            var status = stat()
            #expect(stat(folder.directory.file(name), &status) == 0)
            #expect(status.st_mode & 0o777 == 0o600, "\(name)")
        }
        #expect(folder.names.count >= 2)
        store.close()
    }

    @Test("100,000 records of 200 bytes need at most 400 bytes each, before and after folding")
    func size() async throws {
        var settings = StoreSettings()
        settings.fileLimit = 4 << 20
        let store = try folder.open(.process, settings)
        let value = [UInt8](repeating: 7, count: 200)
        try await folder.withoutFolding {
            for start in stride(from: 0, to: 100_000, by: 1000) as StrideTo<UInt64> {
                await store.commit { for key in start..<start + 1000 { $0.put(.mobileNodes, key &* 7919 % 100_000, value) } }
            }
            #expect(folder.occupied <= 100_000 * 400)
        }
        store.close()
        #expect(folder.occupied <= 100_000 * 400)
        #expect(try folder.contents()[.mobileNodes]?.count == 100_000)
    }

    @Test("A file of an earlier format becomes a store with the records of a batch")
    func replaced() throws {
        try folder.directory.write("{}", to: "state")
        #expect(EmbeddedStore.isEarlierFormat(folder.path))
        var batch = StoreBatch()
        batch.put(.changes, 1, [1])
        batch.put(.changes, 1, [2])
        let records = batch
        var read: String?
        let copy = try EmbeddedStore.convertEarlierFormat(at: folder.path) {
            read = $0
            return records
        }
        #expect(read == folder.path)
        #expect(copy == folder.path + ".json")
        #expect(folder.names == ["state", "state.json"])
        #expect(try folder.bytes(of: "state.json") == Array("{}".utf8))
        #expect(!EmbeddedStore.isEarlierFormat(folder.path))
        #expect(try folder.contents() == [.changes: [1: [2]]])
        #expect(try EmbeddedStore.convertEarlierFormat(at: folder.path) { _ in records } == nil)
        #expect(try folder.bytes(of: "state.json") == Array("{}".utf8))
    }

    @Test("While a file of an earlier format is converted, nobody else converts or opens it")
    func convertingTwice() throws {
        try folder.directory.write("{}", to: "state")
        var failures: [StoreFailure.Kind?] = []
        _ = try EmbeddedStore.convertEarlierFormat(at: folder.path) { path in
            do throws(StoreFailure) {
                _ = try EmbeddedStore.convertEarlierFormat(at: path) { _ in StoreBatch() }
            } catch { failures.append(error.kind) }
            do throws(StoreFailure) { try folder.open().close() } catch { failures.append(error.kind) }
            return StoreBatch()
        }
        #expect(failures == [.inUse, .inUse])
        #expect(try folder.contents() == [:])
    }

    @Test("An interrupted conversion is done again, and a conversion that fails leaves the file")
    func convertingAgain() throws {
        try folder.directory.write("{}", to: "state")
        link(folder.path, folder.path + ".json")
        #expect(throws: StoreFailure.self) {
            _ = try EmbeddedStore.convertEarlierFormat(at: folder.path) { _ throws(StoreFailure) in
                throw StoreFailure(.system, "")
            }
        }
        #expect(EmbeddedStore.isEarlierFormat(folder.path))
        #expect(try EmbeddedStore.convertEarlierFormat(at: folder.path) { _ in StoreBatch() } != nil)
        #expect(folder.names == ["state", "state.json"])
        #expect(try folder.contents() == [:])
    }

    @Test(
        "A file whose first character is a brace has an earlier format",
        arguments: [("{}", true), (" \n\t{\"a\": 1}", true), ("[{}]", false), ("", false), ("SQLite", false)])
    func earlierFormat(text: String, isEarlier: Bool) throws {
        try folder.directory.write(text, to: "state")
        #expect(EmbeddedStore.isEarlierFormat(folder.path) == isEarlier)
        chmod(folder.path, 0o604)
        #expect(!EmbeddedStore.isEarlierFormat(folder.path))
        #expect(!EmbeddedStore.isEarlierFormat(folder.directory.file("missing")))
        #expect(!EmbeddedStore.isEarlierFormat(folder.directory.path))
    }
}
