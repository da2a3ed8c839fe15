import Foundation
import MIPTesting
import Testing

/// One instance as printed by net-snmp's tools with `-On -Oe -Ox`.
private struct Instance {
    let oid: [Substring]
    /// The type on the wire, such as `Gauge32`; `Hex-STRING` for bytes.
    let type: String
    let text: String

    /// The instances that a walk has printed. Long byte strings continue over several lines.
    static func all(in output: String) -> [Instance] {
        var lines: [String] = []
        // The last line of a walk to the end of the MIB view is a message, not an instance.
        for line in output.split(separator: "\n") where !line.contains("No more variables") {
            if line.hasPrefix(".1.3.") || lines.isEmpty {
                lines.append(String(line))
            } else {
                lines[lines.count - 1] += " \(line)"
            }
        }
        return lines.compactMap { line in
            guard let equals = line.range(of: " = ") else { return nil }
            let value = line[equals.upperBound...]
            let oid = line[..<equals.lowerBound].split(separator: ".")
            guard let colon = value.range(of: ": ") else {
                return Instance(oid: oid, type: value == "\"\"" ? "Hex-STRING" : String(value), text: "")
            }
            return Instance(oid: oid, type: String(value[..<colon.lowerBound]), text: String(value[colon.upperBound...]))
        }
    }

    /// What is wrong with this value for an object; nil if it is valid.
    func complaint(_ object: MIBText.Object) -> String? {
        func inRange(_ number: Int64) -> Bool { object.ranges.isEmpty || object.ranges.contains { $0.contains(number) } }
        let length = text.split(separator: " ").count
        let number = Int64(text.split(separator: " ").first ?? "")
        switch (object.base, type) {
        case ("Enumeration", "INTEGER"): return number.flatMap { object.names[Int($0)] } == nil ? "no label" : nil
        case ("Integer32", "INTEGER"), ("Unsigned32", "Gauge32"), ("Gauge32", "Gauge32"):
            return number.map(inRange) == true ? nil : "out of range"
        case ("Counter32", "Counter32"), ("Counter64", "Counter64"), ("IpAddress", "IpAddress"), ("TimeTicks", "Timeticks"):
            return nil
        case ("OctetString", "Hex-STRING"): return inRange(Int64(length)) ? nil : "\(length) bytes"
        case ("Bits", "Hex-STRING"): return length == ((object.names.keys.max() ?? 0) + 8) / 8 ? nil : "\(length) bytes"
        default: return "a \(type) for a \(object.base)"
        }
    }
}

extension LabTests {
    /// A daemon of each role: its name, the community that reads it, and the roles whose objects it has.
    private static let managed: [(name: String, community: String, role: String)] = [
        ("home-agent", "public", "home agent"), ("foreign-a", "a", "foreign agent"), ("node", "n", "mobile node"),
    ]

    /// Whether a role has an object, given by its descriptor, according to the modules.
    private static func belongs(_ name: String, to role: String) -> Bool {
        func has(_ prefixes: [String]) -> Bool { prefixes.contains { name.hasPrefix($0) } }
        if has(["mipExtHistorySize", "mipExtHistoryLimit"]) { return true }
        // The scene has no exchanges.
        if has(["mipExtExchange"]) { return false }
        // No foreign agent of it refuses an acceptance.
        if has(["mipExtMnFaError"]) { return false }
        // Its node names its home agent, which alone acts on a vendor extension: the question for host configuration.
        if has(["mipExtMnSearch"]) { return false }
        if has(["mipExtExtensionUse"]) { return role == "home agent" }
        if has(["ha", "mipExtHa", "mipExtBinding", "mipExtNode", "mipExtHistory", "mipExtDrain"]) { return role == "home agent" }
        if has(["fa", "mipExtFa", "mipExtVisitor", "mipExtPending"]) { return role == "foreign agent" }
        if has(["mn", "mipExtMn", "mipExtHeard"]) { return role == "mobile node" }
        // Only an agent that checks identifications compares clocks; a node learns about its own clock only from code 133.
        if name == "mipExtAssocClockOffset" { return role == "home agent" }
        // Only agents advertise and answer requests.
        if has(["ma", "mipExtAdvert", "mipExtOutcome", "mipExtEnd"]) { return role != "mobile node" }
        return true
    }

    private static let wrongKey = String(Slice.key.reversed())

