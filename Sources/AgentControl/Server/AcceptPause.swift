import NIOCore

/// Stops accepting for a moment after the system has refused a connection, usually because no descriptor is free. The connection stays in the
/// queue, and the socket readable: trying again at once would use a whole processor until a client leaves.
///
/// NIO's `AcceptBackoffHandler` delays the next read only. A read that failed is still wanted, so the selector repeats it at once.
final class AcceptPause: ChannelInboundHandler {
    typealias InboundIn = Channel

    private static let pause = TimeAmount.milliseconds(100)

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard error is IOError else { return context.fireErrorCaught(error) }
        let channel = context.channel
        channel.setOption(.autoRead, value: false).whenSuccess {
            channel.eventLoop.scheduleTask(in: Self.pause) { _ = channel.setOption(.autoRead, value: true) }
        }
    }
}
