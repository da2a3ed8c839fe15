import Foundation
import Logging
import MIPTesting
import Testing

@testable import NodeDaemon

@Suite("Host configuration through resolvectl")
struct ResolvectlTests {
    @Test("Name servers and search domain are set for the interface, and reverted at the end")
    func applied() async throws {
        let resolvectl = try await FakeResolvectl()
        let configurator = resolvectl.configurator()
        configurator.want(.sample(53, domain: "Home.Example."))
        await configurator.settle()
        #expect(resolvectl.calls == ["dns lo 192.0.2.53", "domain lo home.example"])
        #expect(resolvectl.reports == [true])
        await configurator.stop()
        #expect(resolvectl.calls.dropFirst(2) == ["revert lo"])
        #expect(resolvectl.reports == [true, false])
        #expect(!FileManager.default.fileExists(atPath: resolvectl.directory.file("record")))
        #expect(resolvectl.log.lines().isEmpty)
    }

    @Test("Other settings replace earlier ones completely")
    func changed() async throws {
        let resolvectl = try await FakeResolvectl()
        let configurator = resolvectl.configurator()
        configurator.want(.sample(53, domain: "home.example"))
        await configurator.settle()
        configurator.want(.sample(54))
        await configurator.settle()
        #expect(resolvectl.calls.dropFirst(2) == ["revert lo", "dns lo 192.0.2.54"])
        #expect(resolvectl.reports == [true, true])
        await configurator.stop()
    }

    @Test("The settings move to another interface when the name servers are reached through it")
    func moved() async throws {
        let resolvectl = try await FakeResolvectl()
        let configurator = resolvectl.configurator()
        configurator.want(.sample(53), through: "lo")
        await configurator.settle()
        configurator.want(.sample(53), through: "mip0")
        await configurator.settle()
        #expect(resolvectl.calls == ["dns lo 192.0.2.53", "revert lo", "dns mip0 192.0.2.53"])
        await configurator.stop()
    }

    @Test("Settings that are in force and an end without settings run no program")
    func idle() async throws {
        let resolvectl = try await FakeResolvectl()
        let unused = resolvectl.configurator()
        unused.want(nil)
        await unused.stop()
        #expect(resolvectl.calls.isEmpty)
        let configurator = resolvectl.configurator()
        for _ in 0..<3 {
            configurator.want(.sample(53))
            await configurator.settle()
        }
        #expect(resolvectl.calls == ["dns lo 192.0.2.53"])
        await configurator.stop()
        configurator.want(.sample(53))
        await configurator.settle()
        #expect(resolvectl.calls.count == 2)
    }

    @Test("While a program runs, only the newest wish is kept")
    func newest() async throws {
        let resolvectl = try await FakeResolvectl()
        let configurator = resolvectl.configurator()
        try resolvectl.setWaiting(true)
        configurator.want(.sample(1))
        try await eventually("the first call") { resolvectl.calls.count == 1 }
        for number in 2...200 as ClosedRange<UInt8> { configurator.want(.sample(number)) }
        try resolvectl.setWaiting(false)
        await configurator.settle()
        #expect(resolvectl.calls == ["dns lo 192.0.2.1", "revert lo", "dns lo 192.0.2.200"])
        await configurator.stop()
    }

    @Test("A failure is logged once for each change, and tried again when the wish is repeated")
    func failure() async throws {
        let resolvectl = try await FakeResolvectl()
        let configurator = resolvectl.configurator()
        try resolvectl.setFailing(true)
        for number in [53, 53, 53, 54] as [UInt8] {
            configurator.want(.sample(number))
            await configurator.settle()
        }
        let lines = resolvectl.log.lines()
        #expect(lines.count == 2)
        #expect(lines.first?.contains("ended with status 1: Link lo is managed.") == true)
        #expect(lines.first?.contains("set the mode to resolvConf or off") == true)
        #expect(resolvectl.reports.isEmpty)
        try resolvectl.setFailing(false)
        configurator.want(.sample(54))
        await configurator.settle()
        #expect(resolvectl.calls.last == "dns lo 192.0.2.54")
        #expect(resolvectl.reports == [true])
        await configurator.stop()
    }

