public import AgentModel

/// What can become of rows that operators make.
public enum RowStorage {
    /// The storage type of a row after a change.
    ///
    /// - Parameters:
    ///   - wanted: What the change says; nil for the default.
    ///   - old: That of the row before; nil for a new row.
    ///   - keepsChanges: Whether the agent has a state file.
    /// - Throws: `invalidValue` for `readOnly`, and `inconsistent` for `nonVolatile` without a state file.
    public static func decide(
        _ wanted: StorageType?, old: StorageType?, keepsChanges: Bool
    ) throws(ChangeRefusal) -> StorageType {
        switch wanted ?? old ?? (keepsChanges ? .nonVolatile : .volatile) {
        case .readOnly:
            throw ChangeRefusal(
                index: 0, field: "storage", problem: .invalidValue,
                reason: "'readOnly' is invalid; expected volatile or nonVolatile")
        case .nonVolatile where !keepsChanges:
            throw ChangeRefusal(
                index: 0, field: "storage", problem: .inconsistent,
                reason: "this agent has no state file and cannot keep the row; set 'state' in its configuration file, "
                    + "or request volatile")
        case let storage: return storage
        }
    }
}
