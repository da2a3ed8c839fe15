import AgentModel
import MobileIPv4
import Testing

@testable import DataPlane

@Suite("Groups of homes")
struct HomeGroupsTests {
    /// Homes with destinations at positive numbers, homes to be removed at negative ones.
    private static func groups(_ numbers: [Int]) -> [[Int]] {
        let homes = numbers.map { number in
            HomeForwarding(
                homeAddress: .init(rawValue: UInt32(abs(number))),
                destinations: number < 0
                    ? []
                    : [
                        .init(
                            tunnel: MobilityTunnelKey(
                                localAddress: address("10.3.0.1"), remoteAddress: address("10.3.0.2"), encapsulation: .ipInIp),
                            acceptsReverse: true)
                    ],
                homeInterface: nil)
        }
        return HomeGroups(homes).map { group in
            group.map { ($0.destinations.isEmpty ? -1 : 1) * Int($0.homeAddress.rawValue) }
        }
    }

    @Test(
        "Groups keep the order, have no address twice, and end before and after a home to be removed",
        arguments: [
            ([], []),
            ([1], [[1]]),
            ([1, 2, 3], [[1, 2, 3]]),
            ([1, 2, 1, 3], [[1, 2], [1, 3]]),
            ([1, 1, 1], [[1], [1], [1]]),
            ([1, -2, 3], [[1], [-2], [3]]),
            ([-1, -2], [[-1], [-2]]),
            ([1, 2, -1, 1], [[1, 2], [-1], [1]]),
        ] as [([Int], [[Int]])])
    func split(numbers: [Int], expected: [[Int]]) { #expect(Self.groups(numbers) == expected) }

    @Test("A group has at most as many homes as routes go into one datagram")
    func limit() {
        #expect(Self.groups(Array(1...300)).map(\.count) == [128, 128, 44])
        #expect(Self.groups(Array(1...256)).map(\.count) == [128, 128])
    }
}
