import AgentModel
import MobilityAgent
import NIOConcurrencyHelpers
import NIOCore
import StateStore

/// What an agent keeps in its state store, and what waits for the store. It belongs to the runtime.
struct StateKeeping {
    /// Changes that were given to the store and are not yet safe.
    struct Commit {
        let number: UInt64
        /// What to save again if the commit fails.
        let keys: [KeptRecordKey]
        /// When it was given to the store, in `Moment.uptime`.
        let began: Int64
        /// Called with why the changes are not kept; nil if they are.
        let done: ((String?) -> Void)?
    }

    /// Effects that nobody may see before a commit is safe.
    struct Held {
        let after: UInt64
        var effects: AgentEffects
    }

    /// Whether the configuration names a store.
    let isConfigured: Bool
    let durability: Durability
    /// Nil without a store, or if it cannot be used.
    private(set) var store: (any StateStore)?
    var history: AgentHistory?
    /// The changes of operators that the store has.
    var operators = OperatorChanges()
    /// Whether the record of this start has changed since it was saved, and when it was saved, in `Moment.uptime`.
    var isStartUnsaved = true
    var startSaved: Int64 = 0

    /// Why what happens is not safe; empty while it is.
    var error = ""
    /// The one that was published last.
    var publishedError = ""
    /// What the store reports beside its commits, which are safe nevertheless; empty while all is well.
    var backgroundError = ""
    /// What could not be taken over at the start; empty if nothing was left.
    var unreadable = ""
    /// What is reported as the state error.
    var shownError: String { [error, backgroundError, unreadable].first { !$0.isEmpty } ?? "" }
    /// Whether a commit has failed since all was safe; the store's threads set it when nobody listens any more.
    let hasFailed = NIOLockedValueBox(false)
    /// Who waits until a commit is safe, or until that is known to take long.
    var savedWaiters: [(number: UInt64, done: () -> Void)] = []
    var waiting = CircularBuffer<Commit>()
    var held = CircularBuffer<Held>()
    private(set) var lastNumber: UInt64 = 0
    var retryTask: Scheduled<Void>?
    /// Opens the store if it could not be used at the start.
    var opening: StateOpening?

    /// - Parameters:
    ///   - opening: What the configuration says of the store; nil if no state is kept.
    ///   - opened: The store, or why it cannot be used.
    init(_ opening: StateOpening?, _ opened: Result<any StateStore, StoreFailure>?) {
        isConfigured = opening != nil
        durability = opening?.durability ?? .process
        switch opened {
        case .success(let store): self.store = store
        case .failure(let failure):
            error = failure.description
            self.opening = opening
        case nil: break
        }
    }

    /// Whether answers wait for the store.
    var holds: Bool { durability != .memory && error.isEmpty && !waiting.isEmpty }

    mutating func nextNumber() -> UInt64 {
        lastNumber += 1
        return lastNumber
    }

    /// A store that can be used after all.
    mutating func adopt(_ store: any StateStore) { self.store = store }

    /// Removes and returns the store. Its `close` waits for the disk.
    mutating func takeStore() -> (any StateStore)? {
        defer { store = nil }
        return store
    }
}
