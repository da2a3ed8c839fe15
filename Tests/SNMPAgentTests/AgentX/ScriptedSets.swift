import MIPMIB

@testable import SNMPAgent

/// SetRequests whose steps are recorded, and which fail where a test says so.
final class ScriptedSets {
    /// What was done, in order.
    var steps: [String] = []
    /// Failures by the name of the step and the last sub-identifier of the varbind at fault.
    var failing: [String: (last: UInt, status: MIBSetStatus)] = [:]

    final class Steps: SetSteps {
        private let script: ScriptedSets
        private let context: String
        private var collected: [(CInt, MIBAssignment)] = []
        private var isMade = false

        init(_ script: ScriptedSets, context: String) {
            self.script = script
            self.context = context
        }

        func collect(_ assignment: MIBAssignment, index: CInt) { collected.append((index, assignment)) }

        func reserve() -> SetTransaction.Failure? {
            let names = collected.map { "\($0.1.oid.last ?? 0)=\($0.1.content)" }.joined(separator: " ")
            script.steps.append("test" + (context.isEmpty ? "" : " in \(context)") + " \(names)")
            return failure("test")
        }

        func commit() -> SetTransaction.Failure? {
            if !isMade { script.steps.append("commit") }
            isMade = true
            return failure("commit")
        }

        func undo() -> SetTransaction.Failure? {
            guard isMade else { return nil }
            isMade = false
            script.steps.append("undo")
            return failure("undo")
        }

        private func failure(_ step: String) -> SetTransaction.Failure? {
            guard let failing = script.failing[step], let found = collected.first(where: { $0.1.oid.last == failing.last }) else {
                return nil
            }
            return SetTransaction.Failure(index: found.0, status: failing.status, reason: "a test")
        }
    }
}
