import HTTPTypes
import Hummingbird
import NIOCore
internal import NIOHTTPTypes

/// Closes a connection whose client does not finish its request, or does not read its answer.
///
/// A request must be complete within `first` of its first byte (with TLS, of the first byte of the handshake). It must begin within `first`
/// of the connection, as a client connects because it has one, or within `next` of the previous answer. While most places of the listener
/// are taken, all this must happen within `ConnectionPlaces.patience`. The connection is also closed when the client reads nothing of its
/// answer for `next`.
///
/// A client that sends a byte now and then is never idle, so an idle timeout does not stop it; this deadline does. A client that stops
/// reading would otherwise hold its connection, and the data waiting to be written to it, forever.
final class RequestDeadline: ChannelInboundHandler, ChannelOutboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let first: TimeAmount
    private let next: TimeAmount
    private let places: ConnectionPlaces
    private var channel: (any Channel)?
    /// Since when a request, or the rest of one, is awaited; nil while there is a complete one.
    private var awaited: NIODeadline?
    private var timer: Scheduled<Void>?
    private var stall: Scheduled<Void>?
    private var state = State.waiting

    private enum State { case waiting, receiving, answering }

    init(first: Duration, next: Duration, places: ConnectionPlaces) {
        self.places = places
        self.first = TimeAmount(first)
        self.next = TimeAmount(next)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        channel = context.channel
        start(first, context)
        let (loop, bound) = (context.eventLoop, NIOLoopBound(self, eventLoop: context.eventLoop))
        // What has arrived by then is read before the task runs, so a request that waits only for this process is not cut off.
        places.add(ObjectIdentifier(self)) { loop.execute { bound.value.endIfLate() } }
        // After the decoder, a request is visible only once its head is complete. Its first bytes are visible at the front of the pipeline.
        let observer = ByteObserver { [weak self, unowned context] in
            guard let self, state == .waiting else { return }
            state = .receiving
            start(first, context)
        }
        try? context.pipeline.syncOperations.addHandler(observer, position: .first)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        // From here on nothing is timed, and the context is not used again.
        state = .answering
        stop()
        stall?.cancel()
        channel = nil
        places.remove(ObjectIdentifier(self))
    }

    private func endIfLate() {
        guard let awaited, NIODeadline.now() - awaited >= ConnectionPlaces.patience else { return }
        channel?.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        stop()
        stall?.cancel()
        context.fireChannelInactive()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        stall?.cancel()
        stall = context.channel.isWritable ? nil : Self.end(context, in: next)
        context.fireChannelWritabilityChanged()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            if state == .waiting { start(first, context) }
            state = .receiving
        case .body: break
        case .end:
            state = .answering
            stop()
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data), state == .answering {
            state = .waiting
            start(next, context)
        }
        context.write(data, promise: promise)
    }

    private func stop() {
        timer?.cancel()
        awaited = nil
    }

    private func start(_ time: TimeAmount, _ context: ChannelHandlerContext) {
        timer?.cancel()
        awaited = NIODeadline.now()
        timer = Self.end(context, in: time)
    }

    private static func end(_ context: ChannelHandlerContext, in time: TimeAmount) -> Scheduled<Void> {
        let channel = context.channel
        return context.eventLoop.scheduleTask(in: time) { channel.close(promise: nil) }
    }
}

/// Reports bytes as they arrive, before they are decoded.
private final class ByteObserver: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let onBytes: () -> Void

    init(onBytes: @escaping () -> Void) { self.onBytes = onBytes }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        onBytes()
        context.fireChannelRead(data)
    }
}
