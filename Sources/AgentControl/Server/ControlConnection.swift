import AgentModel
import Logging
import MobileIPv4
import NIOCore

/// A connection to the control socket. Answers calls in order and carries at most one subscription.
final class ControlConnection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private enum Subscription {
        case none
        /// The pages of the snapshot are being fetched; changes published meanwhile wait.
        case snapshot(Audience, from: UInt64, waiting: [ByteBuffer])
        case live(Audience)
    }

    private let hub: ControlHub
    private let coding = MessageCoding()
    private var channel: (any Channel)?
    private var isAdmitted = false
    private var subscription = Subscription.none
    /// Where the snapshot continues once the reader has read what was sent.
    private var pausedAt: UInt64?
    private var isFetching = false
    /// Bytes passed to the channel or waiting for the end of the snapshot.
    private var backlog = 0
    private var lastSent = NIODeadline.now()
    private var calls: [ByteBuffer] = []
    private var isBusy = false

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
        isAdmitted = hub.admit()
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
        if isAdmitted { hub.leave(self) }
        isAdmitted = false
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard calls.count < 64 else { return close("more than 64 calls are waiting for an answer") }
        calls.append(Self.unwrapInboundIn(data))
        next()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable, let position = pausedAt {
            pausedAt = nil
            fetch(after: position)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { close("\(error)") }

    /// Closes the connection, and logs the reason if there is one.
    func close(_ reason: String? = nil) {
        if let reason { hub.logger.info("control connection closed", metadata: ["reason": "\(reason)"]) }
        channel?.close(promise: nil)
    }

    // MARK: - Calls

    /// Handles the next call unless one is still being answered: replies are sent in the order of the calls.
    private func next() {
        guard !isBusy, !calls.isEmpty, channel != nil else { return }
        isBusy = true
        let frame = calls.removeFirst()
        guard let call = try? coding.decode(MessageCoding.Call.self, from: frame) else {
            return close("not a varlink call: \(String(buffer: frame).prefix(80).debugDescription)")
        }
        dispatch(call, frame)
    }

    private func dispatch(_ call: MessageCoding.Call, _ frame: ByteBuffer) {
        let wantsReply = call.oneway != true
        if let method = AgentMethod(qualified: call.method) {
            dispatch(method, frame, more: call.more == true, wantsReply)
        } else if let method = ServiceMethod(qualified: call.method) {
            dispatch(method, frame, wantsReply)
        } else {
            let interface = call.method.split(separator: ".").dropLast().joined(separator: ".")
            if [InterfaceDescription.agentName, InterfaceDescription.serviceName].contains(interface) {
                fail(.methodNotFound, ["method": call.method])
            } else {
                fail(.interfaceNotFound, ["interface": interface])
            }
        }
    }

    private func dispatch(_ method: ServiceMethod, _ frame: ByteBuffer, _ wantsReply: Bool) {
        switch method {
        case .getInfo:
            reply(
                VarlinkMessages.GetInfo(
                    vendor: "mip-mib", product: hub.version, version: hub.version,
                    url: "https://varlink.org", interfaces: [InterfaceDescription.serviceName, InterfaceDescription.agentName]),
                wantsReply)
        case .getInterfaceDescription:
            guard let parameters = parameters(VarlinkMessages.GetInterfaceDescription.self, frame) else { return }
            switch parameters.interface {
            case InterfaceDescription.agentName:
                reply(VarlinkMessages.Description(description: InterfaceDescription.agent), wantsReply)
            case InterfaceDescription.serviceName:
                reply(VarlinkMessages.Description(description: InterfaceDescription.service), wantsReply)
            default: fail(.interfaceNotFound, ["interface": parameters.interface])
            }
        }
    }

    private func dispatch(_ method: AgentMethod, _ frame: ByteBuffer, more: Bool, _ wantsReply: Bool) {
        let source = hub.source
        switch method {
        case .getInformation:
            guard let parameters = parameters(VarlinkMessages.AskInformation.self, frame),
                let version = version(parameters.vocabulary)
            else { return }
            answer(wantsReply, as: hub.vocabulary(version)?.reply(to: method)) {
                VarlinkMessages.GetInformation(
                    information: await source.information(), time: await source.agentTime(), counts: await source.counts())
            }
        case .subscribe:
            guard let parameters = parameters(VarlinkMessages.Subscribe.self, frame),
                let version = version(parameters.vocabulary)
            else { return }
            subscribe(to: parameters.topics, version, more: more)
        case .revokeBinding:
            guard let parameters = parameters(VarlinkMessages.RevokeBinding.self, frame) else { return }
            answer(wantsReply) {
                VarlinkMessages.Revoked(
                    revoked: try await source.revokeBinding(
                        homeAddress: parameters.homeAddress, careOfAddress: parameters.careOfAddress))
            }
        case .setEnabled:
            guard let parameters = parameters(VarlinkMessages.SetEnabled.self, frame) else { return }
            answer(wantsReply) {
                try await source.setEnabled(parameters.enabled)
                return NoParameters()
            }
        case .apply:
            guard let parameters = parameters(VarlinkMessages.Apply.self, frame) else { return }
            let changes = parameters.changes.map(\.change)
            answer(wantsReply) { try await source.apply(changes, validate: parameters.validate ?? false) }
        case .undo:
            guard let parameters = parameters(VarlinkMessages.Undo.self, frame) else { return }
            answer(wantsReply) {
                try await source.undo(parameters.token)
                return NoParameters()
            }
        }
    }

    /// The version that a caller speaks: 1 if it does not say, and never later than ours.
    private func version(_ reported: Int?) -> Int? {
        guard let reported else { return 1 }
        guard reported >= 1 else {
            fail(.invalidParameter, VarlinkMessages.InvalidParameter(parameter: "vocabulary: expected 1 or more"))
            return nil
        }
        return min(reported, hub.history.current)
    }

    private func parameters<P: Codable>(_: P.Type, _ frame: ByteBuffer) -> P? {
        do {
            if let parameters = try coding.decode(MessageCoding.CallParameters<P>.self, from: frame).parameters {
                return parameters
            }
            return try coding.decode(P.self, from: ByteBuffer(string: "{}"))
        } catch {
            fail(.invalidParameter, VarlinkMessages.InvalidParameter(parameter: Self.parameter(of: error)))
            return nil
        }
    }

    /// Which parameter a decoding error is about, and what is expected if the type says so.
    private static func parameter(of error: any Error) -> String {
        guard let error = error as? DecodingError else { return "\(error)" }
        let (path, text): ([any CodingKey], String)
        switch error {
        case .keyNotFound(let key, let context): (path, text) = (context.codingPath + [key], "is missing")
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            (path, text) = (context.codingPath, context.debugDescription)
        @unknown default: return "\(error)"
        }
        let name = path.map(\.stringValue).filter { $0 != "parameters" }.joined(separator: ".")
        return name.isEmpty ? text : "\(name): \(text)"
    }

    /// Runs an asynchronous method and sends its result or error.
    ///
    /// - Parameter form: What the caller knows of the reply; nil for everything.
    private func answer<R: Codable & Sendable>(
        _ wantsReply: Bool, as form: VocabularyForm? = nil, _ body: @escaping @Sendable () async throws -> R
    ) {
        let bound = NIOLoopBound(self, eventLoop: hub.loop)
        hub.loop.makeFutureWithTask(body).whenComplete { result in
            let connection = bound.value
            switch result {
            case .success(let parameters): connection.reply(parameters, wantsReply, as: form)
            case .failure(ControlError.bindingNotFound(let home, let careOf)):
                connection.fail(.bindingNotFound, VarlinkMessages.RevokeBinding(homeAddress: home, careOfAddress: careOf))
            case .failure(ControlError.refused(let reason)):
                connection.fail(.refused, VarlinkMessages.Refused(reason: reason))
            case .failure(ControlError.changeRefused(let refusal)):
                connection.fail(
                    .changeRefused,
                    VarlinkMessages.ChangeRefused(
                        index: refusal.index, field: refusal.field, problem: refusal.problem, reason: refusal.reason))
            case .failure(let error): connection.fail(.refused, VarlinkMessages.Refused(reason: "\(error)"))
            }
        }
    }

    private func reply(_ parameters: some Codable, _ wantsReply: Bool, as form: VocabularyForm? = nil) {
        if wantsReply { send(MessageCoding.Reply(parameters: parameters, continues: nil, error: nil), as: form) }
        isBusy = false
        next()
    }

    /// Answers with an error of the interface, in the words of version 1: calls that can fail do not state what their caller knows.
    private func fail(_ error: AgentErrorName, _ parameters: some Codable) {
        fail(error.qualified, parameters, as: hub.vocabulary(1)?.reply(error: error))
    }

    private func fail(_ error: ServiceErrorName, _ parameters: some Codable) { fail(error.qualified, parameters, as: nil) }

    private func fail(_ error: String, _ parameters: some Codable, as form: VocabularyForm?) {
        send(MessageCoding.Reply(parameters: parameters, continues: nil, error: error), as: form)
        isBusy = false
        next()
    }

    // MARK: - Subscription

    private func subscribe(to names: [String]?, _ version: Int, more: Bool) {
        let known = hub.history.topics(in: version)
        var topics = Set(known)
        if let names {
            topics = []
            for name in names {
                guard let topic = known.first(where: { $0.rawValue == name }) else {
                    return fail(.invalidTopic, VarlinkMessages.InvalidTopic(topic: name, known: known.map(\.rawValue)))
                }
                topics.insert(topic)
            }
        }
        let audience = Audience(topics: topics, version: version)
        guard more else { return answerSnapshot(audience) }
        subscription = .snapshot(audience, from: hub.sequence, waiting: [])
        hub.subscribe(self)
        fetch(after: nil)
    }

    /// Sends the whole snapshot in one reply, for a caller that did not ask for `more`.
    private func answerSnapshot(_ audience: Audience) {
        let (source, limit, sequence, topics) = (hub.source, hub.limits.changesPerReply, hub.sequence, audience.topics)
        answer(true, as: hub.vocabulary(audience.version)?.reply(to: .subscribe)) {
            var update = SubscriptionUpdate(
                phase: .synced, firstSequence: sequence + 1, sequence: sequence, time: await source.agentTime(), changes: [])
            var position: UInt64?
            repeat {
                let page = await source.snapshotPage(of: topics, after: position, limit: limit)
                update.changes += page.changes.filter { topics.contains(ControlTopic(of: $0)) }
                position = page.next
            } while position != nil
            return update
        }
    }

    private func fetch(after position: UInt64?) {
        guard !isFetching, case .snapshot(let audience, _, _) = subscription else { return }
        isFetching = true
        let (source, limit, topics) = (hub.source, hub.limits.changesPerReply, audience.topics)
        let bound = NIOLoopBound(self, eventLoop: hub.loop)
        hub.loop.makeFutureWithTask {
            await source.snapshotPage(of: topics, after: position, limit: limit)
        }.whenSuccess { page in
            bound.value.isFetching = false
            bound.value.receive(page.changes, next: page.next)
        }
    }

    private func receive(_ changes: [StateChange], next: UInt64?) {
        guard case .snapshot(let audience, let from, let waiting) = subscription, let channel else { return }
        let update = SubscriptionUpdate(
            phase: .snapshot, firstSequence: from + 1, sequence: from, time: hub.time, changes: changes
        ).filtered(audience.topics)
        if !update.changes.isEmpty, let frame = encode(update, for: audience.version) { write(frame) }
        if let next {
            if channel.isWritable { fetch(after: next) } else { pausedAt = next }
            return
        }
        subscription = .live(audience)
        let synced = SubscriptionUpdate(
            phase: .synced, firstSequence: from + 1, sequence: from, time: hub.time, changes: [])
        if let frame = encode(synced, for: audience.version) { write(frame) }
        for frame in waiting {
            backlog -= frame.readableBytes
            write(frame)
        }
    }

    /// The frame of an update for subscribers of this version.
    func encode(_ update: SubscriptionUpdate, for version: Int) -> ByteBuffer? {
        var buffer = ByteBuffer()
        do {
            try coding.encode(update: update, for: hub.vocabulary(version), into: &buffer)
            return buffer
        } catch {
            hub.logger.error("cannot encode a change", metadata: ["error": "\(error)"])
            return nil
        }
    }

    /// Sends a live update, or holds it until the snapshot is complete.
    func deliver(_ frame: ByteBuffer) {
        if case .snapshot(let audience, let from, var waiting) = subscription {
            subscription = .none
            waiting.append(frame)
            subscription = .snapshot(audience, from: from, waiting: waiting)
            backlog += frame.readableBytes
            checkBacklog()
        } else {
            write(frame)
        }
    }

    /// Sends a heartbeat if nothing has been sent for a while.
    func beat() {
        guard case .live(let audience) = subscription, NIODeadline.now() - lastSent >= .milliseconds(500) else { return }
        let sequence = hub.sequence
        let update = SubscriptionUpdate(
            phase: .live, firstSequence: sequence + 1, sequence: sequence, time: hub.time, changes: [])
        if let frame = encode(update, for: audience.version) { write(frame) }
    }

    // MARK: - Writing

    private func send(_ message: some Encodable, as form: VocabularyForm?) {
        var buffer = ByteBuffer()
        do {
            try coding.encode(message, as: form, into: &buffer)
            write(buffer)
        } catch {
            close("cannot encode a reply: \(error)")
        }
    }

    private func write(_ frame: ByteBuffer) {
        guard let channel else { return }
        let size = frame.readableBytes
        backlog += size
        lastSent = .now()
        let bound = NIOLoopBound(self, eventLoop: hub.loop)
        channel.writeAndFlush(frame).whenComplete { _ in bound.value.backlog -= size }
        checkBacklog()
    }

    private func checkBacklog() {
        guard backlog > hub.limits.readerBuffer else { return }
        hub.logger.warning(
            "disconnecting a reader of the control socket that does not keep up", metadata: ["bytes": "\(backlog)"])
        close()
    }
}
