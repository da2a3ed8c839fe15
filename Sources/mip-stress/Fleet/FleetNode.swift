import MobileNode

/// A node of a fleet, and where it is.
struct FleetNode {
    var node: MobileNode
    let attachment: NetworkAttachment
    /// When something is due, in nanoseconds of uptime; `Int64.max` for never.
    private(set) var due = Int64.max
    /// Since when it knows that it has lost its registration; nil while it has one, or had none yet.
    private(set) var lost: Int64?
    /// The longest time in nanoseconds that it was without one.
    private(set) var longestGap: Int64 = 0

    init(node: MobileNode, attachment: NetworkAttachment) {
        self.node = node
        self.attachment = attachment
    }

    /// Call after everything that happens to the node.
    mutating func schedule() { due = [node.nextDeadline, node.retry.due].compactMap { $0 }.min() ?? .max }

    /// Its registration was revoked, or an advertisement says that it must register again.
    mutating func lose(at uptime: Int64) { lost = lost ?? uptime }

    /// What happened before does not count.
    mutating func forgetGaps() { (lost, longestGap) = (nil, 0) }

    /// It is registered.
    mutating func gain(at uptime: Int64) {
        if let lost { longestGap = max(longestGap, uptime - lost) }
        lost = nil
    }
}

/// How a fleet has moved.
struct FleetResult {
    /// Nodes that are registered at the other home agent.
    var moved: Int
    var nodes: Int
    /// From the first lost registration to the last new one.
    var seconds: Double
    /// The longest time that a node was without a registration.
    var longestGap: Double

    var json: String {
        """
        {"nodes":\(nodes),"moved":\(moved),"seconds":\(Self.rounded(seconds)),"longestGap":\(Self.rounded(longestGap))}
        """
    }

    private static func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
}
