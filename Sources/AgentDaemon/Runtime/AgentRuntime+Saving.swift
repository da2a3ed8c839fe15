import AgentControl
import AgentModel
import Dispatch
import Foundation
import Logging
import MobileIPv4
import MobilityAgent
import MobilityLink
import NIOConcurrencyHelpers
import NIOCore
import StateStore

/// Saving state: what has changed goes to the store, and what depends on it waits there, but never the loop.
extension AgentRuntime {
    /// Most records in a batch, so that saving a million again leaves time for requests.
    private static let recordsPerBatch = 4096
    /// How long the store may take before the agent goes on without it, in nanoseconds.
    private static let patience: Int64 = 2_000_000_000
    /// How long until a store that failed is tried again.
    private static let retryInterval = TimeAmount.seconds(2)
    /// How often the record of this start is written again beside other records, in nanoseconds: the store knows the time that well.
    private static let startInterval: Int64 = 10_000_000_000

    /// Gives everything that has changed to the store.
    func saveUnsaved() {
        guard state.store != nil, state.error.isEmpty else { return }
        while agent.hasUnsaved { commitPage() }
        if state.isStartUnsaved { commitPage() }
    }

    /// Whether the pending effects wait until a commit is safe; they are then no longer pending.
    func holdsEffects() -> Bool {
        guard state.holds, !effects.isEmpty else { return state.holds }
        state.held.append(StateKeeping.Held(after: state.lastNumber, effects: effects))
        effects = AgentEffects()
        return true
    }

    /// Saves the changes of operators, and calls `done` with why that failed, or nil.
    func saveChanges(_ done: @escaping (String?) -> Void) {
        guard state.isConfigured else { return done(nil) }
        guard state.store != nil, state.error.isEmpty else { return done(state.error) }
        commitChanges(done)
    }

    /// Why changes cannot be saved at present; nil if they can.
    var refusal: String? { state.isConfigured && !state.error.isEmpty ? state.error : nil }

    private func commitChanges(_ done: @escaping (String?) -> Void) {
        do {
            let (batch, after) = try state.operators.saving(agent.keptChanges + (discovery?.keptChanges ?? []))
            guard !batch.isEmpty else { return done(nil) }
            commit(batch, keys: []) { [self] problem in
                if problem == nil { state.operators = after }
                done(problem)
            }
        } catch {
            done("the changes cannot be encoded as JSON")
        }
    }

    /// Calls `done` once everything given to the store so far is safe, or is known not to be.
    func whenSaved(_ done: @escaping () -> Void) {
        guard state.error.isEmpty, !state.waiting.isEmpty else { return done() }
        state.savedWaiters.append((state.lastNumber, done))
    }

    private func endWaiting(upTo number: UInt64) {
        let ready = state.savedWaiters.prefix { $0.number <= number }
        state.savedWaiters.removeFirst(ready.count)
        for waiter in ready { waiter.done() }
    }

    /// Looks whether the store takes too long.
    func lookAtState() {
        guard state.error.isEmpty, let first = state.waiting.first, clock.now.uptime - first.began > Self.patience else { return }
        loseState("the state store has not answered for \(Self.patience / 1_000_000_000) s; check its disk")
    }

    /// What the store reports beside its commits: nil when all is well again.
    func stateReported(_ failure: StoreFailure?) {
        guard !isStopped else { return }
        if let failure {
            logger.error("the state store reports trouble", metadata: ["error": "\(failure)"])
        } else if !state.backgroundError.isEmpty {
            logger.notice("the state store works again")
        }
        // With durability memory, commits report nothing.
        if state.durability == .memory, failure == nil || state.backgroundError.isEmpty {
            report(
                failure == nil ? .stateSaved : .stateNotSaved,
                failure.map { "state cannot be saved: \($0)" } ?? "state can be saved again; nothing is missing in the store")
        }
        state.backgroundError = failure?.description ?? ""
        publishStateError()
    }

    /// The agent stops: gives the store what it lacks. Nobody is answered any more.
    ///
    /// - Returns: What remains to be done where waiting for the disk is allowed.
    func endState() -> StateEnding? {
        guard !isStopped else { return nil }
        state.held.removeAll()
        if state.store != nil { while agent.hasUnsaved { commitPage() } }
        while let commit = state.waiting.popFirst() { commit.done?("the agent is stopping") }
        endWaiting(upTo: .max)
        state.history?.see(time.milliseconds)
        let hasFailed = state.hasFailed
        guard let store = state.takeStore() else { return nil }
        var batch = StoreBatch()
        if let start = state.history?.completed, let record = try? JSONEncoder().encode(start) {
            batch.put(.starts, start.number, Array(record))
        }
        return StateEnding(store: store, last: batch, hasFailed: hasFailed)
    }

    // MARK: - Commits

    /// Commits a page of what has changed, at least the record of this start.
    private func commitPage(_ done: ((String?) -> Void)? = nil) {
        var batch = StoreBatch()
        var keys: [KeptRecordKey] = []
        for (key, bytes) in agent.takeUnsaved(limit: Self.recordsPerBatch) {
            keys.append(key)
            let (table, number) = key.place
            if let bytes { batch.put(table, number, bytes) } else { batch.remove(table, number) }
        }
        let uptime = clock.now.uptime
        if state.isStartUnsaved || uptime - state.startSaved >= Self.startInterval || keys.isEmpty {
            state.isStartUnsaved = false
            state.startSaved = uptime
            state.history?.see(time.milliseconds)
            if let start = state.history?.present, let record = try? JSONEncoder().encode(start) {
                batch.put(.starts, start.number, Array(record))
            }
        }
        commit(batch, keys: keys, done: done)
    }

