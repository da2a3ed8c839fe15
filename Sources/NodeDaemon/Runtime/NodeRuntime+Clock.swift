import AgentModel
import Logging
import MobileIPv4
import MobileNode
import MobilityLink

/// The machine's wall clock, which NTP or an operator may set while the node runs.
extension NodeRuntime {
    /// Looks whether the clock was set, and if so follows it: requests carry the time as it is set now, and all rows are published again
    /// with times by that clock. Lifetimes, which follow the uptime, stay. Call at every wake-up, before anything reads the clock.
    func followClock() {
        guard let step = clock.step() else { return }
        clockSteps += 1
        node.clockStepped()
        publication.shiftTimes(by: step)
        let words = Self.words(step)
        logger.warning("the clock of this machine was set \(words)")
        let event = AgentEvent(
            time: time, kind: .clockStepped, role: .mobileNode, message: "the clock of this machine was set \(words)")
        // The information comes first: its start time shows by how much the times in the rows after it have moved.
        publish(publication.take(snapshot()) + publication.forwardingRows() + [.event(event)], time)
    }

    private static func words(_ milliseconds: Int64) -> String {
        let tenths = (Double(milliseconds.magnitude) / 100).rounded() / 10
        return "\(milliseconds < 0 ? "back" : "forward") by \(tenths) s"
    }
}
