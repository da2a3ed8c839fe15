import AgentModel
import Foundation
import ManagementCore
import MobileIPv4

/// Checks an agent that answers.
enum AgentCheckup {
    static func findings(_ state: AgentState) -> [Finding] {
        guard let information = state.information else { return [] }
        var findings: [Finding] = []
        if !information.enabled {
            findings.append(
                Finding("agent", "registration is disabled on \(state.name)", "mip-mib enable --socket PATH-OF-\(state.name)"))
        }
        for address in information.addresses where address.port != 434 {
            findings.append(
                Finding(
                    "agent",
                    "\(state.name) listens on UDP port \(address.port) of \(address.address), but mobile nodes send to port 434",
                    "remove 'port: \(address.port)' from the agent's configuration file; RFC 5944 uses port 434"))
        }
        return findings + clocks(state) + capabilities(information, state.name)
    }

    // MARK: - Clocks

    /// A violation older than this says nothing about the peer's clock now.
    private static let recent: Int64 = 3_600_000

    /// Findings about peers whose latest refused timestamp was too far from the agent's clock.
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
            // A value that is years off is not the timestamp of a clock but a nonce or garbage.
            guard abs(offset) > tolerance, abs(offset) < 86_400 * 366 else { return nil }
            return Finding(
                "clock",
                "the clock of \(violation.violator) is \(Int(abs(offset).rounded())) s \(offset < 0 ? "behind" : "ahead of") that of"
                    + " \(state.name), which allows \(association.replayTolerance) s",
                "on \(violation.violator): systemctl enable --now systemd-timesyncd")
        }
    }

    // MARK: - Capabilities

    /// CAP_NET_ADMIN and CAP_NET_RAW, with their numbers in the kernel.
    private static let needed = [(number: 12, name: "CAP_NET_ADMIN"), (number: 13, name: "CAP_NET_RAW")]

    /// A forwarding agent needs both capabilities for as long as it runs. If /proc does not show its capabilities, there is no finding.
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
                "\(name) (process \(information.processID)) forwards but lacks \(missing.joined(separator: " and "))",
                "add to its systemd unit, under [Service]: AmbientCapabilities=CAP_NET_ADMIN CAP_NET_RAW CAP_NET_BIND_SERVICE")
        ]
    }
}
