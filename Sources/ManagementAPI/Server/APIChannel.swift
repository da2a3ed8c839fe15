import HummingbirdCore
import Logging
import NIOCore
import NIOHTTPTypesHTTP1
import Persistence

/// A connection to the API: HTTP/1.1 as Hummingbird serves it, with what that leaves out: the rules of `HTTPVersionHandler`, and who is at the
/// other end of a Unix socket.
struct APIChannel: ServerChildChannel {
    struct Value: ServerChildChannelValue {
        let connection: HTTP1Channel.Value
        let peer: PeerCredentials?

        var channel: any Channel { connection.channel }
    }

    let base: HTTP1Channel

    /// Who is at the other end of the Unix socket on which the current task serves requests; nil over TCP.
    @TaskLocal static var peer: PeerCredentials?

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        base.setup(channel: channel, logger: logger).flatMapThrowing { connection in
            let pipeline = channel.pipeline.syncOperations
            // In front of the translation into HTTPTypes, which have no version.
            let codec = try pipeline.handler(type: HTTP1ToHTTPServerCodec.self)
            try pipeline.addHandler(HTTPVersionHandler(), position: .before(codec))
            // Asked now, because a client may be gone before its request is served.
            let peer = try pipeline.withUnsafeTransportIfAvailable(of: CInt.self) { PeerCredentials(ofSocket: $0) }
            return Value(connection: connection, peer: peer ?? nil)
        }
    }

    func handle(value: Value, logger: Logger) async {
        await Self.$peer.withValue(value.peer) { await base.handle(value: value.connection, logger: logger) }
    }
}
