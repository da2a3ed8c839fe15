import AgentControl
import AgentModel
import ManagementCore

/// Changes sent to an agent, and taken back.
struct AgentExchange: Sendable {
    /// Why a change was not made.
    enum Failure: Error, CustomStringConvertible {
        case refused(ChangeRefusal)
        case control(ControlError)

        var description: String {
            switch self {
            case .refused(let refusal): refusal.reason
            case .control(let error): error.description
            }
        }
    }

    let agent: ManagedAgent

    /// Makes all of the changes or none; with `validate` none, and says only whether they could be made.
    ///
    /// - Returns: what takes them back.
    func apply(_ changes: [AgentChange], validate: Bool) async -> Result<String?, Failure> {
        .failure(.refused(ChangeRefusal(index: 0, problem: .resourceUnavailable, reason: "the agent takes no changes")))
    }

    /// Takes back what an `apply` made.
    func undo(_ token: String) async -> Result<Void, Failure> {
        .failure(.refused(ChangeRefusal(index: 0, problem: .notFound, reason: "the agent has no such change")))
    }
}
