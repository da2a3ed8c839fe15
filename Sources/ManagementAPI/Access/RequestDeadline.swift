import HTTPTypes
import Hummingbird
import NIOCore
internal import NIOHTTPTypes

/// Ends a connection whose client does not finish its request: a request must be whole within `first` of its first byte (with TLS, of the
/// handshake's), and must begin within `next` of the connection or of the answer before. Ends it as well when the client takes nothing of its
/// answer for `next`.
///
/// A client that sends an byte now and then is never idle; this is what stops it. One that stops reading would hold its connection, and what
/// waits to be written on it, for good.
final class RequestDeadline: ChannelInboundHandler, ChannelOutboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let first: TimeAmount
    private let next: TimeAmount
    private var timer: Scheduled<Void>?
    private var stall: Scheduled<Void>?
    private var state = State.waiting

    private enum State { case waiting, receiving, answering }

    init(first: Duration, next: Duration) {
        self.first = TimeAmount(first)
        self.next = TimeAmount(next)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        start(next, context)
        // Behind the decoder a request is seen only when its head is whole; its first bytes are seen at the other end.
        let observer = OctetObserver { [weak self, unowned context] in
            guard let self, state == .waiting else { return }
            state = .receiving
            start(first, context)
        }
        try? context.pipeline.syncOperations.addHandler(observer, position: .first)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        // Nothing is timed any more, and the context is not touched again.
        state = .answering
        timer?.cancel()
        stall?.cancel()
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
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
            timer?.cancel()
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

    private func start(_ time: TimeAmount, _ context: ChannelHandlerContext) {
        timer?.cancel()
        timer = Self.end(context, in: time)
    }

    private static func end(_ context: ChannelHandlerContext, in time: TimeAmount) -> Scheduled<Void> {
        let channel = context.channel
        return context.eventLoop.scheduleTask(in: time) { channel.close(promise: nil) }
    }
}

/// Tells of bytes that arrive, before anything is made of them.
private final class OctetObserver: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let onOctets: () -> Void

    init(onOctets: @escaping () -> Void) { self.onOctets = onOctets }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        onOctets()
        context.fireChannelRead(data)
    }
}
