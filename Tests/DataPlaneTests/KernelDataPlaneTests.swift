import AgentModel
import DataPlane
import Foundation
import MIPTesting
import Testing

@testable import mip_plane_bench

/// The kernel's data plane. Its routes and rules are tested with traffic over a veth link between the agents in place of a tunnel device,
/// so that they are also tested on a kernel without such devices.
@Suite(
    "The kernel data plane", .enabled(if: Laboratory.isPossible, "needs root, network namespaces, /dev/net/tun and iproute2"),
    .serialized)
struct KernelDataPlaneTests {
    private let program = BuiltProducts.path(of: "mip-plane-bench")
    private let home = Laboratory.homeAddress

    /// Sends UDP datagrams from any address.
    private static let send = """
        import socket, struct, sys
        source, destination, count = sys.argv[1:]
        s = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)
        for _ in range(int(count)):
            packet = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 48, 0, 0, 64, 17, 0, socket.inet_aton(source),
                                 socket.inet_aton(destination))
            s.sendto(packet + struct.pack("!HHHH", 1, 7002, 28, 0) + bytes(20), (destination, 0))
        """

    /// Counts datagrams on a UDP port until a line has been read and no datagram has arrived for half a second.
    private static let count = """
        import select, socket, sys
        s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        s.bind(("", 7002))
        print("ready", flush=True)
        n, others, rest = 0, [sys.stdin], None
        while True:
            ready = select.select([s] + others, [], [], rest)[0]
            if s in ready: s.recv(9000); n += 1
            elif ready: sys.stdin.readline(); others, rest = [], 0.5
            else: break
        print(n)
        """

    private func planes(_ laboratory: Laboratory) throws -> (homeAgent: NamespaceProcess, foreignAgent: NamespaceProcess) {
        let homeAgent = try laboratory.plane(in: laboratory.homeAgent, program, "--existing-devices")
        let foreignAgent = try laboratory.plane(in: laboratory.foreignAgent, program, "--existing-devices")
        // Without ARP and with the same address at both ends, the link carries IPv4 as a tunnel does.
        try laboratory.homeAgent.ip(
            "link add mip0t0 address 02:00:00:00:00:01 type veth peer name mip0t0 address 02:00:00:00:00:01 netns "
                + "\(laboratory.foreignAgent.identifier)")
        for namespace in [laboratory.homeAgent, laboratory.foreignAgent] {
            try namespace.ip("link set mip0t0 arp off addrgenmode none")
        }
        try laboratory.order(homeAgent, laboratory.homeOrder())
        try laboratory.order(foreignAgent, laboratory.visitorOrder())
        return (homeAgent, foreignAgent)
    }

    private func received(
        by receiver: NetworkNamespace, from sender: NetworkNamespace, _ source: String, _ destination: String, _ count: Int
    ) throws -> String? {
        let counting = try receiver.start(["python3", "-c", Self.count])
        #expect(try counting.readLine() == "ready")
        try sender.run("python3", "-c", Self.send, source, destination, "\(count)")
        return try counting.ask("sent")
    }

    @Test("On a kernel without tunnel devices, user space is chosen")
    func probe() throws {
        let namespace = try NetworkNamespace()
        let hasDevices = (try? namespace.ip("link add probe0 type ipip local 192.0.2.1 remote 192.0.2.2")) != nil
        let process = try namespace.start([program, "run", "--choice", "automatic", "--modest"])
        #expect(try process.readLine() == (hasDevices ? "ready kernel" : "ready userSpace"))
        #expect(process.finish() == 0)
        #expect(try !namespace.ip("link").contains("mip0"))
        guard !hasDevices else { return }
        let refused = try namespace.start([program, "run", "--choice", "kernel"])
        #expect(try refused.readLine() == nil)
        #expect(refused.finish() != 0)
    }

    @Test("Datagrams pass both ways, and are counted if only one node uses the tunnel")
    func traffic() throws {
        let laboratory = try Laboratory()
        let planes = try planes(laboratory)
        #expect(try received(by: laboratory.mobileNode, from: laboratory.correspondent, "10.1.0.2", home, 6) == "6")
        #expect(try received(by: laboratory.neighbor, from: laboratory.mobileNode, home, "10.2.0.9", 4) == "4")
        let counters = try Laboratory.counters(planes.homeAgent)
        #expect(counters.homes[home]?.toNode.packets == 6)
        #expect(counters.homes[home]?.fromNode.packets == 4)
        #expect(try Laboratory.counters(planes.foreignAgent).visitors[home]?.toNode.packets == 6)
    }

    @Test("A datagram that belongs to no record does not leave a tunnel")
    func checks() throws {
        let laboratory = try Laboratory()
        let planes = try planes(laboratory)
        // To another host on the visitor's link, from the home agent's end.
        try laboratory.foreignAgent.ip("route add 10.4.0.99 dev visit0")
        try laboratory.mobileNode.ip("address add 10.4.0.99/32 dev eth0")
        try laboratory.homeAgent.ip("route add 10.4.0.99 dev mip0t0")
        #expect(try received(by: laboratory.mobileNode, from: laboratory.homeAgent, "10.1.0.2", "10.4.0.99", 3) == "0")
        // From another source than the home address, from the foreign agent's end.
        try laboratory.foreignAgent.ip("route add 10.2.0.9 dev mip0t0")
        #expect(try received(by: laboratory.neighbor, from: laboratory.foreignAgent, "10.4.0.99", "10.2.0.9", 3) == "0")
        #expect(try received(by: laboratory.neighbor, from: laboratory.foreignAgent, home, "10.2.0.9", 3) == "3")
        // From the home address, once reverse tunnelling is no longer granted.
        try laboratory.order(planes.homeAgent, laboratory.homeOrder(reverse: "none"))
        #expect(try received(by: laboratory.neighbor, from: laboratory.foreignAgent, home, "10.2.0.9", 3) == "0")
    }

    @Test("Requests that the kernel cannot carry out are refused")
    func refused() throws {
        let laboratory = try Laboratory()
        let planes = try planes(laboratory)
        #expect(
            try planes.homeAgent.ask("home \(home) - 10.3.0.1,10.3.0.2,ipInIp,reverse 10.3.0.1,10.3.0.3,ipInIp,reverse")
                .hasPrefix("error: the kernel can send datagrams for \(home) to only one care-of address"))
        #expect(
            try planes.foreignAgent.ask(laboratory.visitorOrder(reverse: "encapsulating"))
                .hasPrefix("error: the kernel cannot relay"))
        #expect(try received(by: laboratory.mobileNode, from: laboratory.correspondent, "10.1.0.2", home, 2) == "2")
    }

    @Test("Nothing is left after a stop, and nothing of a crash after the next start")
    func leftovers() throws {
        let laboratory = try Laboratory()
        func snapshot() throws -> String {
            try ["link", "rule", "route show table all", "neighbor show nud permanent"]
                .map { try laboratory.foreignAgent.ip($0) }.joined(separator: "\n")
                + laboratory.foreignAgent.run("sysctl", "net.ipv4.ip_forward")
        }
        let before = try snapshot()
        let first = try planes(laboratory)
        first.foreignAgent.finish()
        first.homeAgent.finish()
        #expect(try snapshot() == before)
        let second = try planes(laboratory)
        second.foreignAgent.kill()
        second.homeAgent.kill()
        #expect(try snapshot().contains(home))
        let third = try laboratory.plane(in: laboratory.foreignAgent, program, "--existing-devices")
        third.finish()
        #expect(try snapshot() == before)
    }
}
