/// The result of a list of changes that an agent has made.
public struct AppliedChanges: Hashable, Sendable, Codable {
    /// How many changes were made; with `validate`, how many would have been.
    public var applied: Int
    /// The token with which `undo` reverts these changes, valid for 60 seconds; nil if nothing was changed.
    public var undo: String?
    /// How many registrations `AgentChange.revoke` ended; with `validate`, how many it would have. Nil if no change was one.
    public var ended: Int?

    public init(applied: Int, undo: String? = nil, ended: Int? = nil) {
        self.applied = applied
        self.undo = undo
        self.ended = ended
    }
}