    private func commit(_ batch: StoreBatch, keys: [KeptRecordKey], done: ((String?) -> Void)?) {
        let number = state.nextNumber()
        state.waiting.append(
            StateKeeping.Commit(number: number, keys: keys, began: clock.now.uptime, done: done))
        let bound = NIOLoopBound(self, eventLoop: loop)
        let loop = self.loop
        let hasFailed = state.hasFailed
        state.store?.commit(batch) { failure in
            if failure != nil { hasFailed.withLockedValue { $0 = true } }
            loop.execute { bound.value.committed(number, failure) }
        }
    }

    private func committed(_ number: UInt64, _ failure: StoreFailure?) {
        guard !isStopped, let first = state.waiting.first, first.number == number else { return }
        state.waiting.removeFirst()
        if let failure {
            agent.markUnsaved(first.keys)
            // It may have been in this batch or in one before, and records are worth nothing without it.
            state.isStartUnsaved = true
            loseState(failure.description)
        }
        first.done?(failure?.description)
        release(upTo: number)
        endWaiting(upTo: number)
        if failure == nil, !state.error.isEmpty, state.waiting.isEmpty { regainState() }
    }

    /// Sends and publishes what waited for a commit.
    private func release(upTo number: UInt64) {
        guard let first = state.held.first, first.after <= number else { return }
        while let next = state.held.first, next.after <= number {
            state.held.removeFirst()
            effects.datagrams += next.effects.datagrams
            effects.notices += next.effects.notices
            effects.changes += next.effects.changes
        }
        sendDatagrams()
        informVisitors()
        publishChanges()
    }

    // MARK: - Trouble

    /// The store fails: the agent goes on without it and says so.
    private func loseState(_ problem: String) {
        let wasSafe = state.error.isEmpty
        state.error = problem
        if wasSafe {
            logger.error(
                "state cannot be saved; changes from here on are lost at a restart", metadata: ["error": "\(problem)"])
            report(.stateNotSaved, "state cannot be saved: \(problem)")
        }
        release(upTo: .max)
        endWaiting(upTo: .max)
        publishStateError()
        retrySoon()
    }

    /// The store works: what it lacks is saved in pages, and then everything is safe again.
    private func regainState() {
        guard agent.unsavedCount <= Self.recordsPerBatch else { return commitPage() }
        // From here on, answers wait again.
        state.error = ""
        state.hasFailed.withLockedValue { $0 = false }
        // A change or an undo that could not be saved is in force nevertheless, and is acted on once it is saved.
        commitChanges { [self] problem in if problem == nil { followUndone() } }
        commitPage { [self] problem in
            guard problem == nil else { return }
            logger.notice("state can be saved again")
            report(.stateSaved, "state can be saved again; nothing is missing in the store")
            publishStateError()
        }
    }

    private func report(_ kind: AgentEventKind, _ message: String) {
        guard let role = agent.information.roles.first else { return }
        effects.changes.append(.event(AgentEvent(time: time, kind: kind, role: role, message: message)))
        publishChanges()
    }

    /// Publishes why state cannot be saved, if that has changed.
    func publishStateError() {
        guard !isStopped, state.shownError != state.publishedError else { return }
        state.publishedError = state.shownError
        publish([.information(information)], time)
    }

    /// Saves what the store lacks.
    func retryNow() {
        commitPage()
        retrySoon()
    }

    /// Tries again, until the store works.
    func retrySoon() {
        guard state.retryTask == nil, state.store != nil || state.opening != nil else { return }
        state.retryTask = loop.assumeIsolated().scheduleTask(in: Self.retryInterval) { [self] in
            state.retryTask = nil
            guard wakes(), !state.error.isEmpty else { return }
            if let opening = state.opening {
                open(opening)
            } else {
                if state.waiting.isEmpty { commitPage() }
                retrySoon()
            }
        }
    }

    /// Opens a store that could not be opened at the start, on another thread.
    private func open(_ opening: StateOpening) {
        let bound = NIOLoopBound(self, eventLoop: loop)
        let loop = self.loop
        DispatchQueue.global().async {
            let result = Result { () throws(StoreFailure) in try opening.openEmpty() }
            loop.execute { bound.value.opened(result) }
        }
    }

    private func opened(_ result: Result<(any StateStore)?, StoreFailure>) {
        switch result {
        case .success(nil):
            state.opening = nil
            state.error =
                "the state store can be opened again, but has the state of an earlier start; restart the agent to use it"
            publishStateError()
        case .success(let store?):
            guard !isStopped, state.store == nil else { return DispatchQueue.global().async { store.close() } }
            adopt(store)
        case .failure(let failure):
            guard !isStopped else { return }
            state.error = failure.description
            publishStateError()
            retrySoon()
        }
    }
}

extension KeptRecordKey {
    /// Where the store keeps the record.
    fileprivate var place: (table: StoredTable, number: UInt64) {
        switch self {
        case .mobileNode(let homeAddress): (.mobileNodes, UInt64(homeAddress.rawValue))
        case .assignment(let address): (.assignments, UInt64(address.rawValue))
        }
    }
}
