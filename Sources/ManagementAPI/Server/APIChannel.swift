import HummingbirdCore
import Logging
import NIOCore
import NIOHTTPTypesHTTP1
import Persistence

/// A connection to the API: HTTP/1.1 as Hummingbird serves it, with what that leaves out: the rules of `HTTPVersionHandler`, who is at the
/// other end of a Unix socket, and how many connections a client may have.
struct APIChannel: ServerChildChannel {
    struct Value: ServerChildChannelValue {
        let channel: any Channel
        /// Nil when the client has as many connections as it may have.
        let connection: HTTP1Channel.Value?
        let peer: PeerCredentials?
    }

    let base: HTTP1Channel
    /// The connections of the listener.
    let places: ConnectionPlaces

    /// Who is at the other end of the Unix socket on which the current task serves requests; nil over TCP.
    @TaskLocal static var peer: PeerCredentials?

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        // Asked now, because a client may be gone before its request is served. A failed setup would end the whole listener.
        let found = try? channel.pipeline.syncOperations.withUnsafeTransportIfAvailable(of: CInt.self) {
            PeerCredentials(ofSocket: $0)
        }
        let peer = found ?? nil
        let client = ConnectionClient(channel.remoteAddress, peer)
        let places = self.places
        guard places.enter(client, on: channel.eventLoop) else {
            return channel.eventLoop.makeSucceededFuture(Value(channel: channel, connection: nil, peer: peer))
        }
        channel.closeFuture.whenComplete { _ in places.leave(client) }
        return base.setup(channel: channel, logger: logger).flatMapThrowing { connection in
            let pipeline = channel.pipeline.syncOperations
            // In front of the translation into HTTPTypes, which have no version.
            let codec = try pipeline.handler(type: HTTP1ToHTTPServerCodec.self)
            try pipeline.addHandler(HTTPVersionHandler(), position: .before(codec))
            return Value(channel: channel, connection: connection, peer: peer)
        }
    }

    func handle(value: Value, logger: Logger) async {
        guard let connection = value.connection else { return value.channel.close(promise: nil) }
        await Self.$peer.withValue(value.peer) { await base.handle(value: connection, logger: logger) }
    }
}
