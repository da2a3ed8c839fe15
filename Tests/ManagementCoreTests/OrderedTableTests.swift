import MIPTesting
import ManagementCore
import Testing

@Suite("Ordered table")
struct OrderedTableTests {
    @Test(
        "After random changes every search gives the same result as a sorted dictionary",
        arguments: TestLength.seeds(3, long: 100))
    func oracle(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var table = OrderedTable<Int, Int>()
        var oracle: [Int: Int] = [:]
        for step in 0..<6000 {
            let key = Int.random(in: 0..<700, using: &generator)
            if step % 3 != 2 || step < 2000 {
                table.update(step, forKey: key)
                oracle[key] = step
            } else {
                #expect(table.remove(key) == oracle.removeValue(forKey: key))
            }
        }
        let sorted = oracle.sorted { $0.key < $1.key }
        #expect(table.count == sorted.count)
        #expect(table.map(\.key) == sorted.map(\.key))
        #expect(table.map(\.row) == sorted.map(\.value))
        for key in -1...701 {
            #expect(table[key] == oracle[key])
            #expect(table.ceiling(key)?.key == sorted.first { $0.key >= key }?.key)
            #expect(table.successor(of: key)?.key == sorted.first { $0.key > key }?.key)
            #expect(table.rows(after: key).prefix(3).map(\.key) == sorted.filter { $0.key > key }.prefix(3).map(\.key))
        }
        #expect(table.first?.key == sorted.first?.key)
        #expect(table.last?.key == sorted.last?.key)
        for key in oracle.keys.sorted() { table.remove(key) }
        #expect(table.isEmpty && table.first == nil)
    }

    @Test("A copy is a snapshot: later changes do not appear in it")
    func snapshots() {
        var table = OrderedTable<Int, Int>()
        for key in 0..<1000 { table.update(key, forKey: key) }
        let snapshot = table
        for key in stride(from: 0, to: 1000, by: 2) { table.remove(key) }
        for key in 1000..<1100 { table.update(-1, forKey: key) }
        #expect(snapshot.map(\.key) == Array(0..<1000))
        #expect(table.count == 600)
    }

    @Test("A change copies one path while a snapshot exists, and nothing otherwise")
    func copies() {
        var table = OrderedTable<Int, Int>()
        for key in 0..<100_000 { table.update(key, forKey: key) }
        var before = table.nodeIdentities
        table.update(-1, forKey: 50_000)
        #expect(table.nodeIdentities == before)
        let snapshot = table
        before = table.nodeIdentities
        table.update(-2, forKey: 50_000)
        #expect(table.nodeIdentities.subtracting(before).count <= 4)
        #expect(snapshot[50_000] == -1)
    }

    @Test(
        "Leaves are full after inserts in ascending order, and three quarters full after inserts in runs or in random order",
        arguments: [
            (0..<30_000).map { $0 },
            // Ten runs, the later ones before the earlier ones.
            (0..<30_000).map { (9 - $0 / 3000) * 3000 + $0 % 3000 },
            (0..<30_000).map { $0 * 7919 % 30_000 },
        ])
    func fill(order: [Int]) {
        var table = OrderedTable<Int, Int>()
        for key in order { table.update(key, forKey: key) }
        #expect(table.map(\.key) == Array(0..<30_000))
        let isAscending = order[0] == 0 && order[1] == 1
        // Inner nodes are a few per cent.
        #expect(table.nodeIdentities.count <= 30_000 / (isAscending ? 30 : 23))
    }

    @Test(
        "After inserts and removals in any order the rows are the same as in a dictionary",
        arguments: [11, 12, 13, 14] as [UInt64])
    func comingAndGoing(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var table = OrderedTable<Int, Int>()
        var expected: [Int: Int] = [:]
        var held: [(OrderedTable<Int, Int>, [Int: Int])] = []
        for step in 0..<20_000 {
            let key = Int.random(in: 0..<3000, using: &generator)
            if Int.random(in: 0..<3, using: &generator) == 0 {
                table.remove(key)
                expected[key] = nil
            } else {
                table.update(step, forKey: key)
                expected[key] = step
            }
            if step.isMultiple(of: 4000) { held.append((table, expected)) }
        }
        held.append((table, expected))
        for (table, expected) in held {
            #expect(table.count == expected.count)
            #expect(table.map(\.key) == expected.keys.sorted())
            #expect(table.allSatisfy { expected[$0.key] == $0.row && table[$0.key] == $0.row })
        }
    }
}
