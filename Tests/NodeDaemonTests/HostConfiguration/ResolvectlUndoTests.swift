import Foundation
import MIPTesting
import Testing

@testable import NodeDaemon

@Suite("Undoing a host configuration through resolvectl when something fails")
struct ResolvectlUndoTests {
    @Test("Settings that could not be undone are undone later, and count as in force until then")
    func later() async throws {
        let resolvectl = try await FakeResolvectl()
        let configurator = resolvectl.configurator(retryDelay: .milliseconds(50))
        configurator.want(.sample(53))
        await configurator.settle()
        try resolvectl.setFailing(true)
        configurator.want(nil)
        try await eventually("two failures") { resolvectl.calls.count >= 3 }
        #expect(resolvectl.reports == [true])
        try resolvectl.setFailing(false)
        try await eventually("the settings are undone") { resolvectl.reports == [true, false] }
        #expect(!resolvectl.hasRecord)
        #expect(resolvectl.log.lines().count == 1)
        let count = resolvectl.calls.count
        await configurator.stop()
        #expect(resolvectl.calls.count == count)
    }

    @Test("What a killed process has left, and could not be undone at the start, is undone later", arguments: [true, false])
    func leftover(atEnd: Bool) async throws {
        let resolvectl = try await FakeResolvectl()
        do {
            let killed = resolvectl.configurator()
            killed.want(.sample(53))
            await killed.settle()
        }
        try resolvectl.failOnce()
        let next = resolvectl.configurator(retryDelay: atEnd ? .seconds(600) : .milliseconds(50))
        await next.settle()
        if atEnd { await next.stop() }
        try await eventually("the settings are undone") { !resolvectl.hasRecord }
        #expect(resolvectl.calls == ["dns lo 192.0.2.53", "revert lo", "revert lo"])
        #expect(resolvectl.log.lines().count == 1)
        await next.stop()
    }

    @Test("At the end, undoing has a second try", arguments: [true, false])
    func end(isEnough: Bool) async throws {
        let resolvectl = try await FakeResolvectl()
        let configurator = resolvectl.configurator()
        configurator.want(.sample(53))
        await configurator.settle()
        if isEnough { try resolvectl.failOnce() } else { try resolvectl.setFailing(true) }
        await configurator.stop()
        #expect(resolvectl.calls == ["dns lo 192.0.2.53", "revert lo", "revert lo"])
        #expect(resolvectl.reports == (isEnough ? [true, false] : [true]))
        #expect(resolvectl.hasRecord == !isEnough)
    }

    @Test("An attempt that fails in the middle leaves nothing in force")
    func half() async throws {
        let resolvectl = try await FakeResolvectl()
        let configurator = resolvectl.configurator()
        try resolvectl.failAll("domain")
        configurator.want(.sample(53, domain: "home.example"))
        await configurator.settle()
        #expect(resolvectl.calls == ["dns lo 192.0.2.53", "domain lo home.example", "revert lo"])
        #expect(resolvectl.reports.isEmpty)
        #expect(!resolvectl.hasRecord)
        await configurator.stop()
        #expect(resolvectl.calls.count == 3)
    }

    @Test("Settings that were in force no longer count as such when others could not replace them")
    func change() async throws {
        let resolvectl = try await FakeResolvectl()
        let configurator = resolvectl.configurator(retryDelay: .milliseconds(50))
        configurator.want(.sample(53))
        await configurator.settle()
        try resolvectl.failAll("revert")
        configurator.want(.sample(54))
        await configurator.settle()
        #expect(resolvectl.reports == [true, false])
        try FileManager.default.removeItem(atPath: resolvectl.directory.file("fail-revert"))
        // They are undone, and the others wait for the next registration.
        try await eventually("the former settings are undone") { !resolvectl.hasRecord }
        configurator.want(.sample(54))
        await configurator.settle()
        #expect(resolvectl.calls.last == "dns lo 192.0.2.54")
        #expect(resolvectl.reports == [true, false, true])
        #expect(resolvectl.log.lines().count == 1)
        await configurator.stop()
    }

    @Test("Settings from before a start of the machine are not reverted, only forgotten")
    func rebooted() async throws {
        let resolvectl = try await FakeResolvectl()
        try resolvectl.backend.record.write(ResolvectlRecord.Entry(interface: "lo", boot: "another"))
        try resolvectl.backend.undo()
        #expect(resolvectl.calls.isEmpty)
        #expect(!resolvectl.hasRecord)
    }
}
