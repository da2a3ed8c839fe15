import Hummingbird
import NIOCore

/// What is known about a request in addition to the request itself.
struct APIContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// Where it came from: an IP address and port, or the path of a Unix socket; nil in tests without a connection.
    let remoteAddress: SocketAddress?
    /// On whose behalf the request is made. Nobody until `RequestGate` has admitted it.
    var actor = Requester(name: "nobody", role: .read)

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        remoteAddress = source.channel.remoteAddress
    }

    /// The client, for limits and for the audit: its address without the port, or `local`.
    var origin: String { remoteAddress?.ipAddress ?? "local" }

    /// Maximum size of a request body in bytes.
    static let maximumBody = 65_536

    var maxUploadSize: Int { Self.maximumBody }
}