    /// Fills every table of the three daemons.
    private static func scene() async throws -> Laboratory {
        let key = Slice.key
        let lab = try Laboratory(
            node: "reverseTunnel: encapsulating\nasksForHostConfiguration: true",
            foreign: "  pendingTimeout: 60\n  messages: {replies: {accepted: Mind the gap}}",
            settings: [
                "MIP_LAB_HOME_AGENT": """
                  messages: {replies: {accepted: Welcome}}
                  hostConfigurations:
                    - {network: 10.1.0.0/24, prefixLength: 24, domainNameServers: [10.1.0.53], dhcpServer: 10.1.0.67,
                       defaultGateway: 10.1.0.1, domainNameSuffix: home.example, configurationURL: "https://config.example/"}
                """,
                "MIP_LAB_NODE_LIFETIME": "lifetime: 900",
                "MIP_LAB_ASSOCIATION": """
                - {peer: 10.1.0.20, spi: 300, key: \(key), ownRole: homeAgent}
                  - {peer: 10.1.0.30, spi: 301, key: \(key), ownRole: foreignAgent}
                """,
            ])
        try await lab.run("up")
        try await lab.run("move", "foreign-a")
        #expect(try await lab.answers(to: 2) == 2)
        // The home agent gets another key for the node, so that its answers are violations to the node.
        func associate(_ action: String, _ more: String...) async throws {
            let change = try await ChildProcess.run(
                BuiltProducts.path(of: "mip-mib"),
                ["association", action, "10.1.0.10", "256", "--yes", "--socket", lab.socket("home-agent")] + more)
            #expect(change.status == 0, "\(change.errors)")
        }
        let directory = try TemporaryDirectory()
        try await associate("add", "--hex", "--key-file", directory.write(wrongKey, to: "wrong"))
        try await lab.plug("foreign-b")
        try await eventually("a violation at the node") { try await !lab.rows("violations", of: "node").isEmpty }
        try await associate("remove")
        try await lab.run("move", "foreign-a")
        #expect(try await lab.answers(to: 2) == 2)
        // A registration with a wrong key, for the violations.
        try await lab.register("10.1.0.20", on: "correspondent", spi: 300, key: wrongKey, ["--care-of-address", "10.0.4.2"])
        // One without the authenticator that the foreign agent requires, and one whose request gets no answer.
        let visit = ["--foreign-agent", "10.2.0.1", "--local-address", "10.2.0.1"]
        try await lab.register("10.1.0.30", on: "foreign-a", visit)
        _ = try await lab.on("hub", "ip", "route", "add", "blackhole", "10.1.0.1/32")
        try await lab.register("10.1.0.77", on: "foreign-a", visit)
        _ = try await lab.on("hub", "ip", "route", "delete", "blackhole", "10.1.0.1/32")
        return lab
    }

    @Test(
        "A walk of a live agent of each role finds every object that the texts define for the role, as defined, and nothing else")
    func walkOfEachRole() async throws {
        let lab = try await Self.scene()
        let text = try await MIBText.read(["MIP-MIB", "MIPV4-EXT-MIB"])
        let objects = Dictionary(uniqueKeysWithValues: text.objects.values.map { ($0.oid.split(separator: "."), $0) })
        let management = try ManagementBench(lab, Self.managed.map { ($0.name, $0.community) })
        for path in ManagementPath.reading {
            try await management.start(path)
            // One that registers and deregisters, for the history, which contains what mip-mibd has seen.
            try await lab.register("10.1.0.40", on: "correspondent", ["--care-of-address", "10.0.4.2", "--deregister"])
            try await lab.order("drain", "10.1.0.2")
            for (name, community, role) in Self.managed {
                try await AgentWalk(
                    port: management.port, access: ["-v2c", "-c", community], socket: lab.socket(name)
                ).check()
                var found: Set<String> = []
                for root in [".1.3.6.1.2.1.44", ".1.3.6.1.4.1.8072.9999.9999"] {
                    for instance in Instance.all(in: try await management.walk(root, community)) {
                        let object = (1..<instance.oid.count).reversed().lazy.compactMap { objects[Array(instance.oid[..<$0])] }
                            .first
                        guard let object else {
                            Issue.record("\(name) has \(instance.oid.joined(separator: ".")), which no text has")
                            continue
                        }
                        found.insert(object.name)
                        // A key is never disclosed; by RFC 2006 it reads as an empty string.
                        let complaint = object.name == "mipSecKey" && instance.text.isEmpty ? nil : instance.complaint(object)
                        #expect(complaint == nil, "\(name): \(object.name) = \(instance.type): \(instance.text)")
                        #expect(["read-only", "read-write", "read-create"].contains(object.access), "\(name): \(object.name)")
                    }
                }
                let wanted = Set(
                    text.objects.values.filter { $0.access.hasPrefix("read") && Self.belongs($0.name, to: role) }.map(\.name))
                #expect(wanted.subtracting(found) == [], "\(path), \(name)")
                #expect(found.subtracting(wanted) == [], "\(path), \(name)")
            }
            try await lab.order("drain", "--end")
            try await management.stop()
        }
        try await lab.run("down")
    }
}

extension Laboratory {
    /// Gives an order to the home agent.
    fileprivate func order(_ arguments: String...) async throws {
        let change = try await ChildProcess.run(
            BuiltProducts.path(of: "mip-mib"), arguments + ["--yes", "--socket", socket("home-agent")])
        #expect(change.status == 0, "\(change.errors)")
    }

    /// Lets a separate node send one registration from one of the namespaces; the outcome is read from the agents.
    fileprivate func register(
        _ homeAddress: String, on part: String, spi: Int = 256, key: String = Slice.key, _ more: [String]
    ) async throws {
        let directory = try TemporaryDirectory()
        let own = [
            BuiltProducts.path(of: "mip-node"), "register", "--home-agent", "10.1.0.1", "--spi", "\(spi)", "--key-file",
            try directory.write(key, to: "key"), "--tries", "1", "--first-home-address", homeAddress,
        ]
        _ = try await on(part, own + more)
    }
}
