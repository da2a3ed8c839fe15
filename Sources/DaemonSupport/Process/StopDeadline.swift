import Foundation
import Synchronization

/// Ends the process when stopping takes too long, whatever hangs: a service, the log, or a thread of Swift's pool.
///
/// It uses nothing that others can keep busy: its queue has a thread of its own, and it writes no log line.
final class StopDeadline: Sendable {
    /// The signals that stop a daemon.
    static let signals = [SIGTERM, SIGINT, SIGHUP]

    /// What the log gets once the time is over. It has had that time already.
    static let logTime = Duration.milliseconds(200)

    private let queue = DispatchQueue(label: "mip-mib.stop", qos: .userInitiated)
    private let limit: Duration
    private let end: @Sendable (Int32) -> Void
    private let sources = Mutex<[any DispatchSourceSignal]>([])
    private let state = Mutex(State())

    private struct State {
        var isSignalled = false
        var isArmed = false
        var isOver = false
    }

    /// - Parameters:
    ///   - limit: how long stopping may take.
    ///   - end: ends the process with a status. `_exit`, because handlers of `exit` could wait for a thread that hangs. The log gets a
    ///     moment to be written.
    init(
        limit: Duration,
        end: @escaping @Sendable (Int32) -> Void = { status in
            LogOutput.finish(within: StopDeadline.logTime)
            _exit(status)
        }
    ) {
        self.limit = limit
        self.end = end
    }

    deinit { sources.withLock { sources in for source in sources { source.cancel() } } }

    /// Whether a signal has asked the process to stop.
    var isSignalled: Bool { state.withLock { $0.isSignalled } }

    /// From now on, one of `signals` starts the time. It does not replace the reaction to these signals elsewhere.
    func watchSignals() {
        sources.withLock { sources in
            sources = Self.signals.map { number in
                let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
                source.setEventHandler { [weak self] in
                    self?.state.withLock { state in
                        state.isSignalled = true
                        // The services may have ended already, but the process has not.
                        state.isOver = false
                    }
                    self?.start(status: ExitStatus.stopped)
                }
                source.resume()
                return source
            }
        }
    }

    /// Starts the time, once. After it, the process ends with this status, or with `ExitStatus.stopped` after a signal, unless `disarm` is
    /// called.
    func start(status: Int32) {
        let isFirst = state.withLock { state in
            defer { state.isArmed = true }
            return !state.isArmed
        }
        guard isFirst else { return }
        let (seconds, attoseconds) = limit.components
        queue.asyncAfter(deadline: .now() + .nanoseconds(Int(seconds * 1_000_000_000 + attoseconds / 1_000_000_000))) { [self] in
            let now = state.withLock { $0 }
            // The services may have been stopped by a signal that was noticed here only later.
            if !now.isOver { end(now.isSignalled ? ExitStatus.stopped : status) }
        }
    }

    /// The process goes on, because nothing hung.
    func disarm() { state.withLock { $0.isOver = true } }
}
