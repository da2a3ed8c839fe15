import Hummingbird
import NIOCore
import Persistence

/// What is known about a request in addition to the request itself.
struct APIContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// Where it came from: an IP address and port, or the path of a Unix socket; nil in tests without a connection.
    let remoteAddress: SocketAddress?
    /// Who is at the other end of a Unix socket.
    let peer: PeerCredentials?
    /// On whose behalf the request is made. Nobody until `RequestGate` has admitted it.
    var actor = Requester(name: "nobody", role: .read)

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        remoteAddress = source.channel.remoteAddress
        peer = APIChannel.peer
    }

    /// The client, for limits: its address without the port, its user, or `local`.
    var client: String { remoteAddress?.ipAddress ?? peer.map { "uid=\($0.uid)" } ?? "local" }

    /// The client, for the limits of event streams.
    var connectionClient: ConnectionClient { ConnectionClient(remoteAddress, peer) }

    /// The client, for the audit: its address without the port, its user and group, or `local`.
    var origin: String { remoteAddress?.ipAddress ?? peer.map { "uid=\($0.uid) gid=\($0.gid)" } ?? "local" }

    /// Maximum size of a request body in bytes.
    static let maximumBody = 65_536

    var maxUploadSize: Int { Self.maximumBody }
}
