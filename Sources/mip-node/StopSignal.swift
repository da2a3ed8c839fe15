import Foundation
import Synchronization

/// SIGINT and SIGTERM as a flag. A signal handler may do nothing but set it.
enum StopSignal {
    private static let isSet = Atomic(false)

    static var isRequested: Bool { isSet.load(ordering: .relaxed) }

    static func catchSignals() {
        // Initialised before the first signal, since a lazy initialisation must not happen in the handler.
        _ = isRequested
        signal(SIGINT, handler)
        signal(SIGTERM, handler)
    }

    private static let handler: @convention(c) (CInt) -> Void = { _ in isSet.store(true, ordering: .relaxed) }
}
