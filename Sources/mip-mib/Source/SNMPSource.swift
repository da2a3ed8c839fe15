import MIPMIB
import MobileIPv4
import SNMPClient

/// An SNMP agent with MIP-MIB, of whatever make. Members that its tables do not have are absent.
struct SNMPSource: RowSource {
    let settings: Settings
    let host: String

    func read(
        _ list: RowList, where conditions: [RowCondition], _ receive: @escaping @Sendable ([Row]) -> Bool
    ) async throws -> [String] {
        guard let mapping = SNMPMapping.all[list.name] else {
            throw CommandFailure.usage(
                "\(list.name) cannot be read by SNMP; \(SNMPMapping.all.keys.sorted().joined(separator: ", ")) can, and 'mip-mib walk'"
                    + " shows everything else")
        }
        let mib = MIBNames()
        let session = try RemoteInstances(settings, host: host)
        var rows: [[UInt32]: Row] = [:]
        for (position, table) in mapping.tables.enumerated() {
            guard let node = mib.node(named: table) else { continue }
            for column in mib.columns(of: node)
            where column.object?.access.isReadable == true && mapping.objects.contains(column.name) {
                let rendering = MIBRendering(names: mib)
                try session.walk(column.oid) { binding in
                    let key = Array(binding.name.dropFirst(column.oid.count))
                    // Rows of the tables after the first only add to its rows.
                    guard var row = rows[key] ?? (position == 0 ? Self.row(key, column) : nil) else { return true }
                    row[column.name] = rendering.plain(binding.value, of: column)
                    rows[key] = row
                    return true
                }
            }
        }
        let ordered = rows.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { mapping.row($0.value, agent: host) }
        _ = receive(ordered.filter(list.accepts))
        return []
    }

    /// The index of a row, decoded.
    private static func row(_ key: [UInt32], _ column: MIBNode) -> Row {
        guard let index = column.object?.index, let parts = MIBRendering.parts(key, index) else { return Row() }
        return Row(
            zip(index, parts).map { index, part in
                let isNumber = part.count == 1 && index.syntax.names.isEmpty
                return (index.name, isNumber ? JSONValue(part[0]) : .string(MIBRendering.plain(part, index.syntax)))
            })
    }
}

/// Which objects make the members of a list's rows.
struct SNMPMapping: Sendable {
    enum Source: Sendable {
        case object(String)
        /// A text, absent where it is empty.
        case text(String)
        /// A truth, as one of two words.
        case word(String, yes: String, no: String)
        /// A number without sign in an Integer32.
        case unsigned(String)
        /// Two halves of 32 bits, in hexadecimal.
        case identification(high: String, low: String)
        /// BITS in the order of the wire.
        case registrationFlags(String)
        /// DateAndTime as RFC 3339; absent for never.
        case time(String)
    }

    /// The first has the rows, the others have the same index.
    let tables: [String]
    let members: [(name: String, source: Source)]

    /// Every object that is needed.
    var objects: Set<String> {
        Set(
            members.flatMap { member -> [String] in
                switch member.source {
                case .identification(let high, let low): [high, low]
                case .object(let name), .text(let name), .word(let name, _, _), .unsigned(let name), .registrationFlags(let name),
                    .time(let name):
                    [name]
                }
            })
    }

    func row(_ objects: Row, agent: String) -> Row {
        Row(
            [("agent", .string(agent))]
                + members.compactMap { member in Self.value(member.source, objects).map { (member.name, $0) } })
    }

    private static func value(_ source: Source, _ row: Row) -> JSONValue? {
        switch source {
        case .object(let name): return row[name]
        case .text(let name): return row[name]?.text.flatMap { $0.isEmpty ? nil : .string($0) }
        case .word(let name, let yes, let no): return row.text(name).map { .string($0 == "true" ? yes : no) }
        case .unsigned(let name): return row[name].flatMap(bits).map { JSONValue($0) }
        case .identification(let high, let low):
            guard let high = row[high].flatMap(bits), let low = row[low].flatMap(bits) else { return nil }
            let digits = String(UInt64(high) << 32 | UInt64(low), radix: 16)
            return .string(String(repeating: "0", count: 16 - digits.count) + digits)
        case .registrationFlags(let name):
            guard let labels = row[name]?.array?.compactMap(\.text) else { return nil }
            return .array(RegistrationFlags.labels.map(\.label).filter(labels.contains).map(JSONValue.string))
        case .time(let name): return row.text(name).flatMap(time).map(JSONValue.string)
        }
    }

    private static func bits(_ value: JSONValue) -> UInt32? {
        if case .integer(let number) = value { UInt32(truncatingIfNeeded: number) } else { nil }
    }

    /// `2026-11-23,9:12:49.0,+0:0` as `2026-11-23T09:12:49.000Z`.
    private static func time(_ text: String) -> String? {
        let numbers = text.split { !$0.isNumber }.compactMap { Int($0) }
        guard numbers.count >= 7, numbers[0] > 0 else { return nil }
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(numbers[0])-\(two(numbers[1]))-\(two(numbers[2]))T\(two(numbers[3])):\(two(numbers[4])):\(two(numbers[5]))."
            + "\(numbers[6])00Z"
    }

