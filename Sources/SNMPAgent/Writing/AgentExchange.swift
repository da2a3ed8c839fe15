import AgentControl
import AgentModel
import ManagementCore

/// Changes sent to an agent, and taken back.
struct AgentExchange: Sendable {
    let agent: ManagedAgent

    /// Makes all of the changes or none; with `validate` none, and says only whether they could be made.
    ///
    /// - Returns: what takes them back.
    func apply(_ changes: [AgentChange], validate: Bool) async -> Result<String?, ControlError> {
        do throws(ControlError) {
            return .success(try await agent.apply(changes, validate: validate).undo)
        } catch {
            return .failure(error)
        }
    }

    /// Takes back what an `apply` made.
    func undo(_ token: String) async -> Result<Void, ControlError> {
        do throws(ControlError) {
            return .success(try await agent.undo(token))
        } catch {
            return .failure(error)
        }
    }
}
