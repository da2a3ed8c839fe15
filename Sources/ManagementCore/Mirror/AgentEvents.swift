public import AgentModel

/// The events of an agent from some moment on, for one listener. One that does not keep up loses the oldest beyond 1,000, and is told how
/// many.
public struct AgentEvents: AsyncSequence, Sendable {
    /// What a listener hears.
    public enum Element: Hashable, Sendable {
        case event(AgentEvent)
        /// So many events between the one before and the next were lost.
        case missed(UInt64)
    }

    /// Most events that wait for a listener.
    static let capacity = 1000

    let numbered: AsyncStream<(number: UInt64, event: AgentEvent)>
    /// The number of the first event there will be.
    let first: UInt64

    /// For one reader: a second one would get what the first does not.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(base: numbered.makeAsyncIterator(), expected: first) }

    /// Reads the events; from one task.
    public struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate var base: AsyncStream<(number: UInt64, event: AgentEvent)>.Iterator
        fileprivate var expected: UInt64
        /// An event that was read and waits for what is told of those before it.
        private var held: AgentEvent?

        fileprivate init(base: AsyncStream<(number: UInt64, event: AgentEvent)>.Iterator, expected: UInt64) {
            self.base = base
            self.expected = expected
        }

        /// Waits for the next event; nil when the task is cancelled.
        public mutating func next() async -> Element? {
            if let event = held {
                held = nil
                return .event(event)
            }
            guard let (number, event) = await base.next() else { return nil }
            let missed = number - expected
            expected = number + 1
            guard missed > 0 else { return .event(event) }
            held = event
            return .missed(missed)
        }
    }
}
