import AgentModel
import Foundation
import Logging
import NIOCore
import Persistence

/// A connection to the control socket. Answers calls in order and carries at most one subscription.
final class ControlConnection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    enum Subscription {
        case none
        /// The pages of the snapshot are being fetched; changes published meanwhile wait.
        case snapshot(Audience, from: UInt64, waiting: [ByteBuffer])
        case live(Audience)
    }

    /// The call that is being answered.
    struct CurrentCall {
        /// False for `oneway`: nothing is sent, not even an error, because the caller would take it for the answer to its next call.
        let wantsReply: Bool
        /// Whether the caller expects several replies.
        let wantsMore: Bool
    }

    let hub: ControlHub
    let coding = MessageCoding()
    private(set) var channel: (any Channel)?
    /// The effective user at the other end; nil if the system does not know.
    private(set) var user: uid_t?
    private var isAdmitted = false
    var subscription = Subscription.none
    /// Which rows the snapshot has; nil for all.
    var filter: RowFilter?
    /// Where the snapshot continues once the reader has read what was sent.
    var pausedAt: UInt64?
    var isFetching = false
    /// Bytes passed to the channel or waiting for the end of the snapshot.
    var backlog = 0
    private var lastSent = NIODeadline.now()
    /// When the last complete call arrived, or the last answer was given.
    private(set) var lastActive = NIODeadline.now()
    /// When a call began to arrive of which the end is missing.
    private var callBegan: NIODeadline?
    private var calls: [ByteBuffer] = []
    private(set) var current: CurrentCall?

    init(hub: ControlHub) { self.hub = hub }

    /// What the connection is subscribed to; nil if it has no subscription.
    var audience: Audience? {
        switch subscription {
        case .none: nil
        case .snapshot(let audience, _, _), .live(let audience): audience
        }
    }

    // MARK: - Channel events

    func channelActive(context: ChannelHandlerContext) {
        channel = context.channel
        user = context.channel.peer?.uid
        isAdmitted = hub.admit(self)
        if !isAdmitted {
            hub.logger.warning(
                "control connection refused: too many connections", metadata: ["limit": "\(hub.limits.connections)"])
            context.close(promise: nil)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        channel = nil
        subscription = .none
        calls = []
        leave()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        callBegan = nil
        lastActive = .now()
        guard calls.count < 64 else { return close("more than 64 calls are waiting for an answer") }
        calls.append(Self.unwrapInboundIn(data))
        next()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is FrameDecoder.PartOfFrame {
            callBegan = callBegan ?? .now()
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable, let position = pausedAt {
            pausedAt = nil
            fetch(after: position)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // Programs such as `mip-mib … | head` end in the middle of an answer.
        let isUsual = (error as? IOError).map { [ECONNRESET, EPIPE].contains($0.errnoCode) } ?? false
        close("\(error)", level: isUsual ? .debug : .info)
    }

    /// Closes the connection, and logs the reason if there is one.
    func close(_ reason: String? = nil, level: Logger.Level = .info) {
        if let reason { hub.logger.log(level: level, "control connection closed", metadata: ["reason": "\(reason)"]) }
        channel?.close(promise: nil)
    }

    private func leave() {
        if isAdmitted { hub.leave(self) }
        isAdmitted = false
    }

    // MARK: - Idle connections

    /// Whether the connection may be closed to make room for another one: it carries no subscription, nothing is being answered, and
    /// nothing arrived during the last second.
    func isDispensable(at now: NIODeadline) -> Bool {
        audience == nil && current == nil && now - lastActive >= .seconds(1)
    }

    /// Gives the connection's place to another one.
    func giveWay() {
        leave()
        close("idle, and its place was needed", level: .debug)
    }

    /// Closes the connection if it has been idle, or if a call has been arriving, for too long.
    func checkIdle(at now: NIODeadline) {
        guard audience == nil, current == nil else { return }
        let (idle, frame) = (hub.limits.idleTime, hub.limits.callTime)
        if let callBegan, now - callBegan >= TimeAmount(frame) {
            close("a call is incomplete after \(frame)", level: .debug)
        } else if now - lastActive >= TimeAmount(idle) {
            close("idle for \(idle)", level: .debug)
        }
    }

    // MARK: - Calls

    /// Handles the next call unless one is still being answered: replies are sent in the order of the calls.
    private func next() {
        guard current == nil, !calls.isEmpty, channel != nil else { return }
        let frame = calls.removeFirst()
        guard let call = try? coding.decode(MessageCoding.Call.self, from: frame) else {
            // Nothing of it is quoted, because it may contain a key.
            return close("not a varlink call (\(frame.readableBytes) bytes)")
        }
        current = CurrentCall(wantsReply: call.oneway != true, wantsMore: call.more == true)
        dispatch(call, frame)
    }

    /// Answers the current call.
    func reply(_ parameters: some Codable, as form: VocabularyForm? = nil) {
        send(MessageCoding.Reply(parameters: parameters, continues: nil, error: nil), as: form)
        endCall()
    }

    /// Answers with an error of the interface, in the words of version 1: calls that can fail do not state what their caller knows.
    func fail(_ error: AgentErrorName, _ parameters: some Codable) {
        fail(error.qualified, parameters, as: hub.vocabulary(1)?.reply(error: error))
    }

    func fail(_ error: ServiceErrorName, _ parameters: some Codable) { fail(error.qualified, parameters, as: nil) }

    private func fail(_ error: String, _ parameters: some Codable, as form: VocabularyForm?) {
        send(MessageCoding.Reply(parameters: parameters, continues: nil, error: error), as: form)
        endCall()
    }

    /// Goes on to the next call.
    func endCall() {
        current = nil
        lastActive = .now()
        next()
    }

    // MARK: - Writing

    /// Sends a reply to the current call, unless its caller wants none.
    private func send(_ message: some Encodable, as form: VocabularyForm?) {
        guard current?.wantsReply == true else { return }
        var buffer = ByteBuffer()
        do {
            try coding.encode(message, as: form, into: &buffer)
            write(buffer)
        } catch {
            close("cannot encode a reply: \(error)")
        }
    }

    func write(_ frame: ByteBuffer) {
        guard let channel else { return }
        let size = frame.readableBytes
        backlog += size
        lastSent = .now()
        let bound = NIOLoopBound(self, eventLoop: hub.loop)
        channel.writeAndFlush(frame).whenComplete { _ in bound.value.backlog -= size }
        checkBacklog()
    }

    func checkBacklog() {
        guard backlog > hub.limits.readerBuffer else { return }
        hub.logger.warning(
            "disconnecting a reader of the control socket that does not keep up", metadata: ["bytes": "\(backlog)"])
        close()
    }

    /// Sends a heartbeat if nothing has been sent for a while.
    func beat() {
        guard case .live(let audience) = subscription, NIODeadline.now() - lastSent >= .milliseconds(500) else { return }
        let sequence = hub.sequence
        let update = SubscriptionUpdate(
            phase: .live, firstSequence: sequence + 1, sequence: sequence, time: hub.time, changes: [])
        if let frame = encode(update, for: audience.version) { write(frame) }
    }
}

extension Channel {
    /// Who connected; nil if the channel is no Unix socket. Call on the channel's event loop.
    fileprivate var peer: PeerCredentials? {
        try? pipeline.syncOperations.withUnsafeTransportIfAvailable(of: NIOBSDSocket.Handle.self) {
            PeerCredentials(ofSocket: $0)
        } ?? nil
    }
}
