package import Logging
import Synchronization

/// A store of files of this machine: an append-only journal that is folded into an SQLite database in the background.
///
/// The database is at the path, the journal beside it (`PATH-changes.N`). A batch is one frame of the journal, so it survives as a
/// whole or not at all, and a crash loses no batch that was committed. One process at a time has a store open.
package final class EmbeddedStore: StateStore {
    let journal: Journal
    private let database: StoreDatabase
    private let folding: FoldThread
    private let logger: Logger
    /// What the journal had when the store was opened, until it is loaded.
    private let recovered: Mutex<LatestChanges?>

    /// Opens the store; creates it if nothing is at the path.
    ///
    /// - Parameters:
    ///   - report: Called from any thread for troubles outside a commit: with a failure when it begins or changes, with nil when
    ///     all is well again. It must not block and must not call the store.
    /// - Throws: Why the store cannot be used. Nothing that was kept is changed then.
    package convenience init(
        path: String, durability: Durability, logger: Logger = Logger(label: "state-store"),
        report: @escaping @Sendable (StoreFailure?) -> Void
    ) throws(StoreFailure) {
        try self.init(path: path, durability: durability, settings: StoreSettings(), logger: logger, report: report)
    }

    init(
        path: String, durability: Durability, settings: StoreSettings, logger: Logger,
        report: @escaping @Sendable (StoreFailure?) -> Void
    ) throws(StoreFailure) {
        let lock = try StorePlace.claim(path)
        database = try StoreDatabase(lock.path)
        self.logger = logger
        let place = JournalPlace(store: lock.path)
        let trouble = TroubleReport(report)
        let found: RecoveredJournal
        let beginning: Beginning
        do throws(StoreFailure) {
            let position = try database.position()
            found = try RecoveredJournal(place, position, logger: logger)
            let changes = found.files.allSatisfy(\.isEmpty) ? nil : try LatestChanges(found.files, place)
            recovered = Mutex(changes)
            try found.synchronize(place, settings.calls)
            try place.removeLeftovers(through: position.folded)
            let header = JournalHeader(store: position.store, number: found.lastNumber + 1, cut: found.cut)
            beginning = try Self.begin(header, found, place, database, settings.calls, trouble)
        } catch {
            // Nobody else may open the database before it is closed.
            try? database.close()
            lock.release()
            throw error
        }
        journal = Journal(
            beginning.tail(found, place), place: place, store: beginning.header.store, durability: durability, settings: settings,
            trouble: trouble)
        folding = FoldThread(
            database, lock, place, sealed: beginning.file == nil ? found.sealedWithoutLast : found.sealed,
            reached: beginning.file?.number ?? found.lastNumber, settings: settings, trouble: trouble)
        WriteThread(journal, folding).start()
        SyncThread(journal).start()
        folding.start()
    }

    /// The file in which the journal goes on.
    private struct Beginning {
        let header: JournalHeader
        /// Nil if it could not be created.
        let file: JournalFile?
        /// End of the last frame in it.
        let end: Int

        func tail(_ found: RecoveredJournal, _ place: JournalPlace) -> sending JournalTail {
            guard let file else { return JournalTail(missing: header, found, place) }
            return JournalTail(file, sequence: found.lastSequence, end: end)
        }
    }

    /// Creates the file in which the journal goes on. A full disk does not prevent loading what is there, so it is only reported.
    private static func begin(
        _ header: JournalHeader, _ found: RecoveredJournal, _ place: JournalPlace, _ database: StoreDatabase, _ calls: FileCalls,
        _ trouble: TroubleReport
    ) throws(StoreFailure) -> Beginning {
        do throws(StoreFailure) {
            let frames = found.frames(for: header)
            let file = try JournalFile.create(header, frames: frames, place: place, calls: calls)
            do throws(StoreFailure) { try database.begin(header.number) } catch  where error.kind == .noSpace {
                // Only a missing file would go unnoticed at the next start.
            }
            return Beginning(header: header, file: file, end: JournalHeader.size + frames.count)
        } catch  where error.kind == .noSpace {
            trouble.set(.syncing, error)
            return Beginning(header: header, file: nil, end: JournalHeader.size)
        }
    }

    /// Without `close`, what waits is committed and the journal is left to the next start.
    deinit {
        folding.leaveFiles()
        journal.queue.change { $0.isClosing = true }
    }

    package func load(_ body: (StoredTable, UInt64, RawSpan) throws -> Void) throws {
        do {
            try database.load(with: recovered.withLock { $0 }, body)
        } catch {
            // The database may be damaged: the journal stays as it is for a backup of the database.
            folding.leaveFiles()
            throw error
        }
        recovered.withLock { $0 = nil }
        folding.allow()
    }

    package func commit(_ batch: StoreBatch, done: @escaping @Sendable (StoreFailure?) -> Void) {
        let isMemory = journal.durability == .memory
        let limit = journal.settings.waitingLimit
        let path = journal.place.store
        /// The result, if it is known at once.
        let result: StoreFailure?? = journal.queue.change { queue in
            let refusal = Self.refusal(of: batch, queue, limit: limit, path)
            // After the store has closed, nobody takes entries.
            guard !queue.isClosing || queue.isBusy else { return refusal }
            // A refused batch waits too, without its changes, so that the calls of `done` stay in order.
            if refusal == nil || !isMemory {
                queue.append(
                    CommitQueue.Entry(
                        batch: refusal == nil ? batch : StoreBatch(), refusal: refusal, done: isMemory ? nil : done))
            }
            return isMemory ? .some(refusal) : nil
        }
        if let result { done(result) }
    }

    /// Why a batch is not accepted; nil if it is.
    private static func refusal(of batch: StoreBatch, _ queue: CommitQueue, limit: Int, _ path: String) -> StoreFailure? {
        let what = "cannot write to state store '\(path)'"
        if queue.isClosing { return StoreFailure(.closed, "\(what): it is closed; restart the agent") }
        if batch.byteCount > limit {
            return StoreFailure(
                .overloaded,
                "\(what): one batch has \(batch.byteCount) bytes, at most \(limit) are possible; commit it in smaller parts")
        }
        if !queue.accepts(batch, limit: limit) {
            return StoreFailure(.overloaded, "\(what): \(queue.byteCount) bytes are waiting already; check the disk")
        }
        return nil
    }

    package func close() {
        journal.queue.change { $0.isClosing = true }
        let limit = journal.settings.closeLimit
        if !folding.waitForEnd(within: limit) {
            logger.warning(
                "the state store was not closed in time; the next start reads what its journal has",
                metadata: ["path": "\(journal.place.store)", "limit": "\(limit)"])
        }
    }
}
