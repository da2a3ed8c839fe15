/// The exit statuses of a daemon.
public enum ExitStatus {
    /// Stopped on request.
    public static let stopped: Int32 = 0
    /// Could not start or could not continue; the log says why.
    public static let failed: Int32 = 1
    /// The configuration has mistakes; nothing was opened.
    public static let badConfiguration: Int32 = 2
}