    /// By the name of the list.
    static let all: [String: SNMPMapping] = [
        "bindings": SNMPMapping(
            tables: ["haMobilityBindingTable", "mipExtBindingTable"],
            members: [
                ("homeAddress", .object("haMobilityBindingMN")), ("careOfAddress", .object("haMobilityBindingCOA")),
                ("sourceAddress", .object("haMobilityBindingSourceAddress")),
                ("flags", .registrationFlags("haMobilityBindingRegFlags")),
                ("identification", .identification(high: "haMobilityBindingRegIDHigh", low: "haMobilityBindingRegIDLow")),
                ("lifetimeGranted", .object("haMobilityBindingTimeGranted")),
                ("timeRemaining", .object("haMobilityBindingTimeRemaining")), ("homeAgent", .object("haMobilityBindingHA")),
                ("nai", .text("haMobilityBindingNAI")), ("created", .time("mipExtBindingCreated")),
                ("renewed", .time("mipExtBindingRenewed")), ("renewals", .object("mipExtBindingRenewals")),
                ("encapsulation", .object("mipExtBindingEncapsulation")),
                ("reverseTunnel", .object("mipExtBindingReverseTunnel")), ("sourcePort", .object("mipExtBindingSourcePort")),
                ("spi", .object("mipExtBindingSPI")),
            ]),
        "visitors": visitors, "pending": visitors,
        "violations": SNMPMapping(
            tables: ["mipSecViolationTable"],
            members: [
                ("violator", .object("mipSecViolatorAddress")), ("count", .object("mipSecViolationCounter")),
                ("recentSPI", .unsigned("mipSecRecentViolationSPI")), ("recentReason", .object("mipSecRecentViolationReason")),
                (
                    "recentIdentification",
                    .identification(high: "mipSecRecentViolationIDHigh", low: "mipSecRecentViolationIDLow")
                ),
            ]),
        "associations": SNMPMapping(
            tables: ["mipSecAssocTable"],
            members: [
                ("peer", .object("mipSecPeerAddress")), ("spi", .object("mipSecSPI")),
                ("replayMethod", .object("mipSecReplayMethod")),
            ]),
        "mobile-nodes": SNMPMapping(
            tables: ["haCounterTable"],
            members: [
                ("homeAddress", .object("haMobilityBindingMN")), ("accepted", .object("haServiceRequestsAccepted")),
                ("denied", .object("haServiceRequestsDenied")), ("serviceTime", .object("haOverallServiceTime")),
            ]),
        "tunnels": SNMPMapping(
            tables: ["mipExtTunnelTable"],
            members: [
                ("localAddress", .object("mipExtTunnelLocal")), ("remoteAddress", .object("mipExtTunnelRemote")),
                ("encapsulation", .object("mipExtTunnelEncapsulation")), ("packetsSent", .object("mipExtTunnelPacketsSent")),
                ("octetsSent", .object("mipExtTunnelOctetsSent")), ("packetsReceived", .object("mipExtTunnelPacketsReceived")),
                ("octetsReceived", .object("mipExtTunnelOctetsReceived")),
            ]),
        "history": SNMPMapping(
            tables: ["mipExtHistoryTable"],
            members: [
                ("index", .object("mipExtHistoryIndex")), ("role", .object("mipExtHistoryRole")),
                ("homeAddress", .object("mipExtHistoryHomeAddress")), ("careOfAddress", .object("mipExtHistoryCareOfAddress")),
                ("homeAgent", .object("mipExtHistoryHomeAgent")), ("nai", .text("mipExtHistoryNAI")),
                ("created", .time("mipExtHistoryCreated")), ("ended", .time("mipExtHistoryEnded")),
                ("endReason", .object("mipExtHistoryEndReason")), ("renewals", .object("mipExtHistoryRenewals")),
                ("packetsToNode", .object("mipExtHistoryPacketsToNode")), ("octetsToNode", .object("mipExtHistoryOctetsToNode")),
                ("packetsFromNode", .object("mipExtHistoryPacketsFromNode")),
                ("octetsFromNode", .object("mipExtHistoryOctetsFromNode")),
            ]),
        "registrations": SNMPMapping(
            tables: ["mnRegistrationTable"],
            members: [
                ("agentAddress", .object("mnRegAgentAddress")), ("careOfAddress", .object("mnRegCOA")),
                ("flags", .registrationFlags("mnRegFlags")), ("lifetime", .object("mnRegTimeRequested")),
                ("timeRemaining", .object("mnRegTimeRemaining")),
                ("identification", .identification(high: "mnRegIDHigh", low: "mnRegIDLow")),
            ]),
    ]

    private static let visitors = SNMPMapping(
        tables: ["faVisitorTable"],
        members: [
            ("sourceAddress", .object("faVisitorIPAddress")), ("homeAddress", .object("faVisitorHomeAddress")),
            ("homeAgent", .object("faVisitorHomeAgentAddress")), ("lifetimeGranted", .object("faVisitorTimeGranted")),
            ("timeRemaining", .object("faVisitorTimeRemaining")), ("flags", .registrationFlags("faVisitorRegFlags")),
            ("identification", .identification(high: "faVisitorRegIDHigh", low: "faVisitorRegIDLow")),
            ("state", .word("faVisitorRegIsAccepted", yes: "accepted", no: "pending")),
        ])
}
