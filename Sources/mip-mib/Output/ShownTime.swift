import AgentModel
import Foundation

/// The one form in which people read times: `2026-11-29 19:27:05Z`, or `2026-11-29 20:27:05+01:00` in the time zone of this machine.
/// Programs read RFC 3339 in UTC.
enum ShownTime {
    enum Zone: Sendable { case utc, local }

    /// The time, to the second.
    static func text(_ time: Timestamp, _ zone: Zone) -> String {
        let offset = zone == .utc ? 0 : offset(at: time)
        let shifted = Timestamp(milliseconds: time.milliseconds.addingReportingOverflow(Int64(offset) * 1000).partialValue)
        let text = "\(shifted)".prefix(19).replacing("T", with: " ")
        guard zone == .local else { return text + "Z" }
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let minutes = abs(offset) / 60
        return text + (offset < 0 ? "-" : "+") + two(minutes / 60) + ":" + two(minutes % 60)
    }

    /// Seconds by which the local time is ahead of UTC.
    private static func offset(at time: Timestamp) -> Int {
        var seconds = time_t(time.milliseconds / 1000)
        var parts = tm()
        return localtime_r(&seconds, &parts) == nil ? 0 : Int(parts.tm_gmtoff)
    }
}
