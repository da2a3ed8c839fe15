import Glibc
import Synchronization

/// What the threads of a store share.
final class Journal: Sendable {
    let place: JournalPlace
    let store: StoreIdentity
    let durability: Durability
    let settings: StoreSettings
    let queue = Monitor(CommitQueue())
    let tail: Monitor<JournalTail>
    let trouble: TroubleReport
    /// Held while a file is made durable: the system reports a failure only to one of two calls at the same time.
    private let syncing = Mutex<Void>(())
    /// Held while a file is created and put to use, so that each number is given once.
    private let creating = Mutex<Void>(())

    init(
        _ tail: sending JournalTail, place: JournalPlace, store: StoreIdentity, durability: Durability, settings: StoreSettings,
        trouble: TroubleReport
    ) {
        self.tail = Monitor(tail)
        self.place = place
        self.store = store
        self.durability = durability
        self.settings = settings
        self.trouble = trouble
    }

    /// Makes what was written durable. If that fails, the file is marked as one to leave, and the failure is returned.
    func synchronize() -> StoreFailure? {
        syncing.withLock { _ in
            let work = tail.withLock { tail in tail.isDirty ? (file: tail.file, end: tail.end, fault: tail.fault) : nil }
            guard let work else { return nil }
            let code = work.fault == nil ? settings.calls.synchronize(work.file.descriptor) : EIO
            let failure =
                code == 0
                ? nil : StoreFailure("cannot make durable", "changes in the state store's file", work.file.path, code: code)
            tail.change { tail in
                // The journal may have gone on in another file meanwhile, in which all of this is on disk.
                guard tail.file === work.file else { return }
                if code == 0 { tail.advance(to: work.end) } else { tail.fault = tail.fault ?? .sync }
            }
            trouble.set(.syncing, failure)
            return failure
        }
    }

    /// Ends the journal. Returns the files to fold; the last one is not among them if it could not be made durable.
    func end() -> [FoldThread.Sealed] {
        creating.withLock { _ in
            tail.change { tail in
                tail.isEnded = true
                return tail.fault == nil && !tail.isDirty ? tail.sealed : []
            }
        }
    }

    /// Creates the file after the last one, for which no other one is prepared meanwhile.
    ///
    /// - Parameter plan: The header and the frames of the file, given its number; nil if it is not needed after all.
    /// - Parameter use: Puts the file to use; called before another one can be created.
    func createFile(
        _ plan: (UInt64) -> (header: JournalHeader, frames: [UInt8])?, _ use: (JournalFile) -> Void
    ) throws(StoreFailure) {
        let result: Result<Void, StoreFailure> = creating.withLock { _ in
            let number = tail.withLock { $0.lastNumber + 1 }
            guard let (header, frames) = plan(number) else { return .success(()) }
            do throws(StoreFailure) {
                use(try JournalFile.create(header, frames: frames, place: place, calls: settings.calls))
                return .success(())
            } catch {
                return .failure(error)
            }
        }
        try result.get()
    }
}
