import Foundation
import Synchronization

/// Turns SIGINT and SIGTERM into a flag. The signal handler may do nothing but set the flag.
enum StopSignal {
    private static let isSet = Atomic(false)

    static var isRequested: Bool { isSet.load(ordering: .relaxed) }

    static func catchSignals() {
        // Initialises the flag before the first signal, because lazy initialisation must not happen in the handler.
        _ = isRequested
        signal(SIGINT, handler)
        signal(SIGTERM, handler)
    }

    private static let handler: @convention(c) (CInt) -> Void = { _ in isSet.store(true, ordering: .relaxed) }
}
