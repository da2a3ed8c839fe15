import Foundation
import Logging
import MIPTesting
import MobileIPv4
import Testing

@testable import NodeDaemon

@Suite("Host configuration in resolv.conf")
struct ResolvConfTests {
    @Test("The file is replaced with its mode, and undoing leaves what was there before")
    func applied() throws {
        let bench = try ResolvConfBench()
        try bench.apply(.sample(53, domain: "home.example"))
        #expect(bench.lines == ["nameserver 192.0.2.53", "search home.example"])
        #expect(bench.mode == 0o640)
        #expect(bench.files == ["resolv.conf", "resolv.conf.mip-node"])
        try bench.backend.undo()
        #expect(bench.text() == ResolvConfBench.original)
        #expect(bench.mode == 0o640)
        #expect(bench.files == ["resolv.conf"])
        #expect(bench.log.lines().isEmpty)
    }

    @Test("Lines of the original stay for what the settings leave open, its other lines do not")
    func merged() throws {
        let bench = try ResolvConfBench()
        try bench.apply(.sample(53))
        #expect(bench.lines == ["nameserver 192.0.2.53", "search old.example"])
        try bench.apply(ResolverSettings(nameServers: [], searchDomain: DomainName("home.example")))
        #expect(bench.lines == ["nameserver 198.51.100.1", "search home.example"])
        try bench.backend.undo()
        #expect(bench.text() == ResolvConfBench.original)
    }

    @Test("A file that did not exist is removed again")
    func absent() throws {
        let bench = try ResolvConfBench(original: nil)
        try bench.apply(.sample(53))
        try bench.apply(.sample(54))
        #expect(bench.lines == ["nameserver 192.0.2.54"])
        #expect(bench.mode == 0o644)
        try bench.backend.undo()
        #expect(bench.files.isEmpty)
    }

    @Test("After the process was killed, the next one restores the original before anything else", arguments: [true, false])
    func killed(existed: Bool) throws {
        let bench = try ResolvConfBench(original: existed ? ResolvConfBench.original : nil)
        try bench.apply(.sample(53))
        try bench.backend.recover()
        #expect(bench.text() == (existed ? ResolvConfBench.original : nil))
        #expect(bench.files == (existed ? ["resolv.conf"] : []))
        #expect(bench.log.lines(.notice).count == 1)
    }

    @Test("After the process was killed before it replaced the file, or after it restored it, only the backup is removed")
    func killedBetween() throws {
        let bench = try ResolvConfBench()
        let backup = ResolvConfBackup(original: Array(ResolvConfBench.original.utf8)).contents
        try bench.directory.write(String(decoding: backup, as: UTF8.self), to: "resolv.conf.mip-node")
        try bench.directory.write("half", to: "resolv.conf.mip-node.new")
        try bench.backend.recover()
        #expect(bench.text() == ResolvConfBench.original)
        #expect(!bench.files.contains("resolv.conf.mip-node"))
        try bench.apply(.sample(53))
        try bench.backend.undo()
        #expect(bench.files == ["resolv.conf"])
        #expect(bench.log.lines().isEmpty)
    }

    @Test("A file that somebody else has changed is left as it is, the original is kept aside, and that is logged")
    func changedByOthers() throws {
        let bench = try ResolvConfBench()
        try bench.apply(.sample(53))
        let changed = try #require(bench.text()) + "nameserver 203.0.113.1\n"
        try bench.directory.write(changed, to: "resolv.conf")
        try bench.backend.undo()
        #expect(bench.text() == changed)
        #expect(bench.files == ["resolv.conf", "resolv.conf.mip-node.old"])
        #expect(bench.text("resolv.conf.mip-node.old")?.hasSuffix(ResolvConfBench.original) == true)
        let lines = bench.log.lines()
        #expect(lines.count == 1 && lines.first?.contains("another program has changed a file") == true)
    }

    @Test("A file that somebody else has removed does not come back")
    func removedByOthers() throws {
        let bench = try ResolvConfBench()
        try bench.apply(.sample(53))
        try FileManager.default.removeItem(atPath: bench.path)
        try bench.backend.recover()
        #expect(bench.files == ["resolv.conf.mip-node.old"])
        #expect(bench.log.lines().count == 1)
    }

