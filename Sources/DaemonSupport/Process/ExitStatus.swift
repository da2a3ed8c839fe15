/// What a daemon's exit status says.
public enum ExitStatus {
    /// Stopped because it was asked to.
    public static let stopped: Int32 = 0
    /// Could not start or could not go on; the log says why.
    public static let failed: Int32 = 1
    /// The configuration has mistakes; nothing was opened.
    public static let badConfiguration: Int32 = 2
}
