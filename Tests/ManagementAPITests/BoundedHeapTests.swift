import MIPTesting
import Testing

@testable import ManagementAPI

@Suite("Finding the first few of many values")
struct BoundedHeapTests {
    @Test(
        "The result equals the first values of a full sort, with equal values in order of arrival",
        arguments: [1, 2, 7, 100, 1000],
        [false, true])
    func sorted(capacity: Int, isDescending: Bool) {
        var generator = SeededGenerator(seed: UInt64(capacity))
        let orders: [[Int64]] = [
            (0..<500).map { _ in Int64.random(in: 0..<40, using: &generator) }, Array(0..<500), Array((0..<500).reversed()),
            Array(repeating: 7, count: 500), [],
        ]
        for numbers in orders {
            let values = numbers.map { $0 == 3 ? SortValue.absent : .number($0) }
            var heap = BoundedHeap(capacity, isDescending: isDescending)
            var kept: [Int] = []
            for (index, value) in values.enumerated() {
                guard let slot = heap.offer(value) else { continue }
                if slot == kept.count { kept.append(index) } else { kept[slot] = index }
            }
            let expected = values.indices.sorted { a, b in
                values[a] == values[b] ? a < b : (values[a] < values[b]) != isDescending
            }
            #expect(heap.slots.map { kept[$0] } == Array(expected.prefix(capacity)))
        }
    }
}
