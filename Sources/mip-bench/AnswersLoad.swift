import AgentModel
import CAllocations
import MIPMIB
import ManagementCore
import MobileIPv4
import SNMPAgent

/// A table of bindings and the requests of a walk through it.
struct AnswersLoad {
    struct Result {
        var seconds: Double
        var allocations: UInt
    }

    private static let column: [UInt] = MIBObject.root + [1, 6, 3, 1, 1]
    /// haMobilityBindingTimeRemaining first, then the other columns that contain numbers and addresses.
    private static let columns: [UInt] = [8, 1, 2, 3, 5, 6, 7, 9]

    private let rows: Int
    private let columns: Int
    private let responder: AgentXResponder

    init(rows: Int, columns: Int) {
        self.rows = rows
        self.columns = columns
        let now = Timestamp(milliseconds: 1_700_000_000_000)
        var settings = AgentSettings()
        settings.limits.maximumBindings = UInt32(clamping: rows)
        let information = AgentInformation(
            name: "bench", version: "bench", instance: "bench", processID: 1, roles: [.homeAgent], startTime: now,
            encapsulations: [.ipInIp], addresses: [], careOfAddresses: [], settings: settings)
        let changes =
            [StateChange.information(information)]
            + (0..<rows).map { row in
                .binding(
                    Binding(
                        homeAddress: Self.homeAddress(row), careOfAddress: Self.careOfAddress,
                        homeAgent: IPv4Address(127, 10, 0, 1), sourceAddress: IPv4Address(127, 0, 0, 1), sourcePort: 4000,
                        nai: nil, flags: [], identification: Identification(rawValue: UInt64(row)), lifetimeGranted: 7200,
                        created: now, renewed: now, expires: now.adding(milliseconds: 7_200_000), renewals: 0,
                        encapsulation: .ipInIp, spi: SecurityParameterIndex(rawValue: 256)))
            }
        let view = MIBView(state: AgentState(name: "bench", changes: changes, agentTime: now), sysUpTime: 100)
        responder = AgentXResponder(mib: MIPMIB(), contexts: [.init(name: []) { view }])
    }

    private static let careOfAddress = IPv4Address(192, 0, 2, 1)

    private static func homeAddress(_ row: Int) -> IPv4Address { IPv4Address(rawValue: 0x0A00_0001 + UInt32(row)) }

    func run(requests: Int, rounds: Int) -> Result {
        // Requests are made outside the measured time, in portions that use little memory; the stride covers the whole table.
        let portion = 1000
        var reply = AgentXReply()
        var spent = Duration.zero
        var allocations: UInt = 0
        let clock = ContinuousClock()
        let stride = max(1, rows / max(1, requests / portion))
        // The successor of the last row is in another column.
        let last = max(1, rows - 1)
        var first = 0
        // The first portion is a warm-up that allocates what is reused later; it is not counted.
        for start in Swift.stride(from: -portion, to: requests, by: portion) {
            let pdus = (0..<min(portion, requests - start)).map { request(after: (first + $0) % last) }
            first = (first + stride) % last
            let before = mip_allocations()
            let time = clock.measure {
                for _ in 0..<(start < 0 ? 1 : rounds) {
                    for pdu in pdus {
                        guard let header = AgentXHeader(pdu.span) else { continue }
                        _ = responder.answer(header, pdu.span, in: &reply)
                        reply.clear()
                    }
                }
            }
            guard start >= 0 else { continue }
            spent += time
            allocations += UInt(mip_allocations() - before)
        }
        return Result(seconds: spent / .seconds(1), allocations: allocations)
    }

    /// A GetNext PDU as net-snmp writes it (RFC 2741 §6.2.6), in this machine's byte order.
    private func request(after row: Int) -> [UInt8] {
        var payload: [UInt8] = []
        func append(_ number: UInt32) {
            withUnsafeBytes(of: number.littleEndian) { payload.append(contentsOf: $0) }
        }
        let (a, b, c, d) = Self.homeAddress(row).octets
        let (e, f, g, h) = Self.careOfAddress.octets
        for column in Self.columns.prefix(columns) {
            let name = Self.column.dropFirst(5) + [column] + [a, b, c, d, e, f, g, h].map(UInt.init)
            payload += [UInt8(name.count), 2, 0, 0]
            for part in name { append(UInt32(part)) }
            // The end of the registered region: mib-2.45.
            payload += [2, 2, 0, 0]
            append(1)
            append(45)
        }
        let length = withUnsafeBytes(of: UInt32(payload.count).littleEndian) { Array($0) }
        return [1, AgentXHeader.Kind.getNext, 0, 0] + [UInt8](repeating: 0, count: 12) + length + payload
    }
}
