/// How the file descriptors of a process are shared, so that no kind of client takes those that the others need.
///
/// When the system refuses a connection for lack of a descriptor, listeners try again without a pause, and agents cannot be reached any
/// more. Shares whose sum the process can open make both impossible.
public struct DescriptorBudget: Hashable, Sendable {
    /// HTTP connections over TCP at once.
    public var http: Int
    /// HTTP connections over the Unix socket at once. They keep the administrator of this machine able to work while TCP is full.
    public var unix: Int
    /// Event streams among the connections over TCP: at most half of them, so that single requests are always answered.
    public var streams: Int
    /// Event streams among the connections over the Unix socket.
    public var unixStreams: Int
    /// Connections to the control socket of an agent at once.
    public var control: Int

    /// A daemon serves either HTTP or a control socket, so `control` shares the descriptors with no other member.
    ///
    /// - Parameters:
    ///   - descriptors: How many the process may have.
    ///   - own: How many it needs for itself: event loops, files, listeners, and its connections to others.
    public init(descriptors: Int, own: Int) {
        let rest = max(0, descriptors - own)
        // At least one each: a daemon with too few descriptors is slow instead of mute.
        unix = max(1, min(4096, max(min(8, rest / 2), rest / 4)))
        http = max(1, min(4096, rest - unix))
        streams = max(1, min(2000, http / 2))
        unixStreams = max(1, min(2000, unix / 2))
        // An agent in a few descriptors still has to serve its manager, which stays connected, and an administrator.
        control = max(8, min(256, rest - 16))
    }
}
