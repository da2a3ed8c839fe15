import Foundation
public import Logging
public import ServiceLifecycle
import UnixSignals

/// Runs a daemon's services until SIGTERM, SIGINT or SIGHUP (its terminal was closed), then stops them in reverse order.
///
/// Stopping never depends on others: services that do not stop by themselves are cancelled, and a process that still runs at the end of
/// `Limits.end` is ended, after a signal with `ExitStatus.stopped`.
public enum Daemon {
    /// How long stopping may take, counted from the signal.
    public struct Limits: Sendable {
        /// When services that are still stopping are cancelled.
        public var cancellation: Duration
        /// When the process ends, whatever still runs.
        public var end: Duration

        public init(cancellation: Duration = .milliseconds(600), end: Duration = .milliseconds(1500)) {
            self.cancellation = cancellation
            self.end = end
        }
    }

    /// - Parameter services: Started in this order. If one ends or fails before a signal, all others are stopped.
    /// - Returns: `ExitStatus.stopped` after a signal, `ExitStatus.failed` after an error, which has been logged.
    public static func run(_ services: [any Service], logger: Logger, limits: Limits = Limits()) async -> Int32 {
        let deadline = StopDeadline(limit: limits.end)
        deadline.watchSignals()
        var quiet = logger
        // The service group's own messages about signals are only useful for debugging it.
        quiet.logLevel = max(logger.logLevel, .warning)
        // The last service is the first that is stopped.
        let all = services + [StopObserver(deadline: deadline)]
        var configuration = ServiceGroupConfiguration(
            services: all.map { .init(service: $0, successTerminationBehavior: .gracefullyShutdownGroup) },
            gracefulShutdownSignals: [.sigterm, .sigint, .sighup], logger: quiet)
        // Without a limit of cancellation, because the group would end the process with a trap.
        configuration.maximumGracefulShutdownDuration = limits.cancellation
        do {
            try await ServiceGroup(configuration: configuration).run()
            if !deadline.isSignalled { deadline.disarm() }
            return ExitStatus.stopped
        } catch {
            // A service that had to be cancelled may end with any error.
            if deadline.isSignalled {
                logger.warning("a service did not stop cleanly", metadata: ["error": "\(error)"])
                return ExitStatus.stopped
            }
            logger.critical("stopped by an error", metadata: ["error": "\(error)"])
            deadline.disarm()
            return ExitStatus.failed
        }
    }

    /// How long an end waits for a reader of the log, which may be busy. After a signal, `Limits.end` counts as well.
    static let logTime = Duration.milliseconds(800)

    /// Ends the process as soon as the log has been written, and at the latest after `logTime`. Unlike `exit`, it does not wait for a
    /// thread that hangs or for a reader of standard output.
    public static func end(_ status: Int32) -> Never {
        LogOutput.finish(within: logTime)
        _exit(status)
    }

    /// Starts the deadline when the services are stopped because one of them has ended or failed.
    private struct StopObserver: Service {
        let deadline: StopDeadline

        func run() async throws {
            await cancelWhenGracefulShutdown { try? await Task.sleep(for: .seconds(1 << 40)) }
            deadline.start(status: ExitStatus.failed)
        }
    }
}
