/// What prevented an agent from making a change.
public enum ChangeProblem: String, Hashable, Sendable, CaseIterable, Codable {
    /// The target of the change does not exist.
    case notFound
    /// The object to be created already exists.
    case alreadyExists
    /// A value that is never valid.
    case invalidValue
    /// A value that conflicts with other values or with the agent's current state.
    case inconsistent
    /// The target comes from a configuration that management cannot write, or belongs to a role the agent does not play.
    case notPermitted
    /// There is no room for more.
    case resourceUnavailable
    /// The change could not be carried out or saved.
    case commitFailed
}

/// Why an agent refused a list of changes. None of them was made.
public struct ChangeRefusal: Error, Hashable, Sendable {
    /// Index of the change at fault, counted from 0.
    public var index: Int
    /// The member of that change at fault, as named in JSON; nil if no single member is.
    public var field: String?
    /// The kind of problem.
    public var problem: ChangeProblem
    /// One sentence that says what is expected. Never contains a key.
    public var reason: String

    public init(index: Int, field: String? = nil, problem: ChangeProblem, reason: String) {
        self.index = index
        self.field = field
        self.problem = problem
        self.reason = reason
    }
}
