import AgentModel
import Foundation
import JSON
import MIPMIB
import MIPTesting
import MobileIPv4
import Synchronization
import Testing

@testable import mip_mib

@Suite("What people read")
struct DisplayTests {
    @Test(
        "A text is as wide as the terminal cells it occupies",
        arguments: [("abc", 3), ("日本", 4), ("e\u{301}", 1), ("ﾊﾝ", 2), ("한국", 4), ("😀", 2), ("Ünïcödé", 7), ("", 0)])
    func width(text: String, cells: Int) {
        #expect(text.terminalWidth == cells)
        #expect(text.prefix(cells: cells) == text)
        #expect(text.prefix(cells: max(0, cells - 1)).terminalWidth <= max(0, cells - 1))
    }

    @Test("Columns after East Asian text stay aligned")
    func aligned() async throws {
        var wide = Samples.binding(1)
        wide.nai = NetworkAccessIdentifier("日本@例え.jp")
        let scene = try await Scene([.binding(wide), .binding(Samples.binding(2))])
        let output = try await scene.run(["bindings", "--columns", "nai,careOfAddress", "--no-header"]).output
        let places = output.split(separator: "\n").compactMap { line in
            line.range(of: "192.0.2.").map { String(line[..<$0.lowerBound]).terminalWidth }
        }
        #expect(places.count == 2 && Set(places).count == 1, "\(output)")
        await scene.agent.stop()
    }

    @Test("Times have one form, and with --local that of this machine's zone; JSON stays in UTC")
    func times() async throws {
        let scene = try await Scene()
        func output(_ arguments: [String]) async throws -> String {
            try await Scene.run(arguments + ["--socket", scene.socket], environment: ["TZ": "XXX-5:30"]).output
        }
        let list = ["bindings", "--columns", "created", "--no-header", "--limit", "1"]
        let utc = try await output(list)
        let local = try await output(list + ["--local"])
        #expect(utc.wholeMatch(of: /\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ\n/) != nil, "\(utc)")
        #expect(local.wholeMatch(of: /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\+05:30\n/) != nil, "\(local)")
        #expect(try await output(list + ["--local", "-o", "csv"]).hasSuffix(".000Z\n"))
        let reporter = EventsTests.report(scene.agent)
        #expect(try await output(["events", "--limit", "1", "--local"]).hasPrefix("2023-11-15 03:43:20+05:30  home  "))
        reporter.cancel()
        let table = try await output(["table", "mipExtBindingTable", "--local"])
        #expect(table.contains("+05:30") && !table.contains(",+0:0"), "\(table)")
        let json = try await output(["table", "mipExtBindingTable", "-o", "json"])
        #expect(json.contains(/"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d00Z"/), "\(json)")
        await scene.agent.stop()
    }

