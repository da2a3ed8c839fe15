import Foundation

/// The classical topology: a correspondent, a home agent with its home network, a foreign agent, and a mobile node at the foreign agent.
///
///     correspondent 10.1.0.2 ── 10.1.0.1 home agent 10.3.0.1 ── 10.3.0.2 foreign agent 10.4.0.1 ── mobile node 10.2.0.77
///                                        │ 10.2.0.1
///                                   neighbour 10.2.0.9
final class Laboratory {
    let correspondent: NetworkNamespace
    let homeAgent: NetworkNamespace
    let neighbor: NetworkNamespace
    let foreignAgent: NetworkNamespace
    let mobileNode: NetworkNamespace
    /// The link-layer address of the mobile node's interface.
    let mobileNodeLinkLayerAddress: String

    static let homeAddress = "10.2.0.77"
    static let homeAgentAddress = "10.3.0.1"
    static let careOfAddress = "10.3.0.2"

    /// Whether this user may create namespaces, and the required programs exist.
    static var isPossible: Bool {
        guard geteuid() == 0, access("/dev/net/tun", R_OK | W_OK) == 0 else { return false }
        guard let namespace = try? NetworkNamespace() else { return false }
        return (try? namespace.ip("link")) != nil
    }

    /// - Parameter backboneMTU: the MTU of the link between the agents.
    init(backboneMTU: Int = 1500) throws {
        correspondent = try NetworkNamespace()
        homeAgent = try NetworkNamespace()
        neighbor = try NetworkNamespace()
        foreignAgent = try NetworkNamespace()
        mobileNode = try NetworkNamespace()
        for (a, nameA, addressA, b, nameB, addressB) in [
            (homeAgent, "cn0", "10.1.0.1/24", correspondent, "eth0", "10.1.0.2/24"),
            (homeAgent, "home0", "10.2.0.1/24", neighbor, "eth0", "10.2.0.9/24"),
            (homeAgent, "back0", "10.3.0.1/24", foreignAgent, "back0", "10.3.0.2/24"),
            (foreignAgent, "visit0", "10.4.0.1/24", mobileNode, "eth0", "10.2.0.77/32"),
        ] {
            try a.ip("link add \(nameA) type veth peer name \(nameB) netns \(b.identifier)")
            for (namespace, name, address) in [(a, nameA, addressA), (b, nameB, addressB)] {
                try namespace.ip("address add \(address) dev \(name)")
                try namespace.ip("link set lo up")
                try namespace.ip("link set \(name) up")
            }
        }
        try homeAgent.ip("link set back0 mtu \(backboneMTU)")
        try foreignAgent.ip("link set back0 mtu \(backboneMTU)")
        try correspondent.ip("route add default via 10.1.0.1")
        try neighbor.ip("route add default via 10.2.0.1")
        try foreignAgent.ip("route add default via 10.3.0.1")
        // A mobile node learns its foreign agent's address from an advertisement, not by ARP.
        let agent = try Self.linkLayerAddress(foreignAgent, "visit0")
        try mobileNode.ip("route add default via 10.4.0.1 dev eth0 onlink")
        try mobileNode.ip("neighbor replace 10.4.0.1 lladdr \(agent) dev eth0 nud permanent")
        mobileNodeLinkLayerAddress = try Self.linkLayerAddress(mobileNode, "eth0")
    }

    static func linkLayerAddress(_ namespace: NetworkNamespace, _ interface: String) throws -> String {
        let words = try namespace.ip("-o link show dev \(interface)").split(separator: " ")
        guard let index = words.firstIndex(of: "link/ether"), index + 1 < words.count else {
            throw LaboratoryError("\(interface) has no address")
        }
        return String(words[index + 1])
    }

    /// Starts a data plane in a namespace.
    ///
    /// - Parameter program: the path of this program.
    func plane(in namespace: NetworkNamespace, _ program: String, _ arguments: String...) throws -> NamespaceProcess {
        let process = try namespace.start([program, "run"] + arguments)
        guard let line = try process.readLine(), line.hasPrefix("ready") else {
            throw LaboratoryError("the data plane has not started")
        }
        return process
    }

    /// Both agents' data planes with one binding.
    func planes(
        _ program: String, encapsulation: String = "ipInIp", reverse: String = "direct"
    ) throws -> (homeAgent: NamespaceProcess, foreignAgent: NamespaceProcess) {
        let home = try plane(in: homeAgent, program, "--local", Self.homeAgentAddress)
        let foreign = try plane(in: foreignAgent, program, "--local", Self.careOfAddress, "--local", "10.4.0.1")
        try order(home, homeOrder(encapsulation: encapsulation, reverse: reverse))
        try order(foreign, visitorOrder(encapsulation: encapsulation, reverse: reverse))
        return (home, foreign)
    }

    func homeOrder(encapsulation: String = "ipInIp", reverse: String = "direct") -> String {
        "home \(Self.homeAddress) home0 \(Self.homeAgentAddress),\(Self.careOfAddress),\(encapsulation),"
            + (reverse == "none" ? "forward" : "reverse")
    }

    func visitorOrder(encapsulation: String = "ipInIp", reverse: String = "direct") -> String {
        "visitor \(Self.homeAddress) \(Self.homeAgentAddress) \(Self.careOfAddress) \(encapsulation) \(reverse) visit0 "
            + mobileNodeLinkLayerAddress
    }

    /// Sends a command that must succeed.
    func order(_ plane: NamespaceProcess, _ line: String) throws {
        let answer = try plane.ask(line)
        guard answer == "ok" else { throw LaboratoryError("'\(line)': \(answer)") }
    }

    static func counters(_ plane: NamespaceProcess) throws -> CounterReport {
        try JSONDecoder().decode(CounterReport.self, from: Data(plane.ask("counters").utf8))
    }
}
