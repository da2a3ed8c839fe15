import Foundation
import MIPTesting
import Testing

/// Tests with Debian's Icinga 2. What its services do when something happens is tested by scripts/check-alerts.
@Suite("The file for Icinga")
struct IcingaTests {
    /// What Icinga made of the file and of these hosts: the properties of each service by `host!service`, and of each dependency.
    private static func objects(_ hosts: String) async throws -> (
        services: [String: [String: Any]], dependencies: [[String: Any]]
    ) {
        let directory = try TemporaryDirectory()
        try directory.write(try await Scene.run(["nms", "icinga"]).output, to: "mip-mib.conf")
        let file = try directory.write(
            """
            const PluginDir = "/usr/lib/nagios/plugins"
            const NodeName = "here"
            include <itl>
            include <plugins>
            template Service "generic-service" {
              max_check_attempts = 5
            }
            \(hosts)
            include "mip-mib.conf"

            """, to: "icinga2.conf")
        let path = directory.path
        let user = try await ChildProcess.run("id", ["-un"]).output.trimmingCharacters(in: .whitespacesAndNewlines)
        let group = try await ChildProcess.run("id", ["-gn"]).output.trimmingCharacters(in: .whitespacesAndNewlines)
        let result = try await ChildProcess.run(
            "icinga2",
            [
                "daemon", "-C", "-c", file, "-DRunAsUser=\(user)", "-DRunAsGroup=\(group)", "-DDataDir=\(path)",
                "-DCacheDir=\(path)", "-DLogDir=\(path)",
            ])
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        var (services, dependencies): ([String: [String: Any]], [[String: Any]]) = ([:], [])
        for object in try Self.netstrings(try Data(contentsOf: URL(fileURLWithPath: path + "/icinga2.debug"))) {
            let json = try #require(try JSONSerialization.jsonObject(with: object) as? [String: Any])
            let properties = json["properties"] as? [String: Any] ?? [:]
            switch json["type"] as? String {
            case "Service":
                let host = try #require(properties["host_name"] as? String)
                services["\(host)!\(try #require(json["name"] as? String))"] = properties
            case "Dependency": dependencies.append(properties)
            default: break
            }
        }
        return (services, dependencies)
    }

    /// The parts of a file in which each is preceded by its length and a colon and followed by a comma or a newline.
    private static func netstrings(_ data: Data) throws -> [Data] {
        var (parts, rest): ([Data], Data) = ([], data)
        while let colon = rest.firstIndex(of: UInt8(ascii: ":")) {
            let length = try #require(Int(String(decoding: rest[rest.startIndex..<colon], as: UTF8.self)))
            parts.append(Data(rest[(colon + 1)...].prefix(length)))
            rest = Data(rest[(colon + 1)...].dropFirst(length + 1))
        }
        return parts
    }

    private static func number(_ value: Any?) -> Double? { value as? Double ?? (value as? Int).map(Double.init) }

    @Test("Only a host with vars.mobile_ip has services, and those of tables only for its roles")
    func services() async throws {
        let (services, dependencies) = try await Self.objects(
            """
            object Host "plain" {
              check_command = "dummy"
              vars.mobile_ip = true
            }
            object Host "roles" {
              check_command = "dummy"
              vars.mobile_ip = true
              vars.mobile_ip_roles = [ "foreignAgent", "homeAgent" ]
            }
            object Host "other" {
              check_command = "dummy"
            }
            """)
        let general = ["age of the snapshot", "agent connection", "registration", "security violations"]
        let ofRoles = (general + ["bindings", "visitors"]).sorted()
        #expect(
            services.keys.sorted() == general.map { "plain!mobile-ip \($0)" } + ofRoles.map { "roles!mobile-ip \($0)" })
        #expect(services.values.allSatisfy { $0["check_command"] as? String == "mobile-ip-snmp" })
        // All services but the connection depend on it.
        #expect(dependencies.count == 3 + 5)
        #expect(dependencies.allSatisfy { $0["parent_service_name"] as? String == "mobile-ip agent connection" })
        #expect(dependencies.allSatisfy { $0["child_service_name"] as? String != "mobile-ip agent connection" })
        #expect(dependencies.allSatisfy { $0["disable_checks"] as? Bool == true && $0["ignore_soft_states"] as? Bool == false })
    }

    @Test("A healthy agent, which is heard from at least every 2 seconds, is far below the default threshold of its age")
    func age() async throws {
        let (services, _) = try await Self.objects(
            """
            object Host "a" {
              check_command = "dummy"
              vars.mobile_ip = true
            }
            """)
        let variables = try #require(services["a!mobile-ip age of the snapshot"]?["vars"] as? [String: Any])
        let warning = try #require(Self.number(variables["snmp_warn"]))
        let critical = try #require(Self.number(variables["snmp_crit"]))
        #expect(warning >= 5000 && critical > warning)
        #expect(variables["snmp_version"] as? String == "2c")
    }

    @Test("The variables of a host are the parameters of its services, with SNMPv3 too")
    func parameters() async throws {
        let (services, _) = try await Self.objects(
            """
            object Host "a" {
              check_command = "dummy"
              vars.mobile_ip = true
              vars.snmpv3_user = "operator"
              vars.snmpv3_context = "foreign"
              vars.mobile_ip_age_warning = 7000
              vars.mobile_ip_violations_interval = 1m
              vars.mobile_ip_violations_warning = 3
            }
            """)
        func variables(_ title: String) throws -> [String: Any] {
            try #require(services["a!mobile-ip \(title)"]?["vars"] as? [String: Any])
        }
        #expect(services.values.allSatisfy { $0["check_command"] as? String == "mobile-ip-snmpv3" })
        #expect(try Self.number(variables("age of the snapshot")["snmpv3_warn"]) == 7000)
        #expect(try Self.number(variables("age of the snapshot")["snmpv3_crit"]) == 15000)
        #expect(try Self.number(variables("security violations")["snmpv3_warn"]) == 3)
        #expect(Self.number(services["a!mobile-ip security violations"]?["check_interval"]) == 60)
        // The variables of the other command would do nothing.
        #expect(services.values.allSatisfy { ($0["vars"] as? [String: Any])?.keys.contains { $0.hasPrefix("snmp_") } == false })
    }
}
