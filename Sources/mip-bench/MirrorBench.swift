import AgentModel
import ArgumentParser
import CAllocations
import ManagementCore
import MobileIPv4

/// The mirror of a home agent, filled row by row without a socket.
struct MirrorBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mirror",
        abstract: "Measures the mirror's memory for a binding and its node's account, and how fast it inserts them.")

    @Option(name: .shortAndLong, help: "Bindings, each of a different node; 1 to 4000000.")
    var rows = 1_000_000

    @Option(help: "Length of each node's network access identifier in bytes; 0 for none, at most 64.")
    var nai = 0

    @Flag(help: "Insert rows in shuffled order instead of the order of their addresses.")
    var shuffled = false

    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
        guard (1...4_000_000).contains(rows) else { throw ValidationError("--rows \(rows) is invalid; expected 1 to 4000000") }
        guard nai == 0 || (12...64).contains(nai) else {
            throw ValidationError("--nai \(nai) is invalid; expected 0, or 12 to 64")
        }
    }

    func run() throws {
        let load = MirrorLoad(rows: rows, nai: nai, shuffled: shuffled)
        let result = load.run()
        if json {
            print(
                """
                {"benchmark":"mirror","rows":\(rows),"nai":\(nai),"shuffled":\(shuffled),\
                "bindingOctets":\(result.bindingBytes.rounded(to: 1)),"nodeOctets":\(result.nodeBytes.rounded(to: 1)),\
                "octets":\((result.bindingBytes + result.nodeBytes).rounded(to: 1)),\
                "bindingsPerSecond":\(result.bindingsPerSecond.rounded(to: 0)),"nodesPerSecond":\(result.nodesPerSecond.rounded(to: 0))}
                """)
        } else {
            print(
                """
                \(rows) bindings: \(result.bindingBytes.rounded(to: 1)) bytes each, \(result.bindingsPerSecond.rounded(to: 0)) per second
                \(rows) accounts of nodes: \(result.nodeBytes.rounded(to: 1)) bytes each, \(result.nodesPerSecond.rounded(to: 0)) per second
                """)
        }
    }
}

/// The cost of filling a mirror.
struct MirrorResult {
    /// Heap bytes per row, including the index.
    var bindingBytes = 0.0
    var nodeBytes = 0.0
    var bindingsPerSecond = 0.0
    var nodesPerSecond = 0.0
}

/// Rows in the order in which a home agent sends them: all bindings, then all accounts.
struct MirrorLoad {
    let rows: Int
    let nai: Int
    let shuffled: Bool
    private let time = Timestamp(milliseconds: 1_700_000_000_000)

    init(rows: Int, nai: Int, shuffled: Bool) {
        self.rows = rows
        self.nai = nai
        self.shuffled = shuffled
    }

    func run() -> MirrorResult {
        var result = MirrorResult()
        var state = AgentState(name: "bench", changes: [], agentTime: time)
        (result.bindingBytes, result.bindingsPerSecond) = fill(&state) { .binding(binding($0)) }
        (result.nodeBytes, result.nodesPerSecond) = fill(&state) { .mobileNode(node($0)) }
        return result
    }

    /// Bytes per row and rows per second; neither includes making the rows.
    private func fill(_ state: inout AgentState, _ row: (Int) -> StateChange) -> (bytes: Double, perSecond: Double) {
        let before = Self.heap
        let clock = ContinuousClock()
        var spent = Duration.zero
        for start in stride(from: 0, to: rows, by: 500) {
            let changes = (start..<min(rows, start + 500)).map { row(place($0)) }
            spent += clock.measure { for change in changes { state.apply(change, at: time) } }
        }
        return (Double(Self.heap - before) / Double(rows), Double(rows) / (spent / .seconds(1)))
    }

    /// The row at this position: every row occurs once; with shuffling, neighbours are far apart.
    private func place(_ number: Int) -> Int {
        guard shuffled else { return number }
        // Feistel rounds permute the numbers below a power of 4; results beyond the last row are skipped.
        let half = (Int.bitWidth - rows.leadingZeroBitCount + 1) / 2
        let mask = UInt32(1) << UInt32(half) - 1
        var value = number
        repeat {
            var (left, right) = (UInt32(value >> half) & mask, UInt32(value) & mask)
            for round in 1...4 as ClosedRange<UInt32> {
                (left, right) = (right, left ^ ((right &* 0x9E37_79B1 &+ round &* 0x85EB_CA6B) >> 7 & mask))
            }
            value = Int(left) << half | Int(right)
        } while value >= rows
        return value
    }

    private func address(_ row: Int) -> IPv4Address { IPv4Address(rawValue: 0x0A00_0001 + UInt32(row)) }

    private func identifier(_ row: Int) -> NetworkAccessIdentifier? {
        guard nai > 0 else { return nil }
        let digits = String(row)
        return NetworkAccessIdentifier(String(repeating: "n", count: nai - 4 - digits.utf8.count) + digits + "@a.b")
    }

    private func binding(_ row: Int) -> Binding {
        Binding(
            homeAddress: address(row), careOfAddress: IPv4Address(192, 0, 2, 1), homeAgent: IPv4Address(127, 10, 0, 1),
            sourceAddress: IPv4Address(127, 0, 0, 1), sourcePort: 4000, nai: identifier(row), flags: [.reverseTunnel],
            identification: Identification(rawValue: UInt64(row)), lifetimeGranted: 7200, created: time, renewed: time,
            expires: time.adding(milliseconds: 7_200_000), renewals: 0, encapsulation: .ipInIp,
            spi: SecurityParameterIndex(rawValue: 256))
    }

    private func node(_ row: Int) -> MobileNodeService {
        MobileNodeService(
            homeAddress: address(row), nai: identifier(row), requestsReceived: 1, accepted: 1, servingSince: time,
            recentAccepted: time)
    }

    /// Heap bytes in use.
    private static var heap: Int { Int(mip_heap()) }
}
