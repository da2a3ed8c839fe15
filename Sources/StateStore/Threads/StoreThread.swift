import Foundation

/// Threads of a store.
enum StoreThread {
    /// Runs a function on a thread of its own.
    ///
    /// - Parameter name: At most 15 bytes; shown by tools such as `ps`.
    static func start(_ name: String, _ body: @escaping @Sendable () -> Void) {
        let thread = Thread {
            // Signals are handled by other threads of the program.
            var all = sigset_t()
            sigfillset(&all)
            pthread_sigmask(SIG_BLOCK, &all, nil)
            body()
        }
        thread.name = name
        thread.start()
    }
}
