import AgentModel
import Foundation
import ManagementCore
import MobileIPv4

/// What can be wrong with an agent that answers.
enum AgentCheckup {
    static func findings(_ state: AgentState) -> [Finding] {
        guard let information = state.information else { return [] }
        var findings: [Finding] = []
        if !information.enabled {
            findings.append(
                Finding("agent", "\(state.name) has registration switched off", "mip-mib enable --socket PATH-OF-\(state.name)"))
        }
        for address in information.addresses where address.port != 434 {
            findings.append(
                Finding(
                    "agent",
                    "\(state.name) listens on UDP port \(address.port) of \(address.address), where mobile nodes do not look",
                    "leave out 'port: \(address.port)' in the agent's file; 434 is the port of RFC 5944"))
        }
        return findings + clocks(state) + capabilities(information, state.name)
    }

    // MARK: - Clocks

    /// A violation older than this says nothing of a clock now.
    private static let recent: Int64 = 3_600_000

    /// Peers whose latest refused timestamp was too far from the agent's clock.
    private static func clocks(_ state: AgentState) -> [Finding] {
        guard let now = state.agentTime else { return [] }
        return state.violations.map(\.row).compactMap { violation in
            guard violation.recentReason == .badIdentifier, now.milliseconds(since: violation.recentTime) < recent,
                let association = state.associations.first(where: { entry in
                    entry.row.peer == violation.violator && entry.row.replayMethod == .timestamps
                })?.row
            else { return nil }
            let (nanoseconds, isTooLarge) = violation.recentTime.milliseconds.multipliedReportingOverflow(by: 1_000_000)
            guard !isTooLarge else { return nil }
            let offset = violation.recentIdentification.seconds(since: Identification(unixNanoseconds: nanoseconds))
            let tolerance = Double(association.replayTolerance)
            // What is years off is no timestamp of a clock but a nonce, or rubbish.
            guard abs(offset) > tolerance, abs(offset) < 86_400 * 366 else { return nil }
            return Finding(
                "clock",
                "the clock of \(violation.violator) is \(Int(abs(offset).rounded())) s \(offset < 0 ? "behind" : "before") that of"
                    + " \(state.name), which allows \(association.replayTolerance) s",
                "on \(violation.violator): systemctl enable --now systemd-timesyncd")
        }
    }

    // MARK: - Capabilities

    /// CAP_NET_ADMIN and CAP_NET_RAW, by their numbers in the kernel.
    private static let needed = [(number: 12, name: "CAP_NET_ADMIN"), (number: 13, name: "CAP_NET_RAW")]

    /// An agent that forwards needs both for as long as it runs. Where /proc does not tell, nothing is said.
    private static func capabilities(_ information: AgentInformation, _ name: String) -> [Finding] {
        guard information.dataPlane != nil,
            let file = FileManager.default.contents(atPath: "/proc/\(information.processID)/status"),
            let line = String(decoding: file, as: UTF8.self).split(separator: "\n").first(where: { $0.hasPrefix("CapEff:") }),
            let effective = UInt64(line.dropFirst(7).drop { $0 == "\t" || $0 == " " }, radix: 16)
        else { return [] }
        let missing = needed.filter { effective & (1 << $0.number) == 0 }.map(\.name)
        guard !missing.isEmpty else { return [] }
        return [
            Finding(
                "capabilities",
                "\(name), process \(information.processID), forwards and lacks \(missing.joined(separator: " and "))",
                "add to its systemd unit, under [Service]: AmbientCapabilities=CAP_NET_ADMIN CAP_NET_RAW CAP_NET_BIND_SERVICE")
        ]
    }
}
