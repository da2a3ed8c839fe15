import AgentModel
import MIPTesting
import MobileIPv4
import Synchronization
import Testing

@testable import NodeDaemon

@Suite("Applying a host configuration")
struct HostConfiguratorTests {
    /// What a configurator has reported.
    private final class Reports: Sendable {
        private let list = Mutex<[Bool]>([])
        var all: [Bool] { list.withLock { $0 } }
        func add(_ isApplied: Bool) { list.withLock { $0.append(isApplied) } }
    }

    private static func configurator(
        _ method: HostConfigurationMethod, _ bench: ResolvConfBench, _ reports: Reports = Reports()
    ) -> HostConfigurator {
        let configurator = HostConfigurator(
            method, recordPath: bench.directory.file("record"), logger: bench.log.logger
        ) { inForce in reports.add(inForce != nil) }
        configurator.begin()
        return configurator
    }

    private static let received = ReceivedHostConfiguration(
        domainNameServers: [IPv4Address(192, 0, 2, 53), IPv4Address(192, 0, 2, 54)], domainNameSuffix: "home.example",
        received: Timestamp(milliseconds: 0))

    @Test("What was received is applied, reported, and undone at the end")
    func applied() async throws {
        let (bench, reports) = (try ResolvConfBench(), Reports())
        let configurator = Self.configurator(.resolvConf(path: bench.path), bench, reports)
        configurator.want(ResolverSettings(Self.received))
        await configurator.settle()
        #expect(bench.lines == ["nameserver 192.0.2.53", "nameserver 192.0.2.54", "search home.example"])
        #expect(reports.all == [true])
        await configurator.stop()
        #expect(bench.text() == ResolvConfBench.original)
        #expect(reports.all == [true, false])
        #expect(bench.files == ["resolv.conf"])
    }

    @Test("A node that was killed leaves the original to the next one")
    func killed() async throws {
        let bench = try ResolvConfBench()
        do {
            let killed = Self.configurator(.resolvConf(path: bench.path), bench)
            killed.want(ResolverSettings(Self.received))
            await killed.settle()
        }
        #expect(bench.text() != ResolvConfBench.original)
        await Self.configurator(.resolvConf(path: bench.path), bench).settle()
        #expect(bench.text() == ResolvConfBench.original)
    }

    @Test("A file that a DHCP client has rewritten is replaced again by the next registration, and returns at the end")
    func rewritten() async throws {
        let (bench, reports) = (try ResolvConfBench(), Reports())
        let configurator = Self.configurator(.resolvConf(path: bench.path), bench, reports)
        configurator.want(ResolverSettings(Self.received))
        await configurator.settle()
        let (applied, lease) = (bench.text(), "nameserver 203.0.113.1\n")
        try bench.directory.write(lease, to: "resolv.conf")
        configurator.want(ResolverSettings(Self.received))
        await configurator.settle()
        #expect(bench.lines == ["nameserver 192.0.2.53", "nameserver 192.0.2.54", "search home.example"])
        #expect(applied == bench.text())
        #expect(reports.all == [true])
        let lines = bench.log.lines()
        #expect(lines.count == 1 && lines.first?.contains("it is replaced again") == true)
        await configurator.stop()
        #expect(bench.text() == lease)
        #expect(reports.all == [true, false])
    }

    @Test("Switched off, it changes and reports nothing")
    func off() async throws {
        let (bench, reports) = (try ResolvConfBench(), Reports())
        let configurator = Self.configurator(.off, bench, reports)
        configurator.want(ResolverSettings(Self.received))
        await configurator.stop()
        #expect(bench.text() == ResolvConfBench.original)
        #expect(bench.files == ["resolv.conf"])
        #expect(reports.all.isEmpty)
    }

    @Test("A received configuration without names asks for nothing")
    func empty() {
        let received = ReceivedHostConfiguration(
            prefixLength: 24, domainNameServers: [IPv4Address(127, 0, 0, 1)], defaultGateway: IPv4Address(192, 0, 2, 1),
            domainNameSuffix: "not a name", received: Timestamp(milliseconds: 0))
        #expect(ResolverSettings(received) == nil)
    }
}
