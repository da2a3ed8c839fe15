public import AgentModel

/// The events of an agent from a certain moment on, for one listener. If the listener does not keep up, the oldest events beyond 1,000
/// are lost, and it is informed of their number.
public struct AgentEvents: AsyncSequence, Sendable {
    /// What a listener receives.
    public enum Element: Hashable, Sendable {
        case event(AgentEvent)
        /// This many events between the previous and the next one were lost.
        case missed(UInt64)
    }

    /// The most events that wait for a listener.
    static let capacity = 1000

    let numbered: AsyncStream<(number: UInt64, event: AgentEvent)>
    /// The number of the first event to come.
    let first: UInt64

    /// For one reader only: a second one would take events away from the first.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(base: numbered.makeAsyncIterator(), expected: first) }

    /// Reads the events. Use it from one task only.
    public struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate var base: AsyncStream<(number: UInt64, event: AgentEvent)>.Iterator
        fileprivate var expected: UInt64
        /// An event that was read and is held until the loss of those before it has been reported.
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
