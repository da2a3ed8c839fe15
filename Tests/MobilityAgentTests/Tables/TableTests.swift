import MIPTesting
import MobileIPv4
import Testing

@testable import MobilityAgent

@Suite struct TableTests {
    @Test(
        "Deadlines become due in order, once each, however they are postponed, brought forward and cancelled",
        arguments: TestLength.seeds(10, long: 500))
    func deadlines(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var queue = DeadlineQueue()
        var truth: [Int: Int64] = [:]
        var now: Int64 = 0
        for _ in 0..<2000 {
            let slot = Int.random(in: 0..<50, using: &random)
            switch Int.random(in: 0...3, using: &random) {
            case 0:
                queue.cancel(slot)
                truth[slot] = nil
            case 1:
                now += Int64.random(in: 0...20, using: &random)
                var due: Set<Int> = []
                while let slot = queue.popDue(now) { #expect(due.insert(slot).inserted) }
                #expect(due == Set(truth.filter { $0.value <= now }.keys))
                truth = truth.filter { $0.value > now }
            default:
                let deadline = now + Int64.random(in: 1...100, using: &random)
                queue.schedule(slot, at: deadline)
                truth[slot] = deadline
            }
            if let first = truth.values.min() { #expect(queue.next.map { $0 <= first } ?? false) }
        }
    }

    @Test("Postponing a deadline a million times uses no memory")
    func renewals() {
        var queue = DeadlineQueue()
        for round in 0..<1_000_000 { queue.schedule(0, at: Int64(1000 + round)) }
        #expect(queue.next == 1000)
        #expect(queue.popDue(1_000_000) == nil)
        #expect(queue.popDue(1_001_000) == 0)
        #expect(queue.next == nil)
    }

    @Test("The coldest slot is the one touched longest ago", arguments: TestLength.seeds(10, long: 500))
    func recency(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var list = RecencyList()
        var truth: [Int] = []
        for _ in 0..<2000 {
            let slot = Int.random(in: 0..<20, using: &random)
            truth.removeAll { $0 == slot }
            switch Int.random(in: 0...2, using: &random) {
            case 0: list.remove(slot)
            default:
                list.touch(slot)
                truth.append(slot)
            }
            #expect(list.coldest == truth.first)
            #expect(list.coldest(5) == Array(truth.prefix(5)))
            #expect(list.contains(slot) == truth.contains(slot))
        }
    }

    @Test("The oldest pending requests of each kind come first", arguments: TestLength.seeds(10, long: 500))
    func pendingOrder(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var order = PendingOrder()
        var truth: [(slot: Int, place: PendingPlace)] = []
        for _ in 0..<2000 {
            let slot = Int.random(in: 0..<20, using: &random)
            truth.removeAll { $0.slot == slot }
            if let place = PendingPlace(rawValue: Int.random(in: 0...3, using: &random)) {
                order.append(slot, place)
                truth.append((slot, place))
            } else {
                order.remove(slot)
            }
            for place in PendingPlace.allCases {
                let expected = truth.filter { $0.place == place }.map(\.slot)
                #expect(order.count(place) == expected.count)
                #expect(order.oldest(place, limit: 5) == Array(expected.prefix(5)))
            }
        }
    }

    @Test("Rows keep their slots, and freed slots are reused")
    func slots() {
        var table = SlotTable<String>()
        let slots = ["a", "b", "c"].map { table.insert($0) }
        table.remove(slots[1])
        table.remove(slots[1])
        #expect(table.count == 2)
        #expect(table.insert("d") == slots[1])
        #expect(table.insert("e") == 3)
        var page: [String] = []
        #expect(table.page(from: 0, limit: 2, into: &page) { $0 } == 2)
        #expect(table.page(from: 2, limit: 9, into: &page) { $0 } == nil)
        #expect(page == ["a", "d", "c", "e"])
    }

    @Test("A pool is assigned in order, each address once, up to the very last address")
    func pool() throws {
        let ranges = [
            try #require(IPv4AddressRange("255.255.255.254-255.255.255.255")), try #require(IPv4AddressRange("192.0.2.0/30")),
        ]
        var assignments = AddressAssignments(fixed: [:], pool: ranges)
        let taken = (0..<6).map { _ in assignments.takeFromPool { _ in true }?.description }
        #expect(taken == ["255.255.255.254", "255.255.255.255", "192.0.2.1", "192.0.2.2", nil, nil])
    }

    @Test(
        "Address ranges are parsed as first-last or as a prefix",
        arguments: [
            ("192.0.2.10-192.0.2.20", "192.0.2.10-192.0.2.20"), ("192.0.2.0/24", "192.0.2.1-192.0.2.254"),
            ("192.0.2.4/31", "192.0.2.4-192.0.2.5"), ("192.0.2.4/32", "192.0.2.4-192.0.2.4"), ("192.0.2.20-192.0.2.10", nil),
            ("192.0.2.1", nil), ("", nil), ("-", nil), ("0.0.0.0/0", "0.0.0.1-255.255.255.254"),
        ] as [(String, String?)])
    func ranges(text: String, read: String?) {
        #expect(IPv4AddressRange(text)?.description == read)
    }

    @Test("Denied identifications are kept until their time, at most as many as the limit, and the oldest make room")
    func deniedIdentifications() {
        var list = DeniedIdentifications()
        func request(_ number: Int) -> DeniedRequest {
            DeniedRequest(
                homeAddress: IPv4Address(192, 0, 2, 10), nai: nil, identification: Identification(rawValue: UInt64(number)))
        }
        let surplus = 1000
        for number in 0..<DeniedIdentifications.limit + surplus {
            list.insert(request(number), until: Int64(number) + 1_000_000, at: 0)
        }
        #expect(list.count == DeniedIdentifications.limit)
        #expect(!list.contains(request(surplus - 1)) && list.contains(request(surplus)))
        list.insert(request(.max), until: 3_000_000, at: 2_000_000)
        #expect(list.count == 1)
        #expect(!list.contains(request(DeniedIdentifications.limit)))
    }
}
