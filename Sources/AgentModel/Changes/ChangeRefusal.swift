/// What kept an agent from making a change.
public enum ChangeProblem: String, Hashable, Sendable, CaseIterable, Codable {
    /// What is to be changed does not exist.
    case notFound
    /// What is to be made exists.
    case alreadyExists
    /// A value that is never right.
    case invalidValue
    /// A value that does not fit others, or the state the agent is in.
    case inconsistent
    /// What is from a configuration that management does not write, or belongs to a role that is not played.
    case notPermitted
    /// No room for more.
    case resourceUnavailable
    /// It could not be carried out or kept.
    case commitFailed
}

/// Why an agent refused a list of changes, none of which it made.
public struct ChangeRefusal: Error, Hashable, Sendable {
    /// Which change was at fault, counted from 0.
    public var index: Int
    /// The member of that change that was at fault, as JSON names it; nil when it was no single one.
    public var field: String?
    /// What kind of mistake it was.
    public var problem: ChangeProblem
    /// One sentence that says what is expected. Never a key.
    public var reason: String

    public init(index: Int, field: String? = nil, problem: ChangeProblem, reason: String) {
        self.index = index
        self.field = field
        self.problem = problem
        self.reason = reason
    }
}
