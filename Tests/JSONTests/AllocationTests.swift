import CAllocations
import JSON
import Testing

@Suite("The cost of rows", .serialized)
struct AllocationTests {
    /// A row as long as that of a binding.
    struct Row: Encodable {
        var homeAddress = "10.0.1.1", careOfAddress = "192.0.2.1", homeAgent = "10.0.0.1", sourceAddress = "192.0.2.1"
        var sourcePort: UInt16 = 434
        var flags = ["foreignAgent", "reverseTunnel"]
        var identification = "0123456789abcdef", created = "2026-01-01T00:00:00.000Z", renewed = "2026-01-01T00:00:00.000Z"
        var lifetimeGranted: UInt16 = 600
        var renewals: UInt64 = 3
        var encapsulation = "ipInIp"
        var spi: UInt32 = 256
        var agent = "home"
    }

    private static func allocations(_ body: () throws -> Void) rethrows -> Double {
        let before = mip_allocations()
        for _ in 0..<1000 { try body() }
        return Double(mip_allocations() - before) / 1000
    }

    @Test("A row is written without a tree of its values: fewer allocations than it has members")
    func streaming() throws {
        let encoder = JSONByteEncoder()
        for _ in 0..<1000 { try encoder.write(Row()) }
        encoder.take { _ in }
        let row = Row()
        let count = try Self.allocations { try encoder.write(row) }
        #expect(count <= 8, "\(count) allocations a row")
    }

    // The limit is for a build without optimisation; with it there are 15 allocations.
    @Test("The object of a row takes at most four allocations per member")
    func object() throws {
        let row = Row()
        let count = try Self.allocations { _ = try JSONObject(encoding: row) }
        #expect(count <= 60, "\(count) allocations a row")
    }
}
