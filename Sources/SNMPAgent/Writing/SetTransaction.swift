import AgentControl
import AgentModel
import MIPMIB
import ManagementCore

/// One SetRequest in the phases of net-snmp. All its varbinds are one change, however the library passes them: RESERVE1 collects them,
/// RESERVE2 plans the change and has the agent check the plan, ACTION makes the change, and UNDO undoes it.
final class SetTransaction {
    /// The failure of a phase, for the varbind at this position in the request (from 1, as the library counts).
    struct Failure: Error {
        var index: CInt
        var status: MIBSetStatus
        var reason: String
    }

    private enum Phase {
        case collecting
        case planned(MIBPlan)
        case made(undo: String?, before: NotificationSettings?)
        case failed(Failure)
        case ended
    }

    private let served: ServedAgent
    private let mib: MIPMIB
    private let areas: Set<MIBWriteArea>
    private var assignments: [(index: CInt, assignment: MIBAssignment)] = []
    private var phase = Phase.collecting

    init(served: ServedAgent, mib: MIPMIB, areas: Set<MIBWriteArea>) {
        self.served = served
        self.mib = mib
        self.areas = areas
    }

    /// False once the varbinds have been planned; further varbinds belong to another request.
    var isCollecting: Bool { if case .collecting = phase { true } else { false } }

    /// - Parameter index: the position of the varbind in the request.
    func collect(_ assignment: MIBAssignment, index: CInt) { assignments.append((index, assignment)) }

    /// Plans everything collected, once. Nil if the change can be made.
    func reserve() -> Failure? {
        guard isCollecting else { return failure }
        assignments.sort { $0.index < $1.index }
        do throws(Failure) {
            let plan = try plan()
            try check(plan)
            phase = .planned(plan)
        } catch {
            phase = .failed(error)
        }
        return failure
    }

    /// Makes the change, once. Nil if it was made.
    func commit() -> Failure? {
        guard case .planned(let plan) = phase else { return failure }
        do throws(Failure) {
            let undo = plan.agentChanges.isEmpty ? nil : try apply(plan)
            phase = .made(undo: undo, before: nil)
            guard let settings = plan.notificationSettings else { return nil }
            let before = served.desk.state.settings
            do {
                try served.keep(settings)
            } catch {
                _ = self.undo()
                throw failure(0, .commitFailed, "\(error)")
            }
            phase = .made(undo: undo, before: before)
        } catch {
            phase = .failed(error)
        }
        return failure
    }

    /// Undoes the change, once. Nil if that succeeded or nothing had been made.
    func undo() -> Failure? {
        guard case .made(let token, let before) = phase else { return nil }
        phase = .ended
        if let before, (try? served.keep(before)) == nil {
            return failure(0, .undoFailed, "cannot save the previous notification settings")
        }
        guard let token else { return nil }
        let exchange = served.exchange
        switch BoundedWait.value({ await exchange.undo(token) }) {
        case .success: return nil
        case .failure(let error): return failure(0, .undoFailed, "\(error)")
        case nil: return failure(0, .undoFailed, "the agent did not answer in time")
        }
    }

    private var failure: Failure? { if case .failed(let failure) = phase { failure } else { nil } }

    // MARK: - With the agent

    private func plan() throws(Failure) -> MIBPlan {
        do throws(MIBSetError) {
            return try mib.plan(assignments.map(\.assignment), in: served.view, allowing: areas)
        } catch {
            throw failure(error.position, error.status, error.reason)
        }
    }

    /// Has the agent check whether it would make the change. The reason can be reported to a manager only now, because the phase that makes
    /// the change has commitFailed only (RFC 2741 §7.2.4.2).
    private func check(_ plan: MIBPlan) throws(Failure) {
        guard !plan.agentChanges.isEmpty else { return }
        guard served.agent.state().health.connection == .synchronized else {
            throw failure(0, .resourceUnavailable, "the agent '\(served.agent.name)' is unreachable")
        }
        let (exchange, changes) = (served.exchange, plan.agentChanges)
        switch BoundedWait.value({ await exchange.apply(changes, validate: true) }) {
        case .success: return
        case .failure(.changeRefused(let refusal)):
            let error = plan.error(for: refusal)
            throw failure(error.position, error.status, error.reason)
        case .failure(let error): throw failure(0, .resourceUnavailable, "\(error)")
        case nil: throw failure(0, .resourceUnavailable, "the agent did not answer in time")
        }
    }

    private func apply(_ plan: MIBPlan) throws(Failure) -> String? {
        let (exchange, changes) = (served.exchange, plan.agentChanges)
        let result = BoundedWait.value({ await exchange.apply(changes, validate: false) }) { late in
            // The change was reported to the manager as failed, so it must be undone.
            if case .success(let token?) = late { _ = await exchange.undo(token) }
        }
        switch result {
        case .success(let token): return token
        case .failure(.changeRefused(let refusal)):
            throw failure(plan.error(for: refusal).position, .commitFailed, refusal.reason)
        case .failure(let error): throw failure(0, .commitFailed, "\(error)")
        case nil: throw failure(0, .commitFailed, "the agent did not answer in time")
        }
    }

    /// - Parameter position: the position among the collected varbinds, counted from 0.
    private func failure(_ position: Int, _ status: MIBSetStatus, _ reason: String) -> Failure {
        let index = assignments.indices.contains(position) ? assignments[position].index : assignments.first?.index ?? 1
        return Failure(index: index, status: status, reason: reason)
    }
}
