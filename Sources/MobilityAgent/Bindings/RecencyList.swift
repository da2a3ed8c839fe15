/// The order in which slots were last touched; each operation takes constant time.
struct RecencyList {
    private static let none = -1
    private struct Link {
        var colder = RecencyList.none
        var warmer = RecencyList.none
        var isListed = false
    }

    private var links: [Link] = []
    private var warmest = RecencyList.none
    private var first = RecencyList.none

    /// The slot touched longest ago.
    var coldest: Int? { first == Self.none ? nil : first }

    /// Up to `limit` slots, the one touched longest ago first.
    func coldest(_ limit: Int) -> [Int] {
        var slots: [Int] = []
        var next = first
        while next != Self.none, slots.count < limit {
            slots.append(next)
            next = links[next].warmer
        }
        return slots
    }

    func contains(_ slot: Int) -> Bool { slot < links.count && links[slot].isListed }

    /// Makes `slot` the most recent.
    mutating func touch(_ slot: Int) {
        if slot == warmest { return }
        remove(slot)
        if slot >= links.count { links.append(contentsOf: repeatElement(Link(), count: slot + 1 - links.count)) }
        links[slot] = Link(colder: warmest, warmer: Self.none, isListed: true)
        if warmest != Self.none { links[warmest].warmer = slot } else { first = slot }
        warmest = slot
    }

    mutating func remove(_ slot: Int) {
        guard slot < links.count, links[slot].isListed else { return }
        let link = links[slot]
        if link.colder != Self.none { links[link.colder].warmer = link.warmer } else { first = link.warmer }
        if link.warmer != Self.none { links[link.warmer].colder = link.colder } else { warmest = link.colder }
        links[slot] = Link()
    }
}
