import AgentModel

/// The order to drain that operators have left the home agent with, and whether it acts by it yet: what draining does to bindings cannot be
/// undone, so that it begins only once the order is saved.
///
/// An order that was taken back does not return when the order that replaced it is taken back as well.
struct OrderedDrain: Hashable, Sendable {
    /// How many orders can be taken back, the latest ones.
    private static let limit = 64

    private struct Entry: Hashable {
        var order: DrainOrder?
        /// Distinguishes this order from others with the same content; 0 before the first.
        var number: Int
    }

    /// What stands when all of `entries` are taken back.
    private var base = Entry(order: nil, number: 0)
    /// The latest orders that were not taken back, the last of which stands.
    private var entries: [Entry] = []
    /// The number of the order by which the home agent acts.
    private var followed = 0
    private var last = 0

    private var standing: Entry { entries.last ?? base }

    /// The order; nil while operators want none.
    var order: DrainOrder? { standing.order }
    /// The number of the order.
    var number: Int { standing.number }

    /// Whether the home agent has yet to act by the order.
    var isPending: Bool { followed != number }

    /// Takes another order, or nil.
    mutating func replace(with order: DrainOrder?) {
        last += 1
        entries.append(Entry(order: order, number: last))
        if entries.count > Self.limit { base = entries.removeFirst() }
    }

    /// Takes back the order with this number. If a later order has replaced it, that one still stands.
    mutating func takeBack(_ number: Int) { entries.removeAll { $0.number == number } }

    /// The home agent acts by the order.
    mutating func follow() { followed = number }
}
