/// Limits of a store, and the system calls that it uses.
struct StoreSettings: Sendable {
    /// Size in bytes beyond which a journal file is folded into the database.
    var fileLimit = 32 << 20
    /// How many bytes may wait to be written, and how many may be written but not yet on disk.
    var waitingLimit = 64 << 20
    /// How often what was written is made durable.
    var syncInterval: Duration = .milliseconds(100)
    /// How long after a failure a thread tries again.
    var retryInterval: Duration = .seconds(1)
    /// How long after a failure changes are folded again.
    var foldRetryInterval: Duration = .seconds(10)
    /// How long `close` waits.
    var closeLimit: Duration = .seconds(30)
    var calls = FileCalls()
    /// Calls its argument, which folds changes and removes their files, on the thread that folds.
    var whileFolding: @Sendable (() -> Void) -> Void = { $0() }
    /// Called on the thread that folds, after changes are in the database and before their files are removed.
    var onFolded: @Sendable () -> Void = {}
}