    @Test("What a failed attempt may have set is undone")
    func partial() async throws {
        let resolvectl = try await FakeResolvectl()
        let configurator = resolvectl.configurator()
        try resolvectl.setFailing(true)
        configurator.want(.sample(53))
        await configurator.settle()
        try resolvectl.setFailing(false)
        configurator.want(nil)
        await configurator.settle()
        #expect(resolvectl.calls == ["dns lo 192.0.2.53", "revert lo", "revert lo"])
        #expect(resolvectl.reports.isEmpty)
    }

    @Test("A program that does not end is killed")
    func hanging() async throws {
        let resolvectl = try await FakeResolvectl()
        var backend = resolvectl.backend
        (backend.patience, backend.patienceOfUndo) = (.milliseconds(100), .milliseconds(100))
        let configurator = resolvectl.configurator(backend)
        try resolvectl.setWaiting(true)
        configurator.want(.sample(53))
        await configurator.settle()
        #expect(resolvectl.log.lines().first?.contains("did not end in time and was killed") == true)
        try resolvectl.setWaiting(false)
        await configurator.stop()
    }

    @Test("A program that is missing is reported")
    func missing() async throws {
        let resolvectl = try await FakeResolvectl()
        let backend = ResolvectlBackend(
            program: BoundedProgram(path: "/nonexistent/resolvectl"),
            record: ResolvectlRecord(path: resolvectl.directory.file("record")), logger: resolvectl.log.logger)
        let settings = try #require(ResolverSettings.sample(53))
        let error = #expect(throws: HostConfigurationError.self) {
            try backend.apply(ResolverWish(settings: settings, interface: "lo"))
        }
        #expect(error?.description.contains("cannot start '/nonexistent/resolvectl': No such file or directory") == true)
    }

    @Test("Nothing is changed when a crash could not be recovered from")
    func unwritableRecord() async throws {
        let resolvectl = try await FakeResolvectl()
        let backend = ResolvectlBackend(
            program: resolvectl.backend.program, record: ResolvectlRecord(path: "/nonexistent/record"),
            logger: resolvectl.log.logger)
        let settings = try #require(ResolverSettings.sample(53))
        let error = #expect(throws: HostConfigurationError.self) {
            try backend.apply(ResolverWish(settings: settings, interface: "lo"))
        }
        #expect(error?.description.contains("cannot write state file '/nonexistent/record'") == true)
        #expect(resolvectl.calls.isEmpty)
    }

    @Test("After the process was killed, the next one reverts the settings, once")
    func killed() async throws {
        let resolvectl = try await FakeResolvectl()
        do {
            let killed = resolvectl.configurator()
            killed.want(.sample(53))
            await killed.settle()
        }
        for _ in 0..<2 { await resolvectl.configurator().settle() }
        #expect(resolvectl.calls == ["dns lo 192.0.2.53", "revert lo"])
        #expect(resolvectl.log.lines(.notice).last?.contains("an earlier process left in systemd-resolved") == true)
    }

    @Test("After the machine has started again, nothing is reverted")
    func rebooted() async throws {
        let resolvectl = try await FakeResolvectl()
        try resolvectl.backend.record.write(ResolvectlRecord.Entry(interface: "lo", boot: "another"))
        await resolvectl.configurator().settle()
        #expect(resolvectl.calls.isEmpty)
        #expect(!FileManager.default.fileExists(atPath: resolvectl.directory.file("record")))
    }

    @Test("Settings of an interface that no longer exists need no undoing")
    func vanished() async throws {
        let resolvectl = try await FakeResolvectl()
        try resolvectl.backend.record.write(ResolvectlRecord.Entry(interface: "nonexistent0", boot: "this"))
        await resolvectl.configurator().settle()
        #expect(resolvectl.calls.isEmpty)
        #expect(resolvectl.log.lines().isEmpty)
    }

    @Test("An interface whose name looks like an option is refused")
    func option() async throws {
        let resolvectl = try await FakeResolvectl()
        let settings = try #require(ResolverSettings.sample(53))
        let error = #expect(throws: HostConfigurationError.self) {
            try resolvectl.backend.apply(ResolverWish(settings: settings, interface: "--help"))
        }
        #expect(error?.description.contains("'--help'") == true)
        #expect(resolvectl.calls.isEmpty)
    }
}
