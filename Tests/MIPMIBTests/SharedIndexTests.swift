import AgentModel
import MIPTesting
import ManagementCore
import MobileIPv4
import Synchronization
import Testing

@testable import MIPMIB

@Suite("Rows that share an index")
struct SharedIndexTests {
    static let view = MIBView(
        state: AgentState(
            name: "a", changes: [.information(IndexExtremes.information)] + IndexExtremes.rows, agentTime: Samples.start),
        sysUpTime: 1_000_000)

    @Test(
        "With shared, longest, least and greatest indexes in every table, each table has one row per index, by GETNEXT, GETBULK and GET"
    )
    func extremes() throws {
        let instances = MIBWalk(Self.view).instances
        let wanted = ExpectedRows(Self.view.state).indexes
        // The rows are there to be found, and many of them share an index.
        for (entry, indexes) in wanted { #expect(indexes.count >= 2, "\(entry)") }
        let visitors = wanted["faVisitorEntry"]?.count ?? 0
        #expect(visitors == 4 && Self.view.state.visitors.count == 68)
        let lengths = instances.map(\.oid.count)
        #expect((lengths.max() ?? 0) > 80)
        #expect(instances.contains { $0.oid.last == 4_294_967_295 })
    }

    @Test("A search from before, at and after every index of an association finds the next greater one")
    func neighbours() throws {
        let mib = MIPMIB()
        let column = try #require(mib.object(named: "mipSecurityReplayMethod")).oid
        let oids = MIBWalk(Self.view).instances.map(\.oid).filter { $0.starts(with: column) }
        func next(_ oid: [UInt], inclusive: Bool = false) -> [UInt] {
            var name: [UInt] = []
            _ = mib.next(after: oid.span, inclusive: inclusive, in: Self.view, name: &name)
            return name
        }
        for (oid, following) in zip(oids, oids.dropFirst()) {
            for tail in [[], [0], [4_294_967_295]] as [[UInt]] { #expect(next(oid + tail) == following) }
            #expect(next(oid.dropLast()).starts(with: oid.dropLast()))
            #expect(next(oid, inclusive: true) == oid)
        }
    }

    @Test("An identifier's counts under all its home addresses are added up, with the latest times and code")
    func totals() {
        let reading = MIBReading(Self.view)
        let index = ".3.17." + IndexExtremes.alice.octets.map { "\($0)" }.joined(separator: ".")
        // The rows of alice are the first three: 10, 20 and 30 requests, 3, 6 and 9 accepted.
        #expect(reading["mipExtNodeRequestsReceived" + index] == .counter64(60))
        #expect(reading["haRegServiceRequestsAccepted" + index] == .counter(18))
        #expect(reading["haRegRecentServiceDeniedCode" + index] == .integer(133))
        let rows = ["127.10.0.77", "127.10.0.78", "255.255.255.255"].map { reading["mipExtNodeAddressAccepted\(index).\($0)"] }
        #expect(rows == [.counter64(3), .counter64(6), .counter64(9)])
        #expect(reading["mipExtNodeAddressDeniedCode\(index).127.10.0.78"] == .unsigned(133))
        #expect(reading["mipExtNodeAddressNAI\(index).127.10.0.78"] == .octets(IndexExtremes.alice.octets))
        #expect(reading["mipExtNodeAddressAccepted.2.4.0.0.0.0.0.0.0.0"] == .counter64(3))
    }

    @Test("Every row of the agent's mobile nodes is a row of mipExtNodeAddressTable with the same values")
    func addresses() {
        let reading = MIBReading(Self.view)
        for (_, row) in Self.view.state.mobileNodes {
            let identity = EntityIdentity(nai: row.nai, address: row.homeAddress)
            let index = ([UInt(identity.type), UInt(identity.length)] + identity.octets.map(UInt.init)).map(String.init)
                .joined(separator: ".")
            func value(_ column: String) -> MIBValue? { reading["mipExtNodeAddress\(column).\(index).\(row.homeAddress)"] }
            #expect(value("NAI") == .nai(row.nai))
            #expect(value("Received") == .counter64(row.requestsReceived))
            #expect(value("Accepted") == .counter64(row.accepted))
            #expect(value("Denied") == .counter64(row.denied))
            #expect(value("ServiceTime") == .gauge(UInt32(row.serviceTime)))
            #expect(value("ServingSince") == .dateAndTime(row.servingSince))
            #expect(value("AcceptedTime") == .dateAndTime(row.recentAccepted))
            #expect(value("DeniedTime") == .dateAndTime(row.recentDenied))
            #expect(value("DeniedCode") == .unsigned(UInt32(row.recentDeniedCode ?? 0)))
        }
    }

    @Test("When one of two identifiers with the same abbreviation leaves, the other one's rows remain in every table")
    func twins() throws {
        let (one, other) = (IndexExtremes.twins[0], IndexExtremes.twins[1])
        #expect(EntityIdentity(nai: one) == EntityIdentity(nai: other))
        func rows(_ nai: NetworkAccessIdentifier) -> (
            Visitor, PendingRegistration, SecurityAssociation, SecurityViolation, MobileNodeService
        ) {
            var (visitor, pending, association) = (Samples.visitor(1), Samples.pending(1), Samples.association(1))
            var (violation, node) = (Samples.violation(1), Samples.mobileNode(nai == one ? 1 : 2))
            (visitor.nai, visitor.homeAddress, pending.nai, pending.homeAddress) = (nai, .zero, nai, .zero)
            (association.peer, violation.violator, node.nai) = (.nai(nai), .nai(nai), nai)
            return (visitor, pending, association, violation, node)
        }
        func added(_ nai: NetworkAccessIdentifier) -> [StateChange] {
            let rows = rows(nai)
            return [.visitor(rows.0), .pending(rows.1), .association(rows.2), .violation(rows.3), .mobileNode(rows.4)]
        }
        func removed(_ nai: NetworkAccessIdentifier) -> [StateChange] {
            let rows = rows(nai)
            return [
                .visitorRemoved(rows.0.key, .expired), .pendingRemoved(rows.1.key), .associationRemoved(rows.2.key),
                .violationRemoved(rows.3.key), .mobileNodeRemoved(rows.4.key),
            ]
        }
        for (gone, left) in [(one, other), (other, one)] {
            let view = IdentityTests.view(added(one) + added(other) + removed(gone))
            let reading = MIBReading(view)
            #expect(view.state.pendingRegistrations.count == 1)
            for column in ["faRegVisitorNAI", "mipSecurityPeerNAI", "mipSecurityViolatorNAI", "mipExtNodeAddressNAI"] {
                let values = reading.values.filter { $0.key.hasPrefix(column + ".") }.map(\.value)
                #expect(values == [.octets(left.octets)], "\(column)")
            }
        }
    }

    @Test("Passing ten thousand rows of one index costs one descent")
    func descent() {
        var rows = OrderedTable<CountingKey, Int>()
        for number in 0..<10_000 { rows[CountingKey(index: 7, rest: number)] = number }
        rows[CountingKey(index: 8, rest: 0)] = -1
        let source = SharedRows<CountingKey, Int, Int> { [rows] _ in rows }
        let empty: [UInt] = []
        var start = RequestedIndex(empty.span)
        var name: [UInt] = []
        var found: [Int] = []
        CountingKey.comparisons.withLock { $0 = 0 }
        _ = source.visit(in: Self.view, after: &start, inclusive: false, name: &name) { _, row in
            found.append(row)
            return true
        }
        #expect(found == [0, -1])
        #expect(CountingKey.comparisons.withLock { $0 } < 100)
    }

    @Test("Peers without an address are not searched in the tables of RFC 2006")
    func gaps() throws {
        let column = try #require(MIPMIB().object(named: "mipSecReplayMethod")).oid
        var looked = 0
        let source = OrderedRows<PeerIdentity, SecurityViolation, SecurityViolation>(
            table: { $0.state.violations }, endsAtFirstGap: true,
            resolve: { _, key, row in
                if case .address = key { row } else { nil }
            })
        let empty: [UInt] = []
        var start = RequestedIndex(empty.span)
        var name = column
        _ = source.visit(in: Self.view, after: &start, inclusive: false, name: &name) { _, _ in
            looked += 1
            return true
        }
        #expect(looked == 4)
    }
}

private struct CountingKey: Comparable, Sendable, MIBSharedKey {
    static let comparisons = Mutex(0)
    let index: UInt32
    let rest: Int

    func appendSharedIndex(to listener: inout some IndexListener) {
        Self.comparisons.withLock { $0 += 1 }
        listener.append(index)
    }

    func sharesIndex(with other: Self) -> Bool { index == other.index }

    static func < (a: Self, b: Self) -> Bool {
        comparisons.withLock { $0 += 1 }
        return (a.index, a.rest) < (b.index, b.rest)
    }
}
