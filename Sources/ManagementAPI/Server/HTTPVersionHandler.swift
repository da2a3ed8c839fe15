import NIOCore
import NIOHTTP1

/// What depends on the version and the connection of a message, which HTTPTypes do not have (RFC 9112).
///
/// A client of HTTP/1.0 gets an answer that ends with its connection, and no chunks. `Connection: close` is recognized in any case and
/// among other words. The authority of an absolute target takes the place of the Host, as the target is what proxies look at (§3.2.2).
/// `Expect: 100-continue` is answered where the body will be read, as soon as no other answer is due before. An answer with
/// `Connection: close` ends its connection.
///
/// It reads heads only, and allocates nothing for a plain request.
final class HTTPVersionHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// How the answer to a request must be sent.
    private enum Form {
        case plain
        /// HTTP/1.1, last of its connection.
        case last
        /// HTTP/1.0, last of its connection.
        case old
    }

    /// The forms of the answers to the requests that have arrived, which may be several at once.
    private var pending = CircularBuffer<Form>(initialCapacity: 2)
    /// Whether the answer that is being written ends the connection although the client did not ask for that.
    private var endsConnection = false
    /// How many answers are due before the client of the last request, which waits for that, is asked for its body; nil if none waits.
    private var answersBeforeBody: Int?

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(var head) = unwrapInboundIn(data) else {
            // A client that sends its body does not wait any more.
            answersBeforeBody = nil
            return context.fireChannelRead(data)
        }
        let isOld = (head.version.major, head.version.minor) < (1, 1)
        let isLast = isOld || Self.closes(head.headers)
        // A client of HTTP/1.0 cannot be asked to go on (RFC 9110 §10.1.1).
        if isOld { head.headers.remove(name: "expect") }
        if isLast, head.headers.first(name: "connection") != "close" {
            head.headers.replaceOrAdd(name: "connection", value: "close")
        }
        setHost(&head, isOld: isOld, context)
        if !isOld, Self.mayContinue(head.headers) {
            answersBeforeBody = pending.count
            askForBody(context)
        }
        pending.append(isOld ? .old : isLast ? .last : .plain)
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var head):
            // Without a request there is the answer to one that cannot be read.
            let form = pending.first ?? .plain
            guard form != .plain else {
                endsConnection = head.headers.first(name: "connection") == "close"
                break
            }
            if form == .old { head.version = .http1_0 }
            head.headers.replaceOrAdd(name: "connection", value: "close")
            return context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .end:
            let form = pending.popFirst()
            guard endsConnection else {
                context.write(data, promise: promise)
                if form == Form.plain, let count = answersBeforeBody {
                    answersBeforeBody = count - 1
                    askForBody(context)
                }
                return
            }
            let channel = context.channel
            let written = promise ?? context.eventLoop.makePromise(of: Void.self)
            written.futureResult.whenComplete { _ in channel.close(promise: nil) }
            return context.write(data, promise: written)
        case .body: break
        }
        context.write(data, promise: promise)
    }

    /// Asks the client of the last request for its body, if it waits for that and no other answer is due before.
    private func askForBody(_ context: ChannelHandlerContext) {
        guard answersBeforeBody == 0 else { return }
        answersBeforeBody = nil
        let answer = HTTPResponseHead(version: .http1_1, status: .continue)
        context.writeAndFlush(wrapOutboundOut(.head(answer)), promise: nil)
    }

    /// Whether a client wants the connection to end with the answer.
    private static func closes(_ headers: HTTPHeaders) -> Bool {
        guard headers.contains(name: "connection") else { return false }
        return headers[canonicalForm: "connection"].contains { $0.lowercased() == "close" }
    }

    private func setHost(_ head: inout HTTPRequestHead, isOld: Bool, _ context: ChannelHandlerContext) {
        let authority = head.uri.hasPrefix("/") ? nil : Self.authority(ofTarget: head.uri)
        guard authority != nil || isOld else { return }
        // Two are an error, and none in HTTP/1.1; neither is hidden.
        switch (head.headers["host"].count, authority) {
        case (1, let authority?): head.headers.replaceOrAdd(name: "host", value: authority)
        case (0, let authority) where isOld:
            head.headers.add(name: "host", value: authority ?? Self.name(of: context.channel.localAddress))
        default: break
        }
    }

    /// The host and port of a target that is a whole URL; nil for any other target.
    private static func authority(ofTarget target: String) -> String? {
        // Whatever the scheme: a proxy in front may have decided by any of them.
        guard let end = target.firstRange(of: "://") else { return nil }
        return String(target[end.upperBound...].prefix { !"/?#".contains($0) })
    }

    private static func name(of address: SocketAddress?) -> String {
        guard let ip = address?.ipAddress else { return "localhost" }
        let host = ip.contains(":") ? "[\(ip)]" : ip
        return address?.port.map { "\(host):\($0)" } ?? host
    }

    /// Whether a client waits to be asked for a body that the server will read. A body that is too large is refused instead.
    private static func mayContinue(_ headers: HTTPHeaders) -> Bool {
        guard let expectation = headers.first(name: "expect"), expectation.lowercased() == "100-continue" else { return false }
        guard let length = headers.first(name: "content-length") else { return true }
        return Int(length).map { $0 <= APIContext.maximumBody } ?? false
    }
}
