/// Writes batches to the journal: all that wait at the same time with one write, and one sync if the durability asks for it.
final class WriteThread: Sendable {
    private let journal: Journal
    private let folding: FoldThread

    init(_ journal: Journal, _ folding: FoldThread) {
        self.journal = journal
        self.folding = folding
    }

    func start() { StoreThread.start("store-write") { [self] in run() } }

    private var isMemory: Bool { journal.durability == .memory }
    private var isDisk: Bool { journal.durability == .disk }

    private func run() {
        /// When the journal may be moved to another file again after that failed.
        var mayMove = ContinuousClock.now
        var hasFailed = false
        while let taken = next(hasFailed) { hasFailed = !commit(taken, &mayMove) }
        finish()
    }

    /// Waits for batches; nil when the store closes and none are left. An empty answer asks to move the journal.
    ///
    /// - Parameter hasFailed: Whether batches were put back, which are tried again after a while.
    private func next(_ hasFailed: Bool) -> [CommitQueue.Entry]? {
        let settings = journal.settings
        let isReady = { (queue: inout CommitQueue) -> Bool? in
            !queue.entries.isEmpty || queue.isClosing || queue.mustMove ? true : nil
        }
        if journal.tail.withLock({ $0.fault != nil }) {
            _ = journal.queue.wait(for: settings.retryInterval, isReady)
        } else {
            _ = journal.queue.wait(isReady)
        }
        if isMemory {
            _ = journal.queue.wait(for: hasFailed ? settings.retryInterval : settings.syncInterval) { $0.isClosing ? true : nil }
        }
        return journal.queue.withLock { queue in
            queue.mustMove = false
            return queue.isClosing && queue.entries.isEmpty ? nil : queue.take()
        }
    }

    /// Returns false if the batches were put back.
    private func commit(_ taken: [CommitQueue.Entry], _ mayMove: inout ContinuousClock.Instant) -> Bool {
        let failure = write(taken.lazy.map(\.batch.encoded).filter { !$0.isEmpty }, &mayMove)
        if isMemory {
            journal.trouble.set(.writing, failure)
            let isKept = journal.queue.withLock { queue in
                guard failure != nil, !queue.isClosing else { return false }
                queue.putBack(taken)
                queue.finish()
                return true
            }
            if isKept { return false }
        }
        journal.queue.withLock { $0.release(taken) }
        for entry in taken { entry.done?(entry.refusal ?? (entry.batch.isEmpty ? nil : failure)) }
        journal.queue.withLock { $0.finish() }
        return true
    }

    /// Returns nil when the batches are as safe as the durability asks.
    private func write(_ batches: [[UInt8]], _ mayMove: inout ContinuousClock.Instant) -> StoreFailure? {
        if let failure = prepare(&mayMove) { return failure }
        guard !batches.isEmpty else { return nil }
        let (file, end, frames, kept) = journal.tail.withLock { ($0.file, $0.end, $0.frames(of: batches), $0.keptBytes) }
        // A disk that is slow makes this thread wait here, and then the owner of the store.
        let size = batches.reduce(0) { $0 + $1.count }
        guard isDisk || kept == 0 || kept + size <= journal.settings.waitingLimit || journal.synchronize() == nil else {
            return StoreFailure(
                .overloaded,
                "cannot write changes to the state store's file '\(file.path)': \(kept) bytes before are not on disk yet; "
                    + "check the disk"
            )
        }
        let calls = journal.settings.calls
        let code = calls.writeAll(frames.bytes, to: file.descriptor, at: end)
        guard code == 0 else {
            // A frame may only follow the last whole one.
            if calls.truncate(file.descriptor, end) != 0 { journal.tail.withLock { $0.fault = .write } }
            return StoreFailure("cannot write changes to", "the state store's file", file.path, code: code)
        }
        let mustWake = journal.tail.withLock { tail in
            let wasDirty = tail.isDirty
            tail.append(batches, ends: frames.ends)
            return (!isDisk && !wasDirty) || tail.end > journal.settings.fileLimit
        }
        if mustWake { journal.tail.wake() }
        guard isDisk, let failure = journal.synchronize() else { return nil }
        journal.tail.withLock { $0.discardUnsynced() }
        return failure
    }

    /// Goes on in another file if this one is full, or must be left. Returns why nothing can be written.
    private func prepare(_ mayMove: inout ContinuousClock.Instant) -> StoreFailure? {
        rotate()
        guard let fault = journal.tail.withLock({ $0.fault }) else { return nil }
        let canAppend = fault == .sync && !isDisk
        guard !canAppend || .now >= mayMove else { return nil }
        let failure = move()
        mayMove = .now + journal.settings.retryInterval
        return canAppend ? nil : failure
    }

    /// Goes on in the prepared file, if there is one. Waits with that until all is on disk, or the file is far too large.
    private func rotate() {
        // The file before the last one is always whole on disk. It was made durable a moment ago, so this waits for little.
        let limit = journal.settings.fileLimit * 2
        let isDue = journal.tail.withLock { $0.spare != nil && $0.fault == nil && (!$0.isDirty || $0.end > limit) }
        guard isDue, journal.synchronize() == nil else { return }
        let old = journal.tail.withLock { tail -> (sealed: FoldThread.Sealed, next: UInt64)? in
            guard let spare = tail.spare, tail.fault == nil else { return nil }
            defer { tail.move(to: spare, end: JournalHeader.size) }
            return (FoldThread.Sealed(number: tail.file.number, end: tail.end), spare.number)
        }
        if let old { folding.add([old.sealed], reached: old.next) }
    }

    /// Goes on in another file, which begins with what is not on disk and says that it does not count in the old one.
    private func move() -> StoreFailure? {
        do {
            var end = 0
            try journal.createFile { number in
                journal.tail.withLock { tail in
                    let header = tail.header(of: number)
                    let frames = tail.frames(for: header)
                    end = frames.ends.last ?? JournalHeader.size
                    return (header, frames.bytes)
                }
            } _: { file in
                let old = journal.tail.withLock { tail in
                    defer { tail.move(to: file, end: end) }
                    return tail.sealed
                }
                folding.add(old, reached: file.number)
            }
            journal.trouble.set(.syncing, nil)
            journal.trouble.set(.rotating, nil)
            return nil
        } catch {
            return error
        }
    }

    /// Makes everything durable, and lets the other threads end.
    private func finish() {
        if journal.tail.withLock({ $0.fault != nil }) { _ = move() }
        _ = journal.synchronize()
        folding.end(journal.end())
    }
}
