/// The slots with a pending request, for each kind of place in the order in which the requests came. Each operation takes constant time.
struct PendingOrder {
    private static let none: Int32 = -1
    private struct Link {
        var older = PendingOrder.none
        var newer = PendingOrder.none
        var place: PendingPlace?
    }
    private struct Queue {
        var oldest = PendingOrder.none
        var newest = PendingOrder.none
        var count = 0
    }

    private var links: [Link] = []
    private var queues = [Queue](repeating: Queue(), count: PendingPlace.allCases.count)

    func count(_ place: PendingPlace) -> Int { queues[place.rawValue].count }

    /// Up to `limit` slots of this kind, the oldest first.
    func oldest(_ place: PendingPlace, limit: Int) -> [Int] {
        var slots: [Int] = []
        slots.reserveCapacity(min(limit, count(place)))
        var next = queues[place.rawValue].oldest
        while next != Self.none, slots.count < limit {
            slots.append(Int(next))
            next = links[Int(next)].newer
        }
        return slots
    }

    /// Makes the slot the newest of its kind.
    mutating func append(_ slot: Int, _ place: PendingPlace) {
        remove(slot)
        if slot >= links.count { links.append(contentsOf: repeatElement(Link(), count: slot + 1 - links.count)) }
        let newest = queues[place.rawValue].newest
        links[slot] = Link(older: newest, newer: Self.none, place: place)
        if newest == Self.none {
            queues[place.rawValue].oldest = Int32(slot)
        } else {
            links[Int(newest)].newer = Int32(slot)
        }
        queues[place.rawValue].newest = Int32(slot)
        queues[place.rawValue].count += 1
    }

    mutating func remove(_ slot: Int) {
        guard slot < links.count, let place = links[slot].place else { return }
        let link = links[slot]
        if link.older == Self.none {
            queues[place.rawValue].oldest = link.newer
        } else {
            links[Int(link.older)].newer = link.newer
        }
        if link.newer == Self.none {
            queues[place.rawValue].newest = link.older
        } else {
            links[Int(link.newer)].older = link.older
        }
        queues[place.rawValue].count -= 1
        links[slot] = Link()
    }
}