    @Test("What somebody else has written is the original for the next settings")
    func changedBetween() throws {
        let bench = try ResolvConfBench()
        try bench.apply(.sample(53))
        try bench.directory.write("nameserver 203.0.113.1\n", to: "resolv.conf")
        try bench.apply(.sample(54))
        #expect(bench.lines == ["nameserver 192.0.2.54"])
        try bench.backend.undo()
        #expect(bench.text() == "nameserver 203.0.113.1\n")
    }

    @Test("A copy of an earlier file of the node that another program has written back is not the one in force")
    func writtenBack() throws {
        let bench = try ResolvConfBench()
        try bench.apply(.sample(53))
        let earlier = try #require(bench.text())
        try bench.apply(.sample(54))
        let wish = ResolverWish(settings: try #require(ResolverSettings.sample(54)), interface: "lo")
        #expect(bench.backend.isInForce(wish))
        try bench.directory.write(earlier, to: "resolv.conf")
        #expect(!bench.backend.isInForce(wish))
        try bench.backend.apply(wish)
        #expect(bench.lines == ["nameserver 192.0.2.54", "search old.example"])
        #expect(bench.backend.isInForce(wish))
        try bench.backend.undo()
        #expect(bench.text() == ResolvConfBench.original)
    }

    @Test("A symbolic link is refused and stays")
    func link() throws {
        let bench = try ResolvConfBench(original: nil)
        let target = try bench.directory.write("nameserver 203.0.113.1\n", to: "target")
        try FileManager.default.createSymbolicLink(atPath: bench.path, withDestinationPath: target)
        let error = #expect(throws: HostConfigurationError.self) { try bench.apply(.sample(53)) }
        #expect(error?.description.contains("'\(bench.path)': it is a symbolic link") == true)
        #expect(error?.description.contains("set the mode to resolvectl") == true)
        #expect(bench.files == ["resolv.conf", "target"])
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: bench.path) == target)
        #expect(bench.text("target") == "nameserver 203.0.113.1\n")
    }

    @Test("A symbolic link that has taken the place of the file is left as it is")
    func linkLater() throws {
        let bench = try ResolvConfBench()
        try bench.apply(.sample(53))
        try FileManager.default.removeItem(atPath: bench.path)
        try FileManager.default.createSymbolicLink(atPath: bench.path, withDestinationPath: "/nonexistent")
        try bench.backend.undo()
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: bench.path) == "/nonexistent")
        #expect(bench.log.lines().count == 1)
    }

    @Test("A folder that cannot be written to is reported with the path, and nothing changes")
    func unwritable() throws {
        let log = RecordedLog()
        // Not even root can create files there.
        let backend = ResolvConfBackend(path: "/sys/resolv.conf", logger: log.logger)
        let settings = try #require(ResolverSettings.sample(53))
        let error = #expect(throws: HostConfigurationError.self) {
            try backend.apply(ResolverWish(settings: settings, interface: "lo"))
        }
        #expect(error?.description.contains("cannot replace '/sys/resolv.conf.mip-node': ") == true)
        try backend.undo()
    }

    @Test("A file of somebody else in the place of the backup is neither used nor overwritten")
    func foreignBackup() throws {
        let bench = try ResolvConfBench()
        try bench.directory.write("mine\n", to: "resolv.conf.mip-node")
        let error = #expect(throws: HostConfigurationError.self) { try bench.apply(.sample(53)) }
        #expect(error?.description.contains("was not written by a mobile node; move it away") == true)
        #expect(throws: HostConfigurationError.self) { try bench.backend.recover() }
        #expect(bench.text() == ResolvConfBench.original && bench.text("resolv.conf.mip-node") == "mine\n")
    }

    @Test("Contents are recognised as the node's own only if no byte differs")
    func recognised() throws {
        let settings = try #require(ResolverSettings.sample(53, domain: "home.example"))
        let contents = ResolvConfText.contents(settings, original: nil)
        #expect(ResolvConfText.isOurs(contents))
        for index in contents.indices {
            var changed = contents
            changed[index] ^= 1
            #expect(!ResolvConfText.isOurs(changed), "byte \(index)")
        }
        let others = [[], Array(ResolvConfBench.original.utf8), Array(contents.dropLast()), contents + [10]] as [[UInt8]]
        for other in others {
            #expect(!ResolvConfText.isOurs(other))
        }
    }
}
