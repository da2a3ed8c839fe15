/// What an agent keeps across restarts: records of opaque bytes, each under a key of a table.
///
/// The protocol knows nothing of files, so that a store that several agents share can take the place of the embedded one.
package protocol StateStore: AnyObject, Sendable {
    /// Everything that is kept: each record once, in no particular order. Call it once, before the first commit.
    ///
    /// - Parameter body: Table, key and value of a record. The bytes are valid only during the call.
    /// - Throws: `StoreFailure` if the store cannot be read, or what `body` throws.
    func load(_ body: (StoredTable, UInt64, RawSpan) throws -> Void) throws

    /// Commits the changes of a batch together or not at all. Thread-safe; never waits for a disk.
    ///
    /// Batches are committed in the order of the calls. After a failure the owner gives what has changed again in a later batch;
    /// each commit tries anew.
    ///
    /// - Parameter done: Called once, in the order of the calls to `commit`, on any thread, possibly before `commit` returns: with
    ///   nil when the batch is as safe as the durability asks, or with why it is not kept. It must not block and must not call
    ///   `close`.
    func commit(_ batch: StoreBatch, done: @escaping @Sendable (StoreFailure?) -> Void)

    /// Commits what is waiting, makes it durable on disk, and closes the store. Blocks the caller, with a bound. Later commits
    /// fail.
    func close()
}
