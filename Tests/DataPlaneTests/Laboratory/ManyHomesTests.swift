import AgentModel
import CLinuxNetwork
import Foundation
import MobileIPv4
import Synchronization
import Testing

@testable import DataPlane
@testable import mip_plane_bench

/// Homes that are set together, compared with homes that are set one by one in another network namespace.
@Suite(
    "Many homes at once",
    .enabled(if: Laboratory.isPossible, "needs root, network namespaces, /dev/net/tun and iproute2"))
struct ManyHomesTests {
    enum Way: Sendable, CaseIterable { case oneByOne, together }

    /// What is set, and what the kernel has.
    struct Outcome: Hashable, Sendable {
        var failures: [[String]] = []
        var homes: [HomeForwarding] = []
        var tunnels: Set<MobilityTunnelKey> = []
        /// How many addresses are announced.
        var announced = 0
        var kernel: [Substring] = []
        /// What differs from before after the stop.
        var left: [String] = []
    }

    /// What differs between the cases.
    struct Scenario: Sendable, CustomTestStringConvertible {
        var testDescription: String
        /// Set one after the other beforehand.
        var earlier: [HomeForwarding] = []
        var visitors: [VisitorForwarding] = []
        /// Homes with other routes, which make the kernel refuse the agent's the first time.
        var obstructed: [Int] = []
        /// What is set, one call after the other.
        var calls: [[HomeForwarding]]
        /// How many fail in each call.
        var failures: [Int]
    }

    private static func homeAddress(_ number: Int) -> IPv4Address { IPv4Address(rawValue: 0x0A02_0000 + UInt32(number)) }

    private static func home(
        _ number: Int, careOf: String? = "10.3.0.2", local: String = "10.3.0.1", interface: String? = "home0"
    ) -> HomeForwarding {
        HomeForwarding(
            homeAddress: homeAddress(number),
            destinations: careOf.map { careOf in
                [
                    .init(
                        tunnel: MobilityTunnelKey(
                            localAddress: address(local), remoteAddress: address(careOf), encapsulation: .ipInIp),
                        acceptsReverse: true)
                ]
            } ?? [], homeInterface: interface)
    }

    private static let many = (1...300).map { home($0) }

    private static func changed(_ changes: [Int: HomeForwarding]) -> [HomeForwarding] {
        many.enumerated().map { index, home in changes[index + 1] ?? home }
    }

    private static let scenarios = [
        Scenario(testDescription: "none", calls: [[]], failures: [0]),
        Scenario(testDescription: "one", calls: [[home(1)]], failures: [0]),
        Scenario(testDescription: "all new, then the same again", calls: [many, many], failures: [0, 0]),
        Scenario(
            testDescription: "some that are known, have moved or have no link",
            earlier: [home(2), home(3, careOf: "10.3.0.3"), home(5, interface: nil), home(400)],
            calls: [changed([4: home(4, interface: nil), 5: home(5)])], failures: [0]),
        Scenario(
            testDescription: "some that the kernel refuses, and another try",
            obstructed: [1, 2, 64, 127, 128, 129, 200, 300], calls: [many, many], failures: [8, 0]),
        Scenario(testDescription: "all of a group refused", obstructed: Array(1...130), calls: [many], failures: [130]),
        Scenario(
            testDescription: "some with an interface or an address that this machine does not have",
            obstructed: [8],
            calls: [
                changed([
                    7: home(7, interface: "nowhere0"), 9: home(9, local: "10.9.9.9"), 10: home(10, interface: "lo"),
                    11: home(11, interface: "nowhere0"), 300: home(300, interface: "nowhere0"),
                ])
            ], failures: [6]),
        Scenario(
            testDescription: "an address several times, and removals", earlier: [home(20), home(21)], obstructed: [30],
            calls: [
                changed([
                    20: home(20, careOf: nil), 22: home(25, careOf: "10.3.0.4"), 31: home(30), 40: home(39, careOf: nil),
                ])
            ], failures: [1]),
        Scenario(
            testDescription: "some that are visitors here too",
            visitors: [
                VisitorForwarding(
                    homeAddress: homeAddress(50), homeAgent: address("10.3.0.1"), careOfAddress: address("10.3.0.1"),
                    encapsulation: .ipInIp, reverse: .direct, interface: "home0",
                    linkLayerAddress: LinkLayerAddress(2, 0, 0, 0, 0, 50))
            ], calls: [many], failures: [0]),
    ]

