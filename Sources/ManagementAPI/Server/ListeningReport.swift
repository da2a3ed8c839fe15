/// Reports that the server listens, once it does so on every address.
actor ListeningReport {
    private var awaited: Int
    private var port: UInt16 = 0
    private let onRunning: @Sendable (UInt16) async -> Void

    /// - Parameter awaited: on how many addresses the server will listen.
    init(awaited: Int, onRunning: @escaping @Sendable (UInt16) async -> Void) {
        self.awaited = awaited
        self.onRunning = onRunning
    }

    /// One more address is bound.
    ///
    /// - Parameter port: nil for the Unix socket.
    func isListening(port: UInt16?) async {
        if let port { self.port = port }
        awaited -= 1
        if awaited == 0 { await onRunning(self.port) }
    }
}
