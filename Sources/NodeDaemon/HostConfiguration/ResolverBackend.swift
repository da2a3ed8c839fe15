/// A way to change how a machine looks up names, and to undo it. It may wait for programs and disks, a few seconds at most.
///
/// What must be undone is kept outside the process, so that a process that is killed leaves it to the next one.
protocol ResolverBackend: Sendable {
    /// Undoes what an earlier process has left behind.
    func recover() throws(HostConfigurationError)

    /// Brings settings into force in place of earlier ones. After an error, some may be in force; `undo` undoes them.
    func apply(_ wish: ResolverWish) throws(HostConfigurationError)

    /// Whether the settings that were applied last, which are these, are still in force. True where finding out costs too much.
    func isInForce(_ wish: ResolverWish) -> Bool

    /// Brings back what was in force before the first `apply`. Does nothing if there is nothing to undo.
    func undo() throws(HostConfigurationError)
}
