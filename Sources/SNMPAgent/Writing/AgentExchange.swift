import AgentControl
import AgentModel
import ManagementCore

/// Applies changes to an agent and undoes them.
struct AgentExchange: Sendable {
    let agent: ManagedAgent

    /// Makes all of the changes or none. With `validate` it makes none, and only checks whether they could be made.
    ///
    /// - Returns: the token that undoes them.
    func apply(_ changes: [AgentChange], validate: Bool) async -> Result<String?, ControlError> {
        do throws(ControlError) {
            return .success(try await agent.apply(changes, validate: validate).undo)
        } catch {
            return .failure(error)
        }
    }

    /// Undoes the changes of an `apply`.
    func undo(_ token: String) async -> Result<Void, ControlError> {
        do throws(ControlError) {
            return .success(try await agent.undo(token))
        } catch {
            return .failure(error)
        }
    }
}
