import Foundation

/// Tells a person at a terminal, from one second on, how far a long reading is; nothing where it would mix with output, and nothing
/// to a file or a pipe.
struct Progress {
    private let started = ContinuousClock.now
    private var told: ContinuousClock.Instant?
    private let isWanted: Bool

    /// - Parameter isOutputHeld: true while nothing is printed to standard output yet.
    init(isOutputHeld: Bool) { isWanted = StandardError.isTerminal && (isOutputHeld || !StandardOutput.isTerminal) }

    mutating func report(_ count: Int, _ what: String) {
        guard isWanted else { return }
        let now = ContinuousClock.now
        guard now - (told ?? started) >= .milliseconds(told == nil ? 1000 : 200) else { return }
        told = now
        StandardError.put("\r\(count) \(what)s read …\u{1B}[K")
    }

    /// Takes the line away.
    mutating func end() {
        if told != nil { StandardError.put("\r\u{1B}[K") }
        told = nil
    }
}
