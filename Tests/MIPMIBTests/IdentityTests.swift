import AgentModel
import MIPMIB
import MIPTesting
import ManagementCore
import MobileIPv4
import Testing

@Suite("Rows by identity")
struct IdentityTests {
    static let names = [
        "z@y", "a@b.example", "alice@example.net", "b@b.example", String(repeating: "n", count: 64), long("x"), long("y"),
    ]

    /// An identifier of more than 64 octets with the same beginning as the others.
    static func long(_ end: String) -> String { String(repeating: "n", count: 190) + end + "@example.net" }

    static func nai(_ text: String) throws -> NetworkAccessIdentifier { try #require(NetworkAccessIdentifier(text)) }

    static func view(_ rows: [StateChange]) -> MIBView {
        MIBView(
            state: AgentState(name: "a", changes: [.information(Samples.information())] + rows, agentTime: Samples.start),
            sysUpTime: 1_000_000)
    }

    static func walk(_ view: MIBView, _ object: String) throws -> [(index: [UInt], value: MIBValue)] {
        let column = try #require(MIPMIB().object(named: object)).oid
        return MIBSearchTests.walk(view).filter { $0.oid.starts(with: column) }.map {
            (Array($0.oid.dropFirst(column.count)), $0.value)
        }
    }

    @Test("Associations of addresses, prefixes and identifiers are ordered by type, length and octets")
    func associations() throws {
        var rows = try Self.names.map { name -> StateChange in
            var row = Samples.association(0)
            row.peer = .nai(try Self.nai(name))
            return .association(row)
        }
        rows += (0..<3).map { .association(Samples.association($0)) }
        for (text, spi) in [("10.0.0.0/8", 300), ("192.0.2.0/24", 300), ("10.0.0.0/8", 301)] as [(String, UInt32)] {
            var row = Samples.association(0)
            row.peer = .prefix(try #require(IPv4Prefix(text)))
            row.spi = SecurityParameterIndex(rawValue: spi)
            rows.append(.association(row))
        }
        for order in [rows, rows.reversed()] {
            let found = try Self.walk(Self.view(order), "mipSecurityReplayMethod")
            #expect(found.count == rows.count)
            #expect(zip(found, found.dropFirst()).allSatisfy { $0.index.lexicographicallyPrecedes($1.index) })
            #expect(found.map { $0.index[0] } == [1, 1, 1, 2, 2, 2] + Array(repeating: 3, count: Self.names.count))
            #expect(found.first?.index == [1, 10] + "10.0.0.0/8".utf8.map(UInt.init) + [300])
            #expect(found[6].index.prefix(2) == [3, 3])
        }
        // RFC 2006's table has only those known by an address.
        #expect(try Self.walk(Self.view(rows), "mipSecReplayMethod").count == 3)
        #expect(MIBReading(Self.view(rows))["mipSecurityAssocsCount.0"] == .gauge(UInt32(rows.count)))
    }

    @Test("Identifiers of more than 64 octets are shortened and remain distinct, and their column has them in full")
    func abbreviation() throws {
        let rows: [StateChange] = try [Self.long("x"), Self.long("y")].map { name in
            var binding = Samples.visitor(name.hasSuffix("x@example.net") ? 1 : 2)
            binding.nai = try Self.nai(name)
            return .visitor(binding)
        }
        let found = try Self.walk(Self.view(rows), "faRegVisitorNAI")
        #expect(found.count == 2)
        for (index, value) in found {
            #expect(index.prefix(2) == [3, 64] && index.count == 66)
            guard case .octets(let whole) = value else { continue }
            #expect(whole.count == 203)
            let text = String(decoding: index.dropFirst(2).map { UInt8($0) }, as: UTF8.self)
            #expect(text.hasPrefix(String(repeating: "n", count: 55) + "~"))
            #expect(text.dropFirst(56).allSatisfy { $0.isHexDigit && !$0.isUppercase })
        }
        // The same rule, computed by another program: printf '%s' … | sha256sum.
        let alone = try #require(EntityIdentity(nai: Self.nai(String(repeating: "a", count: 65))).octets)
        #expect(String(decoding: alone, as: UTF8.self) == String(repeating: "a", count: 55) + "~" + "635361c4")
    }

    @Test("Identifiers of exactly 64 octets are not shortened, and no OID has more than 128 sub-identifiers")
    func bounds() throws {
        for count in [1, 63, 64, 65, 255] {
            let identity = EntityIdentity(nai: try Self.nai(String(repeating: "u", count: count)))
            #expect(identity.length == min(count, 64))
            #expect((identity == .nai(try Self.nai(String(repeating: "u", count: count)))) == (count <= 64))
        }
        var row = Samples.association(0)
        row.peer = .nai(try Self.nai(Self.long("x")))
        for (oid, _) in MIBSearchTests.walk(Self.view([.association(row)])) { #expect(oid.count <= 128) }
    }

    @Test("Counts of one identifier under several home addresses are added up, and each address also has its own row")
    func sums() throws {
        let alice = try Self.nai("alice@example.net")
        var (first, second, other) = (Samples.mobileNode(1), Samples.mobileNode(2, deniedCode: 133), Samples.mobileNode(3))
        (first.nai, second.nai) = (alice, alice)
        first.requestsReceived = 4
        second.requestsReceived = 5
        other.accepted = 7
        let reading = MIBReading(Self.view([.mobileNode(first), .mobileNode(second), .mobileNode(other)]))
        let index = ".3.17." + alice.octets.map { "\($0)" }.joined(separator: ".")
        #expect(reading["haRegServiceRequestsAccepted" + index] == .counter(6))
        #expect(reading["haRegServiceRequestsDenied" + index] == .counter(1))
        #expect(reading["haRegRecentServiceDeniedCode" + index] == .integer(133))
        #expect(reading["haRegOverallServiceTime" + index] == .gauge(200))
        #expect(reading["mipExtNodeRequestsReceived" + index] == .counter64(9))
        #expect(reading["haRegServiceRequestsAccepted.2.4.10.0.1.3"] == .counter(7))
        #expect(reading["haServiceRequestsAccepted.10.0.1.1"] == .counter(3))
        #expect(reading.values.keys.count { $0.hasPrefix("haRegServiceRequestsAccepted.") } == 2)
    }

    @Test("A node whose identifier becomes known is indexed by it, and its row of denials exists while it has a denial")
    func learnt() throws {
        var node = Samples.mobileNode(1, deniedCode: 131)
        let before = node
        node.nai = try Self.nai("alice@example.net")
        node.recentDeniedCode = nil
        let reading = MIBReading(Self.view([.mobileNode(before), .mobileNode(node)]))
        #expect(reading.values.keys.count { $0.hasPrefix("haRegServiceRequestsAccepted.") } == 1)
        #expect(reading.values.keys.contains { $0.hasPrefix("haRegServiceRequestsAccepted.3.17.") })
        #expect(!reading.values.keys.contains { $0.hasPrefix("haRecentServiceDeniedCode.") })
        let gone = MIBReading(Self.view([.mobileNode(node), .mobileNodeRemoved(node.key)]))
        #expect(!gone.values.keys.contains { $0.hasPrefix("haRegServiceRequests") })
    }

    @Test("Of several visits of one identity, only the one with the lowest home address is shown")
    func visits() throws {
        let alice = try Self.nai("alice@example.net")
        let rows: [StateChange] = [5, 2, 9].map { number in
            var visitor = Samples.visitor(number)
            visitor.nai = alice
            return .visitor(visitor)
        }
        let found = try Self.walk(Self.view(rows), "faRegVisitorHomeAddress")
        #expect(found.map(\.value) == [.ipAddress(Samples.visitor(2).homeAddress)])
        #expect(try Self.walk(Self.view(rows), "faVisitorHomeAddress").count == 3)
        let left = Self.view(
            rows + [
                .visitorRemoved(
                    VisitorKey(
                        sourceAddress: Samples.visitor(2).sourceAddress, homeAddress: Samples.visitor(2).homeAddress, nai: alice),
                    .expired)
            ])
        #expect(try Self.walk(left, "faRegVisitorHomeAddress").map(\.value) == [.ipAddress(Samples.visitor(5).homeAddress)])
    }
}
