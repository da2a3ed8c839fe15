import AgentModel
import MobileIPv4
import Testing

@testable import NodeDaemon

@Suite("Host configurations of registrations")
struct FollowedHostConfigurationTests {
    private func received(at milliseconds: Int64, server: UInt8 = 53, isApplied: Bool = false) -> ReceivedHostConfiguration {
        ReceivedHostConfiguration(
            prefixLength: 24, domainNameServers: [IPv4Address(192, 0, 2, server)],
            received: Timestamp(milliseconds: milliseconds), isApplied: isApplied)
    }

    @Test("Settings are applied with a registration and undone at its end, and the home network is remembered")
    func followed() async throws {
        let resolvectl = try await FakeResolvectl()
        let configurator = resolvectl.configurator()
        var followed = FollowedHostConfiguration(configurator)
        followed.follow(nil, through: "lo")
        followed.follow(received(at: 1), through: "lo")
        followed.follow(received(at: 2, isApplied: true), through: "lo")
        await configurator.settle()
        followed.follow(nil, through: "lo")
        await configurator.settle()
        #expect(resolvectl.calls == ["dns lo 192.0.2.53", "revert lo"])
        #expect(followed.home.prefixLength == 24)
    }

    @Test("Settings that could not be applied are tried again with the next registration, not before")
    func triedAgain() async throws {
        let resolvectl = try await FakeResolvectl()
        let configurator = resolvectl.configurator()
        var followed = FollowedHostConfiguration(configurator)
        try resolvectl.setFailing(true)
        for _ in 0..<3 {
            followed.follow(received(at: 1), through: "lo")
            await configurator.settle()
        }
        // What the failed attempt may have set is undone, which fails too.
        #expect(resolvectl.calls == ["dns lo 192.0.2.53", "revert lo"])
        try resolvectl.setFailing(false)
        followed.follow(received(at: 2), through: "lo")
        await configurator.settle()
        #expect(resolvectl.calls.dropFirst(2) == ["revert lo", "dns lo 192.0.2.53"])
        await configurator.stop()
    }

    @Test("What was received counts as applied only while these very settings are in force")
    func compared() async throws {
        let resolvectl = try await FakeResolvectl()
        let configurator = resolvectl.configurator()
        var followed = FollowedHostConfiguration(configurator)
        followed.follow(received(at: 1), through: "lo")
        #expect(!followed.isApplied)
        let settings = try #require(ResolverSettings.sample(53))
        followed.inForce = ResolverWish(settings: settings, interface: "lo")
        #expect(followed.isApplied)
        followed.follow(received(at: 2, server: 54), through: "lo")
        #expect(!followed.isApplied)
        followed.follow(received(at: 3), through: "mip0")
        #expect(!followed.isApplied)
        followed.follow(nil, through: "lo")
        #expect(!followed.isApplied)
        await configurator.stop()
    }
}
