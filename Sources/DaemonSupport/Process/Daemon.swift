public import Logging
public import ServiceLifecycle
import UnixSignals

/// Runs a daemon's services until SIGTERM, SIGINT or SIGHUP (its terminal was closed), then stops them in reverse order.
public enum Daemon {
    /// - Parameters:
    ///   - services: Started in this order. If one ends or fails before a signal, all others are stopped.
    ///   - stopLimit: How long a clean stop may take before the services are cancelled.
    /// - Returns: `ExitStatus.stopped` after a signal, `ExitStatus.failed` after an error, which has been logged.
    public static func run(
        _ services: [any Service], logger: Logger, stopLimit: Duration = .seconds(5)
    ) async -> Int32 {
        var quiet = logger
        // The service group's own messages about signals are only useful for debugging it.
        quiet.logLevel = max(logger.logLevel, .warning)
        var configuration = ServiceGroupConfiguration(
            services: services.map { .init(service: $0, successTerminationBehavior: .gracefullyShutdownGroup) },
            gracefulShutdownSignals: [.sigterm, .sigint, .sighup], logger: quiet)
        configuration.maximumGracefulShutdownDuration = stopLimit
        configuration.maximumCancellationDuration = stopLimit
        do {
            try await ServiceGroup(configuration: configuration).run()
            return ExitStatus.stopped
        } catch {
            logger.critical("stopped by an error", metadata: ["error": "\(error)"])
            return ExitStatus.failed
        }
    }
}
