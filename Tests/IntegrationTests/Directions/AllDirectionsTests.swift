import Foundation
import MIPTesting
import Testing

/// Every interface shows a change, regardless of the interface that made it.
@Suite("Changes through every interface", .serialized)
struct AllDirectionsTests {
    private static let mip = ".1.3.6.1.2.1.44.1"
    private static let binding = ".1.3.6.1.4.1.8072.9999.9999.44.1.4.1.1.17.127.40.0.10.192.0.2.1"
    private static let newKey = "ffeeddccbbaa99887766554433221100"

    private static func enabled(_ isOn: Bool) -> OperatorChange {
        OperatorChange(
            name: "registration switched \(isOn ? "on" : "off")", snmp: [mip + ".1.2.0", "i", isOn ? "1" : "2"],
            api: ("PATCH", "/v1/settings/home", #"{"enabled": \#(isOn)}"#), command: [isOn ? "enable" : "disable", "--yes"],
            instances: [mip + ".1.2.0": isOn ? "1" : "2"], resources: [("/v1/settings/home", "enabled", "\(isOn)")],
            rows: [("agents", ["agent": "\"home\""], "information.enabled", "\(isOn)")],
            metrics: ["mip_agent_enabled": isOn ? "1" : "0"])
    }

    private static func association(_ keyFile: String) -> [OperatorChange] {
        let (entry, row) = (mip + ".2.5.1", "2.4.127.40.0.50.4660")
        let (peer, path) = (["127.40.0.50", "4660"], "/v1/associations/home/127.40.0.50/4660")
        let choice = ["peer": "\"127.40.0.50\"", "spi": "4660"]
        func shown(_ tolerance: String?) -> OperatorChange {
            OperatorChange(
                name: "",
                instances: [
                    "\(entry).8.\(row)": tolerance, "\(entry).11.\(row)": tolerance == nil ? nil : "1",
                    // The key can be written but never read.
                    "\(entry).6.\(row)": tolerance == nil ? nil : "\"\"",
                ],
                resources: [(path, "replayTolerance", tolerance), (path, "key", nil)],
                rows: [("associations", choice, "replayTolerance", tolerance), ("associations", choice, "key", nil)],
                metrics: ["mip_security_associations": tolerance == nil ? "1" : "2"])
        }
        func change(
            _ name: String, _ snmp: [String], _ method: String, _ body: String?, _ command: [String], _ tolerance: String?
        ) -> OperatorChange {
            let shown = shown(tolerance)
            return OperatorChange(
                name: "an association \(name)", snmp: snmp, api: (method, path, body),
                command: ["association", command[0]] + peer + command.dropFirst() + ["--yes"], instances: shown.instances,
                resources: shown.resources, rows: shown.rows, metrics: shown.metrics)
        }
        return [
            change(
                "added", ["\(entry).11.\(row)", "i", "4", "\(entry).6.\(row)", "x", newKey], "PUT", #"{"key": "\#(newKey)"}"#,
                ["add", "--role", "mobileNode", "--key-file", keyFile, "--hex"], "7"),
            change(
                "changed", ["\(entry).8.\(row)", "u", "30"], "PATCH", #"{"replayTolerance": 30}"#, ["set", "--tolerance", "30"],
                "30"),
            change("removed", ["\(entry).11.\(row)", "i", "6"], "DELETE", nil, ["remove"], nil),
        ]
    }

    private static func careOfAddress(_ isThere: Bool) -> OperatorChange {
        let (status, path) = (mip + ".5.1.1.1.2.192.0.2.77", "/v1/care-of-addresses/home/192.0.2.77")
        return OperatorChange(
            name: "a care-of address \(isThere ? "added" : "removed")", snmp: [status, "i", isThere ? "4" : "6"],
            api: (isThere ? "PUT" : "DELETE", path, nil),
            command: ["care-of", isThere ? "add" : "remove", "192.0.2.77", "--yes"],
            instances: [status: isThere ? "1" : nil], resources: [(path, "isAdded", isThere ? "true" : nil)],
            rows: [("agents", ["agent": "\"home\""], "information.addedCareOfAddresses", isThere ? #"["192.0.2.77"]"# : "[]")])
    }

    /// A node registers, and an operator revokes its binding.
    private static func revocation() -> [OperatorChange] {
        let path = "/v1/bindings/home/127.40.0.10/192.0.2.1"
        let choice = ["homeAddress": "\"127.40.0.10\""]
        return [
            OperatorChange(
                name: "a node registered", registration: ("127.40.0.10", "192.0.2.1"), instances: [binding: "1"],
                resources: [(path, "careOfAddress", "\"192.0.2.1\"")],
                rows: [("bindings", choice, "careOfAddress", "\"192.0.2.1\"")], metrics: ["mip_home_agent_bindings": "1"]),
            OperatorChange(
                name: "its binding revoked", snmp: [binding, "i", "2"], api: ("DELETE", path, nil),
                command: ["revoke", "127.40.0.10", "--yes"], instances: [binding: nil], resources: [(path, "careOfAddress", nil)],
                rows: [("bindings", choice, "careOfAddress", nil)], metrics: ["mip_home_agent_bindings": "0"]),
        ]
    }

    /// The row is chosen by the interface's index, which is 1 for the loopback interface on every Linux system.
    private static func advertisement(_ interval: Int) -> OperatorChange {
        let path = "/v1/advertisements/home/127.0.0.1"
        let column = mip + ".4.2.5.1.5.1"
        return OperatorChange(
            name: "advertisements at most every \(interval) s", snmp: [column, "i", "\(interval)"],
            api: ("PATCH", path, #"{"maximumInterval": \#(interval)}"#),
            command: ["advertisement", "set", "127.0.0.1", "--maximum-interval", "\(interval)", "--yes"],
            // The table indexed by interface and, deprecated, the one indexed by address.
            instances: [column: "\(interval)", mip + ".4.2.1.1.5.127.0.0.1": "\(interval)"],
            resources: [(path, "maximumInterval", "\(interval)")],
            rows: [("advertisements", ["address": "\"127.0.0.1\""], "maximumInterval", "\(interval)")],
            metrics: ["mip_advertising_interfaces": "1"])
    }

    @Test(
        "A change by SNMP, the API or the command is shown alike by SNMP, the API, the command and /metrics",
        arguments: ManagementPath.allCases, Direction.allCases)
    func everywhere(path: ManagementPath, direction: Direction) async throws {
        let scene = try await ManagedScene(path)
        let keyFile = try scene.directory.write(Self.newKey + "\n", to: "new.key")
        var changes = [Self.enabled(false), Self.enabled(true)] + Self.association(keyFile)
        changes += [Self.careOfAddress(true), Self.careOfAddress(false)] + Self.revocation()
        if ManagedScene.canAdvertise { changes += [Self.advertisement(700), Self.advertisement(600)] }
        var compared = 0
        for change in changes {
            try await make(change, by: direction, in: scene)
            var differences: [String] = []
            do {
                try await eventually("\(change.name), by \(direction.rawValue), on every interface") {
                    differences = try await change.differences(scene)
                    return differences.isEmpty
                }
            } catch { Issue.record("\(error): \(differences)") }
            compared += change.count
        }
        #expect(compared >= (ManagedScene.canAdvertise ? 69 : 55), "only \(compared) values were compared")
        try await scene.stop()
    }

    private func make(_ change: OperatorChange, by direction: Direction, in scene: ManagedScene) async throws {
        if let (home, careOf) = change.registration {
            #expect(try await scene.register(home, from: careOf) == nil)
            return
        }
        switch direction {
        case .snmp: #expect(try await scene.set(change.snmp) == nil, "\(change.name)")
        case .api:
            let (method, path, body) = try #require(change.api)
            let answer = try await scene.request(method, path, body)
            #expect([201, 204].contains(answer.status), "\(change.name): \(answer)")
        case .command, .commandByURL:
            let answer = try await scene.command(change.command, byURL: direction == .commandByURL)
            #expect(answer.status == 0, "\(change.name): \(answer)")
        }
    }
}
