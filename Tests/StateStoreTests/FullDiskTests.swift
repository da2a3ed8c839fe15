import Foundation
import MIPTesting
import Testing

@testable import StateStore

@Suite("A file system that is full or read-only", .enabled(if: SmallFileSystem.isPossible))
struct FullDiskTests {
    private let folder: StoreFolder

    init() throws { folder = try StoreFolder() }

    private func onSmallDisk<Result: Sendable>(_ body: @escaping @Sendable (StoreFolder) throws -> Result) throws -> Result {
        let folder = folder
        return try #require(SmallFileSystem.run(kilobytes: 256, at: folder.directory.path) { try body(folder) }).get()
    }

    /// Fills the file system, and returns the path of the file that does.
    private static func fill(_ folder: StoreFolder) -> String {
        let path = folder.directory.file("filler")
        let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        defer { Glibc.close(descriptor) }
        let block = [UInt8](repeating: 1, count: 4096)
        for size in [4096, 1] { while block.withUnsafeBytes({ Glibc.write(descriptor, $0.baseAddress, size) }) > 0 {} }
        return path
    }

    private static func commit(_ store: EmbeddedStore, _ key: UInt64, _ size: Int) -> StoreFailure? {
        let done = DispatchSemaphore(value: 0)
        let results = Log<StoreFailure?>()
        var batch = StoreBatch()
        batch.put(.mobileNodes, key, [UInt8](repeating: 1, count: size))
        store.commit(batch) {
            results.append($0)
            done.signal()
        }
        done.wait()
        return results.entries.first ?? nil
    }

    /// Why a store cannot be opened; nil if it can.
    private static func failure(_ folder: StoreFolder) -> StoreFailure? {
        do throws(StoreFailure) {
            try folder.open().close()
            return nil
        } catch {
            return error
        }
    }

    @Test("A store cannot be created on a full file system, and can when there is space")
    func create() throws {
        let (failures, contents) = try onSmallDisk { folder in
            let filler = Self.fill(folder)
            let failures = [Self.failure(folder), Self.failure(folder)]
            unlink(filler)
            return (failures, try folder.contents())
        }
        for failure in failures {
            #expect(failure?.kind == .noSpace, "\(String(describing: failure))")
            #expect(failure?.description.contains("make space on its file system") == true)
        }
        #expect(contents == [:])
    }

    @Test("A store opens on a full file system, reports that nothing can be kept, and goes on when there is space")
    func open() throws {
        let reports = Log<StoreFailure.Kind?>()
        let (steps, contents) = try onSmallDisk { folder in
            let store = try folder.open(.process)
            var steps = [Self.commit(store, 1, 10)?.kind]
            store.close()
            let filler = Self.fill(folder)
            var settings = StoreSettings()
            settings.retryInterval = .milliseconds(10)
            let again = try folder.open(.process, settings) { reports.append($0?.kind) }
            let loaded = try again.contents()
            steps.append(Self.commit(again, 2, 10)?.kind)
            unlink(filler)
            steps.append(Self.commit(again, 3, 10)?.kind)
            again.close()
            return (steps, [loaded, try folder.contents()].map { $0[.mobileNodes, default: [:]].keys.sorted() })
        }
        #expect(steps == [nil, .noSpace, nil])
        #expect(reports.entries == [.noSpace, nil])
        #expect(contents == [[1], [1, 3]])
    }

    @Test("A file system that fills up loses nothing that was committed")
    func fillsUp() throws {
        let (kept, contents) = try onSmallDisk { folder in
            var settings = StoreSettings()
            settings.fileLimit = 20_000
            let store = try folder.open(.process, settings)
            var kept: Set<UInt64> = []
            for key in 0..<400 as Range<UInt64> where Self.commit(store, key, 1000) == nil { kept.insert(key) }
            let crashed = try folder.copy()
            store.close()
            return (kept, try crashed.contents())
        }
        #expect(kept.count < 400)
        #expect(Set(contents[.mobileNodes, default: [:]].keys) == kept)
    }

    @Test("A read-only file system is named as such", arguments: [false, true])
    func readOnly(exists: Bool) throws {
        let failure = try onSmallDisk { folder in
            if exists { try folder.open().close() }
            return SmallFileSystem.makeReadOnly(folder.directory.path) ? Self.failure(folder) : nil
        }
        #expect(failure?.kind == .readOnly)
        #expect(failure?.description.contains("make the file system writable") == true)
    }
}
