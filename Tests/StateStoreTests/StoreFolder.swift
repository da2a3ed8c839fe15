import Foundation
import Logging
import MIPTesting
import Synchronization

@testable import StateStore

/// A folder with the files of one store.
struct StoreFolder {
    let directory: TemporaryDirectory
    /// Held while changes are folded.
    private let folding = DispatchSemaphore(value: 0)
    var path: String { directory.file("state") }

    init() throws {
        directory = try TemporaryDirectory()
        // One that is created with its final value must have it when it is released.
        folding.signal()
    }

    /// What a crash at this moment would leave. Waits for the end of a fold, because files do not change together while they are
    /// copied.
    func copy() throws -> StoreFolder {
        folding.wait()
        defer { folding.signal() }
        return try copyWithinFold()
    }

    /// What a crash at this moment would leave, for a caller that folds.
    func copyWithinFold() throws -> StoreFolder {
        let copy = try StoreFolder()
        for name in names {
            do {
                try FileManager.default.copyItem(atPath: directory.file(name), toPath: copy.directory.file(name))
            } catch  where name.hasSuffix(JournalPlace.unfinished) {
                // It has its final name by now, or another one will be made.
                unlink(copy.directory.file(name))
            }
        }
        return copy
    }

    /// Keeps changes in the journal until the closure has ended.
    func withoutFolding(_ body: () async throws -> Void) async rethrows {
        holdFolding()
        defer { folding.signal() }
        try await body()
    }

    private func holdFolding() { folding.wait() }

    func open(
        _ durability: Durability = .process, _ settings: StoreSettings = StoreSettings(),
        report: @escaping @Sendable (StoreFailure?) -> Void = { _ in }
    ) throws(StoreFailure) -> EmbeddedStore {
        var settings = settings
        settings.whileFolding = { [folding] fold in
            folding.wait()
            defer { folding.signal() }
            fold()
        }
        return try EmbeddedStore(
            path: path, durability: durability, settings: settings,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            report: report)
    }

    /// What the store has when it is opened, and closed again.
    func contents() throws -> Contents {
        let store = try open()
        defer { store.close() }
        return try store.contents()
    }

    var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []).sorted() }

    /// The names of the journal's files, oldest first.
    var journal: [String] {
        names.filter { $0.hasPrefix("state-changes.") && !$0.hasSuffix(".new") }.sorted { ($0.count, $0) < ($1.count, $1) }
    }

    func bytes(of name: String) throws -> [UInt8] { try [UInt8](Data(contentsOf: URL(fileURLWithPath: directory.file(name)))) }

    func write(_ bytes: [UInt8], to name: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: directory.file(name)))
        chmod(directory.file(name), 0o600)
    }

    /// All files with their contents.
    func everything() throws -> [String: [UInt8]] {
        Dictionary(uniqueKeysWithValues: try names.map { ($0, try bytes(of: $0)) })
    }

    /// How many bytes the files occupy on the disk.
    var occupied: Int {
        names.reduce(0) { sum, name in
            var status = stat()
            return stat(directory.file(name), &status) == 0 ? sum + Int(status.st_blocks) * 512 : sum
        }
    }
}

/// The records of a store.
typealias Contents = [StoredTable: [UInt64: [UInt8]]]

extension EmbeddedStore {
    /// All records. Fails if one is passed on twice.
    func contents() throws -> Contents {
        var contents: Contents = [:]
        try load { table, key, value in
            guard contents[table, default: [:]].updateValue(value.withUnsafeBytes { Array($0) }, forKey: key) == nil else {
                throw StoreFailure(.damaged, "\(table) \(key) was loaded twice")
            }
        }
        return contents
    }

    /// Commits changes and waits for the result.
    @discardableResult
    func commit(_ change: (inout StoreBatch) -> Void) async -> StoreFailure? {
        var batch = StoreBatch()
        change(&batch)
        let sent = batch
        return await withCheckedContinuation { continuation in commit(sent) { continuation.resume(returning: $0) } }
    }

    /// Commits records of the mobile nodes one after another, without waiting.
    func commit(_ keys: Range<UInt64>, _ value: [UInt8], done: @escaping @Sendable (UInt64, StoreFailure?) -> Void) {
        for key in keys {
            var batch = StoreBatch()
            batch.put(.mobileNodes, key, value)
            commit(batch) { done(key, $0) }
        }
    }
}

/// What was reported, in order.
final class Log<Entry: Sendable>: Sendable {
    private let list = Mutex<[Entry]>([])

    var entries: [Entry] { list.withLock { $0 } }

    func append(_ entry: Entry) { list.withLock { $0.append(entry) } }
}
