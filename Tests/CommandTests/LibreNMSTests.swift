import Foundation
import Testing
import Yams

/// What LibreNMS' schema of discovery files demands (`resources/definitions/schema/discovery_schema.json`), and how states are judged.
@Suite("The file for LibreNMS")
struct LibreNMSTests {
    private typealias Entry = [String: Any]

    private static func sensors() async throws -> [String: [Entry]] {
        let text = try await Scene.run(["nms", "librenms"]).output
        let file = try #require(try Yams.load(yaml: text) as? [String: [String: [String: [String: [Entry]]]]])
        #expect(file.keys.sorted() == ["modules"])
        let sensors = try #require(file["modules"]?["sensors"])
        #expect(sensors.values.allSatisfy { $0.keys.sorted() == ["data"] })
        return sensors.compactMapValues { $0["data"] }
    }

    @Test("Entries have the members that the schema permits, and all that it requires")
    func members() async throws {
        let sensors = try await Self.sensors()
        #expect(sensors.keys.sorted() == ["count", "state"])
        for (kind, entries) in sensors {
            #expect(entries.count > 4)
            for entry in entries {
                let members: Set = ["oid", "value", "num_oid", "index", "descr"]
                #expect(Set(entry.keys) == (kind == "state" ? members.union(["states"]) : members))
                #expect(members.allSatisfy { entry[$0] is String }, "\(entry)")
                let number = try #require(entry["num_oid"] as? String)
                #expect(try /(\.\d+)+\.\{\{ \$index \}\}/.wholeMatch(in: number) != nil, "\(number)")
                let name = try #require(entry["oid"] as? String)
                #expect(try /[A-Za-z][\w-]+::[a-zA-Z]\w*/.wholeMatch(in: name) != nil, "\(name)")
            }
        }
    }

    /// The severities of an object's states: 0 is fine, 1 a warning, 2 critical, 3 unknown.
    private static func severities() async throws -> [String: [String: Int]] {
        var all: [String: [String: Int]] = [:]
        for entry in try #require(try await Self.sensors()["state"]) {
            let name = try #require((entry["oid"] as? String)?.split(separator: ":").last.map(String.init))
            for state in try #require(entry["states"] as? [Entry]) {
                #expect(state.keys.sorted() == ["descr", "generic", "value"])
                #expect(state["value"] is Int)
                // `true` without quotes would be no text.
                let label = try #require(state["descr"] as? String, "\(state)")
                all[name, default: [:]][label] = try #require(state["generic"] as? Int)
            }
        }
        return all
    }

    @Test("Each state that needs attention is a warning or critical, and all others are fine")
    func severity() async throws {
        let severities = try await Self.severities()
        #expect(severities["faIsBusy"] == ["true": 1, "false": 0])
        #expect(severities["mipEnable"] == ["enabled": 0, "disabled": 1])
        #expect(severities["mipExtCapacityAlarm"] == ["true": 1, "false": 0])
        #expect(
            severities["mipExtSourceStatus"]
                == ["connecting": 2, "synchronizing": 1, "synchronized": 0, "stale": 1, "down": 2])
        #expect(
            severities["mipExtMnSearchState"] == ["unanchored": 1, "asking": 0, "redirected": 0, "anchored": 0, "fallback": 1])
        #expect(severities["mipExtMnHostApplied"] == ["true": 0, "false": 1])
        #expect(severities["mnState"] == ["home": 0, "registered": 0, "pending": 0, "isolated": 2, "unknown": 3])
        // What an agent is or how it is configured.
        for name in ["mipExtAgentDataPlane", "faRegistrationRequired", "mnIdentifierType"] {
            let states = try #require(severities[name])
            #expect(states.count > 1 && states.values.allSatisfy { $0 == 0 }, "\(name) \(states)")
        }
    }

    @Test("No other enumeration raises anything")
    func others() async throws {
        let alarming = try await Self.severities().filter { $0.value.values.contains { $0 != 0 } }.keys.sorted()
        #expect(
            alarming == [
                "faIsBusy", "mipEnable", "mipExtCapacityAlarm", "mipExtMnHostApplied", "mipExtMnSearchState",
                "mipExtSourceStatus",
                "mnState",
            ])
    }
}