    @Test(
        "A cell that a spreadsheet would run as a formula is text; numbers stay numbers, and direction marks are visible",
        arguments: [
            ("=cmd|' /C calc'!A0", "\"'=cmd|' /C calc'!A0\""), ("+1+1", "\"'+1+1\""), ("-1+2", "\"'-1+2\""),
            ("@SUM(A1)", "\"'@SUM(A1)\""),
            ("\t=1", "\"'\t'=1\""), ("\n=1", "\"'\n'=1\""), ("＝1+1", "\"'＝1+1\""), ("＋1", "\"'＋1\""),
            (" =1@x", "\"' =1@x\""), ("\u{A0}=1@x", "\"'\u{A0}=1@x\""), (";=5@x", "\";'=5@x\""), ("a;  @b", "\"a;  '@b\""),
            ("a\n-1\t+2", "\"a\n'-1\t'+2\""), ("a;b-c", "a;b-c"), (" -40", " -40"),
            ("－1", "\"'－1\""), ("＠SUM(A1)", "\"'＠SUM(A1)\""),
            ("-40", "-40"), ("-0.5", "-0.5"), ("-inf", "\"'-inf\""), ("10.0.0.7", "10.0.0.7"),
            ("a,b", "\"a,b\""), ("say \"x\"", "\"say \"\"x\"\"\""), ("a\u{202E}b", "a\\u{202e}b"), ("", ""),
        ])
    func csv(text: String, expected: String) { #expect(CSVPrinter.field(text) == expected) }

    @Test("Identifiers in a MIB table are shown by their type, even if an address looks like text")
    func identifiers() async throws {
        var letters = Samples.binding(1)
        letters.homeAddress = IPv4Address(65, 66, 67, 68)
        var named = Samples.binding(2)
        named.nai = NetworkAccessIdentifier("user2@example.net")
        var association = Samples.association(1)
        association.peer = .address(IPv4Address(65, 66, 67, 68))
        let scene = try await Scene([.binding(letters), .binding(named), .association(association)])
        let columns = ["--columns", "haMobilityBindingMnIdType,haMobilityBindingMnId", "--no-header", "-o", "csv"]
        let output = try await scene.run(["table", "haMobilityBindingTable"] + columns).output
        #expect(Set(output.split(separator: "\n")) == ["ipaddress,65.66.67.68", "nai,user2@example.net"])
        let peers = try await scene.run([
            "table", "mipSecurityAssocTable", "--columns", "mipSecurityPeerId", "--no-header", "-o", "csv",
        ])
        #expect(peers.output == "65.66.67.68\n")
        await scene.agent.stop()
    }

    @Test(
        "A DateAndTime is a time in UTC, with its zone taken into account; a year 0 means never",
        arguments: [
            ([7, 234, 11, 29, 19, 27, 5, 3, 43, 1, 0], "2026-11-29T18:27:05.300Z"),
            ([7, 234, 11, 29, 19, 27, 5, 0, 45, 1, 30], "2026-11-29T20:57:05.000Z"),
            ([7, 234, 11, 29, 19, 27, 5, 0], "2026-11-29T19:27:05.000Z"), ([0, 0, 0, 0, 0, 0, 0, 0], nil),
            ([7, 234, 13, 29, 19, 27, 5, 0], nil), ([1, 2], nil),
        ] as [([UInt8], String?)])
    func dateAndTime(octets: [UInt8], expected: String?) {
        #expect(MIBRendering.timestamp(octets).map { "\($0)" } == expected)
    }

    @Test("A DateAndTime whose direction from UTC is neither + nor - is shown as bytes")
    func direction() {
        let octets: [UInt8] = [7, 234, 11, 29, 19, 27, 5, 0]
        #expect(MIBRendering.date(octets + [43, 1, 0]) == "2026-11-29,19:27:5.0,+1:0")
        #expect(MIBRendering.date(octets + [27, 1, 0]) == "07 EA 0B 1D 13 1B 05 00 1B 01 00 ")
    }

    @Test("A negative number of an SNMP agent for a member that counts is absent")
    func negative() throws {
        var objects = SNMPObjects(names: MIBNames())
        objects.row = [
            "haMobilityBindingMN": "10.0.0.1", "haMobilityBindingCOA": "192.0.2.1", "haMobilityBindingTimeGranted": JSONValue(-5),
            "haMobilityBindingTimeRemaining": JSONValue(-1),
        ]
        let part = SNMPMapping.bindings.parts[0]
        let unsigned = Set(part.members.map(\.path).filter(RowList.bindings.members.isUnsigned))
        let row = try #require(part.row(objects, agent: "router", unsigned: unsigned))
        #expect(row["homeAddress"] == "10.0.0.1")
        #expect(row["lifetimeGranted"] == nil && row["timeRemaining"] == nil)
    }

    @Test("A request over a Unix socket names a host, once")
    func host() async throws {
        let directory = try TemporaryDirectory()
        let head = Mutex("")
        let server = try RawServer(path: directory.file("api.sock")) { connection in
            let bytes = RawServer.read(from: connection) ?? []
            head.withLock { $0 = String(decoding: bytes, as: UTF8.self).lowercased() }
            RawServer.write(Array("HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n{\"agents\":[]}".utf8), to: connection)
        }
        _ = try await Scene.run(["status", "--url", "unix:\(directory.file("api.sock"))"])
        let lines = head.withLock { $0 }.split(separator: "\r\n").filter { $0.hasPrefix("host:") }
        #expect(lines == ["host: localhost"])
        server.stop()
    }
}
