import Foundation
import MIPTesting
import Testing

/// A name server on the correspondent, for the names of the home network.
private struct NameServer {
    static let address = "10.0.4.2"
    static let name = "server.home.example"
    static let answer = "10.9.9.9"
    private let process: ChildProcess

    init(_ lab: Laboratory) async throws {
        let program = [
            "netns", "exec", "mip-\(lab.name)-correspondent", BuiltProducts.python, BuiltProducts.client("name_server.py"),
        ]
        process = try ChildProcess(
            "ip", program + [Self.address, "\(Self.name)=\(Self.answer)"], log: "/tmp/mip-\(lab.name)/name-server.log")
        let child = process
        try await eventually("the name server") {
            guard child.isRunning else { throw TimedOut(description: "name_server.py: \(child.output)") }
            return child.output.contains("serving")
        }
    }

    /// The addresses from which names were asked for so far.
    var clients: Set<String> {
        Set(process.output.split(separator: "\n").compactMap { $0.firstMatch(of: /from ([0-9.]+)/).map { String($0.output.1) } })
    }
}

extension SignallingLabTests {
    @Test("A node that is given only its identifier and key gets an address, name servers and a gateway, and names are found")
    func fromIdentifierAndKey() async throws {
        let directory = try TemporaryDirectory()
        let before = "nameserver 192.0.2.1\nsearch before.example\noptions timeout:1\n"
        let file = try directory.write(before, to: "resolv.conf")
        let lab = try await Laboratory.withTwoHomeAgents(
            node: "resolver: {mode: resolvConf, path: \(file)}",
            homeAgent: """
                  hostConfigurations:
                    - network: 10.1.0.0/24
                      domainNameServers: [\(NameServer.address)]
                      defaultGateway: 10.1.0.1
                      domainNameSuffix: home.example
                """,
            foreignAgent: "  defaultHomeAgent: \(Laboratory.homeAgents.first)")
        let server = try await NameServer(lab)
        func contents() -> String { (try? String(contentsOfFile: file, encoding: .utf8)) ?? "" }

        let address = try await lab.anchored(at: Laboratory.homeAgents.first)
        #expect(address.hasPrefix("10.1.0.1"))
        try await eventually("the host configuration in use") {
            let received = try await lab.node()["hostConfiguration"] as? [String: Any]
            return received?["isApplied"] as? Bool == true
        }
        let received = try #require(try await lab.node()["hostConfiguration"] as? [String: Any])
        #expect(received["domainNameServers"] as? [String] == [NameServer.address])
        #expect(received["defaultGateway"] as? String == "10.1.0.1")
        #expect(received["prefixLength"] as? Int == 24)
        #expect(received["domainNameSuffix"] as? String == "home.example")
        #expect(contents().contains("nameserver \(NameServer.address)\n") && contents().contains("search home.example\n"))

        // By its short name, in the domain of the home network.
        let lookup = "mount --bind \(file) /etc/resolv.conf && getent ahostsv4 server"
        let found = try await lab.on("node", "unshare", "-m", "sh", "-c", lookup)
        #expect(found.hasPrefix(NameServer.answer), "\(found)")
        #expect(server.clients == [address])

        try await lab.run("stop", "node")
        #expect(contents() == before)
        try await lab.run("start", "node")
        try await eventually("the host configuration in use again") { contents().contains(NameServer.address) }
        try await lab.run("kill", "node")
        #expect(contents().contains(NameServer.address))
        // Without a network, so that only what the killed process has left is undone.
        _ = try await lab.on("switch", "ip", "link", "set", "cable", "down")
        try await lab.run("start", "node")
        try await eventually("the file from before") { contents() == before }
        try await lab.run("down")
        let folder = URL(fileURLWithPath: file).deletingLastPathComponent().path
        let left = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(left.filter { $0.hasPrefix("resolv.conf") } == ["resolv.conf"])
    }
}
