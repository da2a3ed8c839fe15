import AgentControl
import AgentModel
import Foundation
import JSON
import ManagementCore
import MobileIPv4

/// Checks an agent that answers.
enum AgentCheckup {
    /// - Parameters:
    ///   - path: the agent's control socket; nil if it is not on this machine.
    static func findings(_ information: AgentInformation, _ name: String, path: String?) -> [Finding] {
        var findings: [Finding] = []
        if !information.enabled {
            findings.append(
                Finding(
                    "agent", "registration is disabled on \(name)",
                    path.map { "mip-mib enable --socket \($0)" } ?? "mip-mib enable --agent \(name) with the same --url"))
        }
        for address in information.addresses where address.port != 434 {
            findings.append(
                Finding(
                    "agent",
                    "\(name) listens on UDP port \(address.port) of \(address.address), but mobile nodes send to port 434",
                    "remove 'port: \(address.port)' from the agent's configuration file; RFC 5944 uses port 434"))
        }
        if !information.stateError.isEmpty {
            findings.append(
                Finding(
                    "state", "\(name) cannot save its state: \(information.stateError)",
                    "let the agent's user write to the files of its 'state:' and to their folder, and make room on its disk; until then, "
                        + "a restart may lose \(information.stateAtRisk)"))
        }
        // Only processes of this machine can be looked at.
        return findings + (path == nil ? [] : capabilities(information, name))
    }

    /// The same for an agent as its management daemon reports it.
    static func findings(_ status: Row) -> [Finding] {
        let name = status.text("agent") ?? "-"
        guard let information = information(of: status) else { return [] }
        return findings(information, name, path: nil) + [broken(status, name, information)].compactMap { $0 }
    }

    private static func information(of status: Row) -> AgentInformation? {
        status["information"].flatMap { try? JSONDecoder().decode(AgentInformation.self, from: Data($0.json.utf8)) }
    }

    private static func broken(_ status: Row, _ name: String, _ information: AgentInformation) -> Finding? {
        guard let count = status.count("faults.count"), count > 0 else { return nil }
        let fault = status.member(at: "faults.first")?.array?.first?.object
        let row = ["kind", "key", "member"].compactMap { fault?.text($0) }.joined(separator: " ")
        let value = fault?.text("value").map { " '\($0)' is invalid" } ?? " is missing"
        return Finding(
            "rows",
            "\(name) has sent \(count) row\(count == 1 ? "" : "s") that cannot be read: \(row)\(value); expected "
                + "\(fault?.text("expected") ?? "another value")",
            "\(information.version) sent it: update it, or mip-mibd if that is older")
    }

    /// That rows of an agent cannot be read; nil if all can.
    static func broken(_ state: AgentState, path: String) -> Finding? {
        guard let fault = state.health.faults.first.first, let information = state.information else { return nil }
        let count = state.health.faults.count
        return Finding(
            "rows", "\(state.name) has sent \(count) row\(count == 1 ? "" : "s") that cannot be read: \(fault)",
            "\(information.version) at \(path) (process \(information.processID)) sent it: update it, or this program if that is older"
        )
    }

    // MARK: - Notes

    /// What an operator may have forgotten or may not expect: that a home agent drains and which bindings stay, what a restart of the agent
    /// loses by its configuration, and that it takes part in experiments.
    static func notes(_ information: AgentInformation, _ name: String) -> [Finding] {
        draining(information, name) + staying(information, name) + store(information, name) + experiments(information, name)
    }

    private static func store(_ information: AgentInformation, _ name: String) -> [Finding] {
        // A store that cannot be used is a finding.
        guard information.roles.contains(.homeAgent), information.durability == nil, information.stateError.isEmpty else {
            return []
        }
        return [
            Finding(
                "note",
                "\(name) keeps neither bindings nor replay memory: a restart ends every binding until its node registers again",
                "set 'state:' in the agent's configuration file to the path of a state store")
        ]
    }

    /// The same for an agent as its management daemon reports it.
    static func notes(_ status: Row) -> [Finding] {
        information(of: status).map { notes($0, status.text("agent") ?? "-") } ?? []
    }

    /// That the clock of the agent's machine was set while the agent ran.
    static func clockSteps(_ state: AgentState, _ name: String) -> [Finding] {
        let steps = state.counters.clockSteps
        guard steps > 0 else { return [] }
        return [
            Finding(
                "note",
                "the clock of \(name) was set \(steps == 1 ? "once" : "\(steps) times") since it started, after which requests may be "
                    + "refused with 133 until their nodes have its time",
                "let a time service slew the clock instead of setting it: see 'timedatectl timesync-status' or 'chronyc tracking' on its "
                    + "machine")
        ]
    }

    // MARK: - Clocks

    /// A violation older than this says nothing about the peer's clock now.
    private static let recent: Int64 = 3_600_000

    /// Findings about peers whose latest refused timestamp was too far from the agent's clock.
    static func clocks(_ state: AgentState) -> [Finding] {
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
                "on \(violation.violator): synchronize its clock, for example with systemd-timesyncd or chrony")
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
                "start it with these capabilities; in a systemd unit, under [Service]: "
                    + "AmbientCapabilities=CAP_NET_ADMIN CAP_NET_RAW CAP_NET_BIND_SERVICE")
        ]
    }
}
