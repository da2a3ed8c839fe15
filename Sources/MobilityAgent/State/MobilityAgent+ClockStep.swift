public import AgentModel
import MobileIPv4

/// The wall clock was set while the agent ran.
extension MobilityAgent {
    /// Makes the times of all rows right by the clock as it is set at present. Lifetimes, which follow the uptime, do not move.
    ///
    /// Rows are not published: the owner publishes a snapshot of all rows. A million bindings take some tenths of a second.
    ///
    /// - Parameter milliseconds: By how much the clock was set, positive for forward.
    public mutating func clockStepped(by milliseconds: Int64, at now: Moment, effects: inout AgentEffects) {
        countersGeneration &+= 1
        clockStepCount += 1
        shared.shiftClock(by: milliseconds)
        shared.violations.shiftTimes(by: milliseconds)
        shared.associations.shiftTimes(by: milliseconds)
        shared.exchanges.shiftTimes(by: milliseconds)
        shared.extensionUses.shiftTimes(by: milliseconds)
        homeAgent?.bindings.shiftTimes(by: milliseconds)
        homeAgent?.nodes.shiftTimes(by: milliseconds)
        homeAgent?.assignments.shiftTimes(by: milliseconds)
        homeAgent?.drain?.since.shift(by: milliseconds)
        foreignAgent?.table.shiftTimes(by: milliseconds)
        information.startTime = shared.startTime
        information.drain = homeAgent?.drainStatus
        effects.changes.append(.information(information))
        for role in information.roles.prefix(1) {
            effects.changes.append(
                .event(
                    AgentEvent(
                        time: shared.time(now), kind: .clockStepped, role: role,
                        message: "the clock of this machine was set \(Self.words(milliseconds))")))
        }
    }

    private static func words(_ milliseconds: Int64) -> String {
        let seconds = Double(milliseconds.magnitude) / 1000
        let tenths = (seconds * 10).rounded() / 10
        return "\(milliseconds < 0 ? "back" : "forward") by \(tenths) s"
    }
}

extension Timestamp {
    fileprivate mutating func shift(by milliseconds: Int64) { self = adding(milliseconds: milliseconds) }
}

extension BindingTable {
    fileprivate mutating func shiftTimes(by milliseconds: Int64) {
        for slot in 0..<rows.end where rows.contains(slot) {
            self[slot].binding.created.shift(by: milliseconds)
            self[slot].binding.renewed.shift(by: milliseconds)
            self[slot].binding.expires?.shift(by: milliseconds)
        }
    }
}

extension MobileNodeService {
    mutating func shiftTimes(by milliseconds: Int64) {
        servingSince?.shift(by: milliseconds)
        recentAccepted?.shift(by: milliseconds)
        recentDenied?.shift(by: milliseconds)
    }
}
