import MIPTesting
import ManagementCore
import Testing

@Suite("Ordered table")
struct OrderedTableTests {
    @Test("Random changes give what a sorted dictionary would, in every search", arguments: [1, 2, 3] as [UInt64])
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

    @Test("A copy is a picture: later changes do not show in it")
    func pictures() {
        var table = OrderedTable<Int, Int>()
        for key in 0..<1000 { table.update(key, forKey: key) }
        let picture = table
        for key in stride(from: 0, to: 1000, by: 2) { table.remove(key) }
        for key in 1000..<1100 { table.update(-1, forKey: key) }
        #expect(picture.map(\.key) == Array(0..<1000))
        #expect(table.count == 600)
    }

    @Test("A change beside a held picture copies one path, and without one nothing")
    func copies() {
        var table = OrderedTable<Int, Int>()
        for key in 0..<100_000 { table.update(key, forKey: key) }
        var before = table.nodeIdentities
        table.update(-1, forKey: 50_000)
        #expect(table.nodeIdentities == before)
        let picture = table
        before = table.nodeIdentities
        table.update(-2, forKey: 50_000)
        #expect(table.nodeIdentities.subtracting(before).count <= 4)
        #expect(picture[50_000] == -1)
    }
}
