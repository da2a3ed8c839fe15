import AgentModel
import CAllocations
import MIPTesting
import MobileIPv4
import NIOCore
import Testing

@testable import AgentControl

@Suite("Heap allocations for a subscription's rows")
struct CanonicalMemoryTests {
    private static func update(rows: Int) -> SubscriptionUpdate {
        // Every other sample has an identifier, which is a separate string once it has been read.
        let changes = (0..<rows).flatMap { row -> [StateChange] in
            [
                .binding(Samples.binding(2 * row + 1)), .mobileNode(Samples.mobileNode(row)),
                .association(Samples.association(row)),
            ]
        }
        return SubscriptionUpdate(phase: .snapshot, firstSequence: 1, sequence: 1, time: Samples.start, changes: changes)
    }

    /// The number of allocations made to write this many rows of each kind and to read them, once everything reusable has been created.
    private static func count(rows: Int) throws -> (writing: Int, reading: Int) {
        let update = update(rows: rows)
        let coding = MessageCoding()
        var frame = ByteBuffer()
        try coding.encode(update: update, into: &frame)
        frame.clear()
        var before = mip_allocations()
        try coding.encode(update: update, into: &frame)
        let writing = Int(mip_allocations() - before)
        let reply = frame.getSlice(at: 0, length: frame.readableBytes - 1) ?? ByteBuffer()
        before = mip_allocations()
        let read = try coding.decodeUpdate(from: reply)
        let reading = Int(mip_allocations() - before)
        #expect(read?.changes == update.changes)
        return (writing, reading)
    }

    // Without optimisation, an iterator and the list of an enumeration's cases allocate; a JSON library allocates 100 times per row and
    // more.
    @Test("Writing a row takes at most 5 allocations and reading it 8, in a build without optimisation")
    func few() throws {
        let (few, many) = (try Self.count(rows: 10), try Self.count(rows: 100))
        #expect(many.writing - few.writing <= 5 * 270)
        #expect(many.reading - few.reading <= 8 * 270)
    }
}
