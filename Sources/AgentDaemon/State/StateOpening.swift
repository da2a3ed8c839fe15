import AgentControl
import AgentModel
import Foundation
import Logging
import Persistence
import StateStore

/// Opens the state store of an agent.
struct StateOpening: Sendable {
    let path: String
    let durability: Durability
    let logger: Logger
    /// Called from any thread for trouble beside commits; nil when all is well again.
    let report: @Sendable (StoreFailure?) -> Void

    /// Opens the store, after converting a file of the earlier format. Waits for the disk.
    func open() throws(StoreFailure) -> any StateStore {
        if let copy = try EmbeddedStore.convertEarlierFormat(at: path, Self.records(of:)) {
            logger.notice("a state file of an earlier version was converted", metadata: ["file": "\(path)", "copy": "\(copy)"])
        }
        return try EmbeddedStore(path: path, durability: durability, logger: logger, report: report)
    }

    /// The records of a store with the changes of operators that a file of the earlier format has.
    private static func records(of path: String) throws(StoreFailure) -> StoreBatch {
        let changes: [AgentChange]
        do {
            changes = try ChangeFile(path: path).read()
        } catch {
            throw StoreFailure(.notAStore, error.description)
        }
        do {
            return try OperatorChanges().saving(changes).batch
        } catch {
            throw StoreFailure(.notAStore, "cannot convert state file '\(path)': \(error)")
        }
    }
}
