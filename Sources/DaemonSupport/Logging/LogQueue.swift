import Foundation
import Logging
import Synchronization

/// Lines on their way to a descriptor, written one at a time by a thread. Adding a line never waits for the descriptor.
///
/// The flags of the descriptor remain unchanged, because other processes may share it.
final class LogQueue: Sendable {
    /// Maximum size of the lines that wait, in bytes, and their maximum number.
    static let capacity = 1 << 20
    static let maximumLines = 4096
    /// What only lines of level warning and above may use.
    static let reservedBytes = 64 << 10
    static let reservedLines = 256

    private struct State {
        var lines: [String] = []
        /// Bytes and number of lines that have not been written, including those that the thread has taken.
        var bytes = 0
        var count = 0
        var lost: UInt64 = 0
        var isStarted = false
        /// Whether the thread waits, because everything has been written and reported.
        var isAsleep = false
        /// Threads in `finish`.
        var waiting = 0
    }

    private let descriptor: CInt
    /// The text of the line about so many lost lines, with its newline.
    private let report: @Sendable (UInt64) -> String
    /// Lines that are due without having been added, and in how long to ask again; nil if only after another line.
    private let due: @Sendable () -> (lines: [String], next: Duration?)
    private let state = Mutex(State())
    private let wake = DispatchSemaphore(value: 0)
    private let drained = DispatchSemaphore(value: 0)

    init(
        descriptor: CInt, report: @escaping @Sendable (UInt64) -> String,
        due: @escaping @Sendable () -> (lines: [String], next: Duration?) = { ([], nil) }
    ) {
        self.descriptor = descriptor
        self.report = report
        self.due = due
    }

    var lost: UInt64 { state.withLock { $0.lost } }

    /// Adds a line, which ends with a newline. Without room for it, it is counted as lost.
    func add(_ line: String, level: Logger.Level) {
        let size = line.utf8.count
        let isReserved = level < .warning
        let (isFirst, wakes) = state.withLock { state in
            let (bytes, lines) =
                isReserved
                ? (Self.capacity - Self.reservedBytes, Self.maximumLines - Self.reservedLines)
                : (Self.capacity, Self.maximumLines)
            guard state.bytes + size <= bytes, state.count < lines else {
                state.lost += 1
                return (false, false)
            }
            state.lines.append(line)
            state.bytes += size
            state.count += 1
            defer { (state.isStarted, state.isAsleep) = (true, false) }
            return (!state.isStarted, state.isAsleep)
        }
        if isFirst { start() } else if wakes { wake.signal() }
    }

    /// Makes the thread ask again which lines are due.
    func nudge() {
        let (isFirst, wakes) = state.withLock { state in
            defer { (state.isStarted, state.isAsleep) = (true, false) }
            return (!state.isStarted, state.isAsleep)
        }
        if isFirst { start() } else if wakes { wake.signal() }
    }

    /// Waits until every line has been written, but no longer than `limit`.
    func finish(within limit: Duration) {
        let end = ContinuousClock.now + limit
        while true {
            let isIdle = state.withLock { state in
                if !state.isStarted || state.isAsleep { return true }
                state.waiting += 1
                return false
            }
            guard !isIdle, drained.wait(timeout: Self.time(end - .now)) == .success else { return }
        }
    }

    private static func time(_ duration: Duration) -> DispatchTime {
        let (seconds, attoseconds) = max(.zero, duration).components
        return .now() + .seconds(Int(clamping: seconds)) + .nanoseconds(Int(attoseconds / 1_000_000_000))
    }

    // MARK: - The thread

    private func start() {
        let thread = Thread { [self] in run() }
        thread.name = "log"
        thread.start()
    }

    private func run() {
        var reported: UInt64 = 0
        var batch: [String] = []
        while true {
            batch.removeAll(keepingCapacity: true)
            let (lost, isIdle, waiting) = state.withLock { state in
                swap(&state.lines, &batch)
                state.isAsleep = batch.isEmpty && state.lost == reported
                guard state.isAsleep else { return (state.lost, false, 0) }
                defer { state.waiting = 0 }
                return (state.lost, true, state.waiting)
            }
            for _ in 0..<waiting { drained.signal() }
            if isIdle {
                sleep()
                continue
            }
            for line in batch {
                let isWritten = write(line)
                state.withLock { state in
                    state.bytes -= line.utf8.count
                    state.count -= 1
                    if !isWritten { state.lost += 1 }
                }
            }
            // They were lost after the lines of this batch had been added.
            if lost > reported {
                write(report(lost - reported))
                reported = lost
            }
        }
    }

    /// Waits for the next line, or for lines that are due without one.
    private func sleep() {
        let (lines, next) = due()
        for line in lines { write(line) }
        guard let next else { return wake.wait() }
        if wake.wait(timeout: Self.time(next)) == .timedOut { state.withLock { $0.isAsleep = false } }
    }

    /// Writes a whole line, however long that takes. False if the descriptor cannot be written.
    @discardableResult
    private func write(_ line: String) -> Bool {
        var line = line
        return line.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)[...]
            while !rest.isEmpty {
                let count = Foundation.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if count >= 0 {
                    rest = rest.dropFirst(count)
                    continue
                }
                switch errno {
                case EINTR: continue
                case EAGAIN:
                    // Another process has made the shared descriptor non-blocking.
                    var wanted = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    if poll(&wanted, 1, 50) < 0, errno != EINTR { usleep(50_000) }
                default: return false
                }
            }
            return true
        }
    }
}
