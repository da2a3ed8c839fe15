/// Folds journal files into the database, and closes the database at the end.
final class FoldThread: Sendable {
    /// A journal file to which nothing is added any more; what counts of it is on disk.
    struct Sealed: Sendable {
        let number: UInt64
        /// How many of its bytes count.
        let end: Int
    }

    private struct State {
        var sealed: [Sealed]
        /// Number of the newest file that was in use when files were sealed.
        var reached: UInt64
        /// Whether the store's owner has loaded what was there.
        var mayStart = false
        var isEnding = false
        /// Whether files are left to the next start.
        var leavesFiles = false
        var isEnded = false
    }

    private let database: StoreDatabase
    private let lock: StorePlace
    private let place: JournalPlace
    private let settings: StoreSettings
    private let trouble: TroubleReport
    private let state: Monitor<State>

    /// How many bytes of files are folded together at most, if they are several.
    private static let groupLimit = 64 << 20

    /// - Parameters:
    ///   - sealed: Files that were there when the store was opened.
    ///   - reached: Number of the newest file.
    init(
        _ database: StoreDatabase, _ lock: StorePlace, _ place: JournalPlace, sealed: [Sealed], reached: UInt64,
        settings: StoreSettings, trouble: TroubleReport
    ) {
        self.database = database
        self.lock = lock
        self.place = place
        self.settings = settings
        self.trouble = trouble
        state = Monitor(State(sealed: sealed, reached: reached))
    }

    func start() { StoreThread.start("store-fold") { [self] in run() } }

    /// Allows folding, because the owner has loaded everything.
    func allow() {
        state.change { state in
            state.mayStart = true
            state.leavesFiles = false
        }
    }

    /// Adds files to fold.
    ///
    /// - Parameter number: That of the file in which the journal goes on.
    func add(_ files: [Sealed], reached number: UInt64) {
        state.change { state in
            state.sealed += files
            state.reached = number
            state.mayStart = true
        }
    }

    /// Leaves the files to the next start instead of folding them at the end.
    func leaveFiles() { state.withLock { $0.leavesFiles = true } }

    /// Adds the last files, folds everything, and closes the database.
    func end(_ files: [Sealed]) {
        state.change { state in
            state.sealed += files
            state.isEnding = true
        }
    }

    /// Waits until the database is closed. Returns false after the limit.
    func waitForEnd(within limit: Duration) -> Bool { state.wait(for: limit) { $0.isEnded ? true : nil } ?? false }

    private func run() {
        var hasFailed = false
        while true {
            if hasFailed { _ = state.wait(for: settings.foldRetryInterval) { $0.isEnding ? true : nil } }
            let (group, isEnding) = state.wait { state -> ([Sealed], Bool)? in
                if state.isEnding { return (state.leavesFiles ? [] : Self.group(state.sealed), true) }
                return state.mayStart && !state.leavesFiles && !state.sealed.isEmpty ? (Self.group(state.sealed), false) : nil
            }
            if group.isEmpty { break }
            var failure: StoreFailure?
            settings.whileFolding { do throws(StoreFailure) { try fold(group) } catch { failure = error } }
            trouble.set(.folding, failure)
            hasFailed = failure != nil
            if !hasFailed {
                state.withLock { $0.sealed.removeFirst(group.count) }
            } else if isEnding {
                break
            }
        }
        try? database.close()
        lock.release()
        state.change { $0.isEnded = true }
    }

    private static func group(_ files: [Sealed]) -> [Sealed] {
        var size = 0
        let count = files.prefix { file in
            size += file.end
            return size <= groupLimit
        }.count
        return Array(files.prefix(max(1, count)))
    }

    private func fold(_ group: [Sealed]) throws(StoreFailure) {
        var files: [JournalContents] = []
        for sealed in group {
            let path = place.path(of: sealed.number)
            let contents = try JournalContents(path: path, limit: sealed.end)
            guard contents.end == sealed.end else { throw .damaged(path, at: contents.end) }
            files.append(contents)
        }
        guard let last = group.last else { return }
        let sequence = files.compactMap(\.nextSequence).last.map { $0 - 1 }
        try database.fold(
            try LatestChanges(files, place), through: last.number, sequence: sequence, reached: state.withLock { $0.reached })
        settings.onFolded()
        for sealed in group { place.remove(sealed.number) }
    }
}
