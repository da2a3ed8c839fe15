import AgentModel

/// Follows the notifications with a text until they have ended, and prints what has become of each.
struct DeliveryReport {
    private static let interval = Duration.milliseconds(250)

    private let text: String
    private let before: UInt32
    private var known: [UInt32: Delivery] = [:]
    /// Those that have ended without being seen in their last state, because the agent lists only the latest.
    private var forgotten: Set<UInt32> = []

    /// - Parameter before: The number of the latest exchange before the text was sent.
    init(of text: String, after before: UInt32) {
        self.text = text
        self.before = before
    }

    /// Prints the outcome once all have ended, or when the time is over.
    ///
    /// - Throws: A `CommandFailure` with status 1 if the text did not get to all receivers.
    mutating func follow(_ target: any ChangeTarget, atMost limit: Duration) async throws {
        let end = ContinuousClock.now + limit
        var isComplete = false
        while !isComplete {
            // The rows of one order may arrive at a management daemon one after another.
            let isSteady = try await read(target)
            isComplete = isSteady && !known.isEmpty && known.values.allSatisfy { hasEnded($0) }
            if isComplete || ContinuousClock.now >= end { break }
            try await Task.sleep(for: Self.interval)
        }
        try report()
    }

    /// Reads the state of the notifications. Returns whether there are the same ones as before.
    private mutating func read(_ target: any ChangeTarget) async throws -> Bool {
        let found = try await target.deliveries(after: before).filter { $0.text == text }
        let count = known.count
        for delivery in found { known[delivery.number] = delivery }
        let listed = Set(found.map(\.number))
        forgotten = Set(known.values.filter { $0.state == .waiting && !listed.contains($0.number) }.map(\.number))
        return known.count == count
    }

    private func hasEnded(_ delivery: Delivery) -> Bool { delivery.state != .waiting || forgotten.contains(delivery.number) }

    private func report() throws {
        let all = known.values.sorted { $0.number < $1.number }
        for delivery in all {
            print(
                forgotten.contains(delivery.number)
                    ? "\(delivery.receiver): the agent no longer lists what has become of the text" : delivery.sentence)
        }
        let done = all.filter(\.isDone).count
        let isAcknowledged = !all.contains { $0.state == .sent }
        let summary =
            "\(done) of \(all.count) receiver\(all.count == 1 ? "" : "s") \(isAcknowledged ? "acknowledged" : "got") the text"
        guard done == all.count, done > 0 else { throw CommandFailure(message: summary, status: 1) }
        print(summary)
    }
}