    private static func kernel() throws -> [Substring] {
        try ["rule", "route show table all", "neighbor show nud permanent"]
            .flatMap { try IsolatedNetwork.ip("-4 \($0)").split(separator: "\n") }
    }

    private static func outcome(_ way: Way, _ scenario: Scenario) throws -> Outcome {
        try IsolatedNetwork.run {
            for words in [
                "link set lo up", "address add 10.3.0.1/32 dev lo",
                "link add home0 address 02:00:00:00:00:01 type veth peer name peer0 address 02:00:00:00:00:02",
                "link set home0 addrgenmode none up", "link set peer0 addrgenmode none up",
            ] { try IsolatedNetwork.ip(words) }
            let before = try kernel()
            var configuration = DataPlaneConfiguration(localAddresses: [address("10.3.0.1")])
            // So often that every announced address still waits when they are counted.
            configuration.gratuitousARPs = 200
            let plane = try UserSpaceDataPlane(configuration)
            for home in scenario.earlier { try plane.setHome(home) }
            for visitor in scenario.visitors { try plane.setVisitor(visitor) }
            // The first of several routes to an address is replaced, except by one that is there too.
            for number in scenario.obstructed {
                try IsolatedNetwork.ip("route add \(homeAddress(number)) dev home0")
                try IsolatedNetwork.ip("route append \(homeAddress(number)) dev mip0 proto 44 scope link")
            }
            var outcome = Outcome()
            for homes in scenario.calls {
                let failures: [(IPv4Address, DataPlaneError)]
                switch way {
                case .together: failures = plane.setHomes(homes)
                case .oneByOne: failures = homes.flatMap { plane.setHomes([$0]) }
                }
                outcome.failures.append(failures.map { "\($0): \($1)" }.sorted())
            }
            outcome.kernel = try kernel()
            (outcome.homes, outcome.tunnels, outcome.announced) = plane.shared.state.withLock { state in
                (
                    state.table.homeAddresses.homes.sorted().compactMap { state.table.home($0) },
                    Set(state.table.tunnels.keys), state.announcements.count
                )
            }
            plane.stop()
            for number in scenario.obstructed { _ = try? IsolatedNetwork.ip("route flush \(homeAddress(number))/32") }
            outcome.left = try kernel().difference(from: before).map { "\($0)" }
            return outcome
        }
    }

    @Test("Homes that are set together have the same records and kernel state as those set one by one", arguments: scenarios)
    func same(scenario: Scenario) throws {
        let together = try Self.outcome(.together, scenario)
        #expect(together == (try Self.outcome(.oneByOne, scenario)))
        #expect(together.failures.map(\.count) == scenario.failures)
        #expect(together.left == [])
        for home in together.homes where scenario.visitors.isEmpty {
            #expect(together.kernel.contains { $0.hasPrefix("\(home.homeAddress) dev mip0 proto 44 scope link") })
        }
    }

    @Test(
        "Each of many refused routes has its own reason, also when the replies overflow the socket's buffer",
        arguments: [false, true])
    func refused(isSmall: Bool) throws {
        let failures = try IsolatedNetwork.run {
            let client = try RouteClient(protocolNumber: 44)
            let lo = try client.interface(named: "lo").index
            if isSmall { _ = mip_set_option(client.socket.descriptor, mip_sol_socket, SO_RCVBUF, 1) }
            try IsolatedNetwork.ip("link set lo up")
            let routes = (1...300).map { number in
                Route(
                    destination: IPv4Prefix(host: Self.homeAddress(number)), interface: number == 150 ? lo : 4711,
                    table: RouteClient.mainTable)
            }
            return client.setRoutes(routes)
        }
        #expect(failures.count == 299)
        #expect(failures[149] == nil)
        for (index, error) in failures {
            let destination = Self.homeAddress(index + 1)
            #expect(error.description == "cannot set the route to \(destination)/32 on interface 4711: No such device")
        }
    }
}
