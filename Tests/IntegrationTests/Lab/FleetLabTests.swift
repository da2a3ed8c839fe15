import Foundation
import MIPTesting
import Testing

extension Laboratory {
    /// The home network of the nodes of a fleet, which no link has.
    static let fleetNetwork = "10.64.0.0/22"

    /// Starts nodes on the link of the first foreign agent that register with the first home agent, half of them through the
    /// foreign agent, and waits until all are registered. The program ends once all have moved to the second home agent.
    func fleet(of count: Int) async throws -> ChildProcess {
        // The daemon of the node there would take the care-of address for its own.
        try await run("stop", "node")
        _ = try await on("node", "ip", "address", "add", "10.2.0.9/24", "dev", "eth0")
        _ = try await on("node", "ip", "route", "replace", "default", "via", "10.2.0.1")
        _ = try await on("node", "ip", "route", "add", "local", Self.fleetNetwork, "dev", "lo")
        _ = try await on("foreign-a", "sysctl", "-qw", "net.ipv4.ip_forward=1")
        let key = "/tmp/mip-\(name)/fleet.key"
        _ = FileManager.default.createFile(
            atPath: key, contents: Data("00112233445566778899aabbccddeeff\n".utf8), attributes: [.posixPermissions: 0o600])
        let program = ["netns", "exec", "mip-\(name)-node", BuiltProducts.path(of: "mip-stress"), "fleet"]
        let nodes = [
            "--nodes", "\(count)", "--first-home-address", "10.64.0.1", "--home-agent", Self.homeAgents.first, "--target",
            Self.homeAgents.second, "--foreign-agent", "10.2.0.1", "--care-of-address", "10.2.0.9", "--key-file", key,
        ]
        let fleet = try ChildProcess("ip", program + nodes, log: "/tmp/mip-\(name)/fleet.log")
        try await eventually("the registrations of \(count) nodes", within: .seconds(70)) {
            guard fleet.isRunning else { throw TimedOut(description: "mip-stress fleet: \(fleet.output)") }
            return fleet.output.contains("registered \(count)\n")
        }
        return fleet
    }
}

extension SignallingLabTests {
    @Test("A thousand nodes of a drained home agent move to another one within a minute, and each is registered again within 5 s")
    func drainedFleet() async throws {
        let lab = try await Laboratory.withTwoHomeAgents()
        let fleet = try await lab.fleet(of: 1000)
        #expect(try await lab.rows("visitors", of: "foreign-a").count == 500)
        try await lab.pauseAfterRegistration()
        let (first, second) = (try await lab.changes(of: "home-agent"), try await lab.changes(of: "foreign-b"))
        let start = Date().timeIntervalSince1970
        try await lab.drain()
        try await eventually("the end of mip-stress fleet", within: .seconds(130)) { !fleet.isRunning }
        #expect(fleet.status == 0, "\(fleet.output)")

        // The nodes' own view is in the program's output, that of the home agents follows.
        let ends = first.times(of: "bindingRemoved"), begins = second.times(of: "binding")
        #expect(ends.count == 1000 && begins.count == 1000)
        let gaps = ends.compactMap { address, end in begins[address].map { $0 - end } }
        let longest = try #require(gaps.max()), last = try #require(begins.values.max())
        print("1,000 nodes moved in \(last - start) s, none without a binding for more than \(longest) s: \(fleet.output)")
        #expect(gaps.count == 1000 && longest <= 5)
        #expect(last - start <= 60)
        #expect(try await lab.rows("bindings", of: "home-agent").isEmpty)
        #expect(try await lab.rows("bindings", of: "foreign-b").count == 1000)
        try await lab.run("down")
    }
}

extension LiveChanges {
    /// When the first change of a kind was received for each home address, in seconds since 1970.
    fileprivate func times(of kind: String) -> [String: Double] {
        var times: [String: Double] = [:]
        for change in all where change.kind == kind {
            if let address = change["homeAddress"], times[address] == nil { times[address] = change.received }
        }
        return times
    }
}
