import Foundation
import Synchronization

/// Turns SIGINT and SIGTERM into a flag, and ends the process when it does not react to that, for example because nobody reads its output.
/// The signal handlers only set the flag, set a timer, and end the process.
enum StopSignal {
    private static let isSet = Atomic(false)
    private static let status = Atomic<Int32>(1)
    /// How long the process may take to end, in microseconds.
    private static let limit = 1_500_000

    static var isRequested: Bool { isSet.load(ordering: .relaxed) }

    static func catchSignals() {
        // Initialises the flags before the first signal, because lazy initialisation must not happen in the handler.
        _ = isRequested
        setStatus(1)
        signal(SIGINT, handler)
        signal(SIGTERM, handler)
        signal(SIGALRM, ending)
    }

    /// The status with which the process ends if it does not react.
    static func setStatus(_ new: Int32) { status.store(new, ordering: .relaxed) }

    /// Starts the time until the process is ended, again if it is running: the process is making progress.
    static func postpone() {
        // A system call on Linux, so it may be made in a signal handler.
        var timer = itimerval(
            it_interval: timeval(), it_value: timeval(tv_sec: limit / 1_000_000, tv_usec: limit % 1_000_000))
        setitimer(__itimer_which_t(ITIMER_REAL.rawValue), &timer, nil)
    }

    private static let handler: @convention(c) (CInt) -> Void = { _ in
        isSet.store(true, ordering: .relaxed)
        postpone()
    }

    private static let ending: @convention(c) (CInt) -> Void = { _ in _exit(StopSignal.status.load(ordering: .relaxed)) }
}
