import AgentModel
import JSON
import MIPTesting
import MobileIPv4
import Testing

@testable import ManagementCore

/// Collects every time in a record, also in the records in it.
struct RecordedTimes: RecordVisitor {
    private(set) var times: [Timestamp] = []

    init(of record: some Record) throws(NotCanonical) { try visit(record) }

    mutating func member(_: StaticString, _ value: inout some RecordValue) throws(NotCanonical) { try note(value) }

    mutating func member(_: StaticString, _ value: inout (some RecordValue)?) throws(NotCanonical) {
        if let value { try note(value) }
    }

    private mutating func note(_ value: any RecordValue) throws(NotCanonical) {
        if let time = value as? Timestamp {
            times.append(time)
        } else if let record = value as? any Record {
            try visit(record)
        }
    }

    private mutating func visit(_ record: some Record) throws(NotCanonical) {
        var record = record
        try record.visit(&self)
    }
}

/// A row of each kind that has times, with all of them.
enum DatedSamples {
    static let changes: [StateChange] = {
        var association = Samples.association(1)
        association.use = AssociationUse()
        association.use?.lastUsed = Samples.start
        var node = Samples.mobileNode(1, deniedCode: 131)
        node.servingSince = Samples.start
        let tunnel = MobilityTunnel(
            localAddress: IPv4Address(10, 0, 0, 1), remoteAddress: IPv4Address(192, 0, 2, 1), encapsulation: .ipInIp,
            since: Samples.start)
        let interface = AdvertisingInterface(
            name: "net0", address: IPv4Address(10, 0, 0, 1), prefixLength: 24, destination: .limitedBroadcast,
            maximumRegistrationLifetime: 600, maximumInterval: 10, minimumInterval: 7, advertisementLifetime: 30,
            onlyOnSolicitation: true, includesPrefixLength: true, flags: [.homeAgent, .gre],
            careOfAddresses: [IPv4Address(192, 0, 2, 1)], challengeLength: 8, interfaceIndex: 2, nai: nil, sequence: 256,
            advertisementsSent: 4, recent: Samples.start, storage: .volatile)
        var exchange = Samples.exchange(1)
        exchange.nextTry = Samples.start
        return [
            .binding(Samples.binding(1)), .visitor(Samples.visitor(1)), .pending(Samples.pending(1)), .association(association),
            .violation(Samples.violation(1)), .mobileNode(node), .mobileNodeStatus(Samples.mobileNodeStatus()), .tunnel(tunnel),
            .advertising(interface), .registration(Samples.registration(1)), .foreignAgent(Samples.foreignAgent(1)),
            .exchange(exchange), .extensionUse(Samples.extensionUse(1)),
        ]
    }()

    /// The times in all rows of a snapshot.
    static func times(in state: AgentState) throws -> [Timestamp] {
        func times(_ rows: [some Record]) throws -> [Timestamp] { try rows.flatMap { try RecordedTimes(of: $0).times } }
        return try times(state.bindings.map(\.row)) + times(state.visitors.map(\.row))
            + times(state.pendingRegistrations.map(\.row)) + times(state.associations.map(\.row))
            + times(state.violations.map(\.row)) + times(state.mobileNodes.map(\.row))
            + times(state.mobileNodeStatus.map { [$0] } ?? []) + times(state.tunnels.map(\.row))
            + times(state.advertisements.map(\.row)) + times(state.registrations.map(\.row))
            + times(state.foreignAgents.map(\.row)) + times(state.exchanges.map(\.row))
            + times(state.extensionUses.map(\.row))
    }
}

@Suite("Times of rows when an agent's clock is set")
struct DatedRowTests {
    @Test("Every time in every kind of row moves by the step; a copy of the snapshot keeps its own")
    func everyTime() throws {
        var state = AgentState(name: "a", changes: DatedSamples.changes, agentTime: Samples.start)
        let (copy, before) = (state, try DatedSamples.times(in: state))
        // 3 of the binding, 2 of the visitor, 2 of the pending request, 1 of the association, 1 of the violation, 3 of the node, 5 of
        // the status, 1 of the tunnel, 1 of the interface, 2 of the registration, 2 of the foreign agent, 3 of the exchange, 1 of the
        // use of extensions.
        #expect(before.count == 27)
        for step: Int64 in [3_600_000, -7_200_000] { state.shiftTimes(by: step) }
        #expect(try DatedSamples.times(in: state) == before.map { $0.adding(milliseconds: -3_600_000) })
        #expect(try DatedSamples.times(in: copy) == before)
    }

    @Test("A table of many rows keeps its keys and its order", arguments: [0, 1, 33, 5000])
    func manyRows(count: Int) {
        var table = OrderedTable<Int, Int>()
        for number in 0..<count { table[number] = number }
        table.changeRows { $0 += 1 }
        #expect(table.count == count)
        #expect(table.map(\.key) == Array(0..<count))
        #expect(table.map(\.row) == Array(1..<count + 1))
        if count > 0 { #expect(table.remove(0) == 1) }
    }
}
