public import AgentModel
import Glibc
public import MobileIPv4
import NIOCore
import NIOPosix
import Persistence

/// A connection to an agent's control socket. It carries one call at a time; a subscription occupies the connection.
public struct AgentControlClient: Sendable {
    /// Maximum length of a reply, in bytes.
    static let replyLimit = 64 << 20

    private let channel: NIOAsyncChannel<ByteBuffer, ByteBuffer>
    private let socketPath: String

    /// Connects, runs `body`, and closes the connection in any case.
    ///
    /// If an agent refuses the vocabulary version parameter and closes the connection because of it, connects once more without it and
    /// runs `body` again.
    public static func connect<R: Sendable>(
        to socketPath: String, _ body: @Sendable @escaping (_ calls: Calls) async throws -> R
    ) async throws -> R {
        do {
            return try await connect(to: socketPath, announcesVocabulary: true, body)
        } catch is VocabularyRefused {
            return try await connect(to: socketPath, announcesVocabulary: false, body)
        }
    }

    private static func connect<R: Sendable>(
        to socketPath: String, announcesVocabulary: Bool, _ body: @Sendable @escaping (_ calls: Calls) async throws -> R
    ) async throws -> R {
        let client = try await AgentControlClient(socketPath: socketPath)
        return try await client.channel.executeThenClose { inbound, outbound in
            try await body(Calls(replies: ReplyFrames(inbound, announcesVocabulary: announcesVocabulary), outbound: outbound))
        }
    }

    /// The agent refused a call because of the vocabulary version in it, and the connection has ended.
    private struct VocabularyRefused: Error {}

    private init(socketPath: String) async throws(ControlError) {
        self.socketPath = socketPath
        do throws(UnixSocketPath.Problem) {
            _ = try UnixSocketPath(socketPath)
        } catch {
            throw .unreachable("cannot open control socket '\(socketPath)': \(error)")
        }
        do {
            channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(unixDomainSocketPath: socketPath) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(
                            ByteToMessageHandler(FrameDecoder(limit: Self.replyLimit)))
                        return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                    }
                }
        } catch let error as IOError {
            throw .unreachable("cannot open control socket '\(socketPath)': \(Self.remedy(error.errnoCode, at: socketPath))")
        } catch {
            throw .unreachable("cannot open control socket '\(socketPath)': \(error)")
        }
    }

    private static func remedy(_ code: CInt, at path: String) -> String {
        switch code {
        case ENOENT: "it does not exist; is the agent running, and is this control socket in its configuration?"
        case EACCES: "permission denied; run as root or as a member of the socket's group"
        case ENOTDIR: "a part of the path before its last '/' is not a folder; give the path of the agent's control socket"
        // The answer of everything on which nothing listens, such as an ordinary file.
        case ECONNREFUSED:
            switch kind(of: path) {
            case S_IFSOCK?, nil: "nothing is listening on it, so the agent is not running; start it"
            case S_IFDIR?: "it is a folder; give the path of a control socket"
            default: "it is not a socket; give the path of a control socket"
            }
        default: String(cString: strerror(code))
        }
    }

    /// The file type among the bits of the mode; nil if it cannot be found out.
    private static func kind(of path: String) -> mode_t? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
    }

    /// The calls of one open connection. Use it from one task.
    public struct Calls: Sendable {
        let replies: ReplyFrames
        let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>

        /// `GetInformation`; also returns what was skipped in the reply.
        public func information() async throws -> (
            information: AgentInformation, time: Timestamp, counts: TableCounts?, unknown: UnknownVocabulary
        ) {
            let (reply, unknown) = try await callAnnouncingVocabulary(.getInformation, more: nil) {
                VarlinkMessages.AskInformation(vocabulary: $0)
            } read: { frame in
                try Self.parameters(VarlinkMessages.GetInformation.self, of: frame, .getInformation, MessageCoding())
            }
            return (reply.information, reply.time, reply.counts, unknown)
        }

        /// `RevokeBinding`
        public func revokeBinding(homeAddress: IPv4Address, careOfAddress: IPv4Address?) async throws -> Int {
            let parameters = VarlinkMessages.RevokeBinding(homeAddress: homeAddress, careOfAddress: careOfAddress)
            return try await call(.revokeBinding, parameters, VarlinkMessages.Revoked.self).revoked
        }

        /// `SetEnabled`
        public func setEnabled(_ enabled: Bool) async throws {
            _ = try await call(.setEnabled, VarlinkMessages.SetEnabled(enabled: enabled), NoParameters.self)
        }

        /// `Apply`
        ///
        /// - Throws: `ControlError.refused` if the agent does not know a kind of change, or a setting.
        public func apply(_ changes: [AgentChange], validate: Bool = false) async throws -> AppliedChanges {
            let parameters = VarlinkMessages.Apply(changes: changes.map(AgentChangeRequest.init), validate: validate)
            do {
                return try await call(.apply, parameters, AppliedChanges.self)
            } catch ControlError.invalidParameter(let text) where text.prefix(while: { $0 != ":" }) == "changes" {
                throw ControlError.refused(reason: "it runs a version that does not know this change; update it")
            }
        }

        /// `Undo`
        public func undo(_ token: String) async throws {
            _ = try await call(.undo, VarlinkMessages.Undo(token: token), NoParameters.self)
        }

        /// `Subscribe` with `more`: passes every update to `receive` until that returns false or throws, or the connection ends.
        ///
        /// - Parameter filter: Which rows the snapshot needs to have; nil for all. Agents that do not know filters send all rows.
        public func subscribe(
            to topics: Set<ControlTopic>?, matching filter: RowFilter? = nil,
            _ receive: (SubscriptionUpdate) async throws -> Bool
        ) async throws {
            let coding = MessageCoding()
            var update: SubscriptionUpdate?
            var unknown: UnknownVocabulary
            do {
                (update, unknown) = try await begin(topics, filter, coding)
            } catch ControlError.invalidParameter(let text)
                where filter != nil && ["homeAddress", "nai"].contains(text.prefix { $0 != ":" })
            {
                (update, unknown) = try await begin(topics, nil, coding)
            }
            while true {
                // A reply with an unknown phase is skipped; what was counted in it is added to the next one.
                if var known = update {
                    known.unknown += unknown
                    unknown = UnknownVocabulary()
                    guard try await receive(known) else { return }
                }
                // Many long frames may already have arrived; a cancelled task must not work through them.
                try Task.checkCancellation()
                let next = try Self.update(of: await frame(), coding)
                update = next.update
                unknown += next.unknown
            }
        }

        /// Calls `Subscribe` and returns its first reply.
        private func begin(
            _ topics: Set<ControlTopic>?, _ filter: RowFilter?, _ coding: MessageCoding
        ) async throws -> (update: SubscriptionUpdate?, unknown: UnknownVocabulary) {
            let names = topics.map { $0.map(\.rawValue).sorted() }
            let addresses = filter?.homeAddress.map { "\($0)" } ?? filter?.homeAddresses.map { "\($0)" }
            return try await callAnnouncingVocabulary(.subscribe, more: true) {
                VarlinkMessages.Subscribe(topics: names, vocabulary: $0, homeAddress: addresses, nai: filter?.nai)
            } read: { frame in
                try Self.update(of: frame, coding)
            }
        }

        private func call<P: Codable, R: Codable>(_ method: AgentMethod, _ parameters: P, _: R.Type) async throws -> R {
            try await send(method, parameters, more: nil)
            return try Self.parameters(R.self, of: await frame(), method, MessageCoding()).parameters
        }

        /// Calls a method with our vocabulary version, or without it if the agent refuses that; `read` reads the first reply.
        private func callAnnouncingVocabulary<P: Codable, R>(
            _ method: AgentMethod, more: Bool?, _ parameters: (_ vocabulary: Int?) -> P, read: (ByteBuffer) throws -> R
        ) async throws -> R {
            if await replies.announcesVocabulary {
                try await send(method, parameters(VocabularyHistory.current), more: more)
                do {
                    return try read(await frame())
                } catch ControlError.invalidParameter(let text) where Self.isAboutVocabulary(text) {
                    await replies.stopAnnouncingVocabulary()
                }
                let answer: ByteBuffer
                do {
                    try await send(method, parameters(nil), more: more)
                    answer = try await frame()
                } catch {
                    // The agent refused and sends nothing more on this connection.
                    try Task.checkCancellation()
                    throw VocabularyRefused()
                }
                return try read(answer)
            }
            try await send(method, parameters(nil), more: more)
            return try read(await frame())
        }

        /// Whether an agent refuses the version parameter. Agents of earlier versions add what is expected, others may name nothing.
        private static func isAboutVocabulary(_ parameter: String) -> Bool {
            ["vocabulary", "unspecified"].contains(parameter.prefix { $0 != ":" })
        }

        private func frame() async throws -> ByteBuffer {
            do {
                if let frame = try await replies.next() { return frame }
            } catch {
                throw Self.closed(error)
            }
            throw ControlError.closed
        }

        private func send(_ method: AgentMethod, _ parameters: some Codable, more: Bool?) async throws {
            var frame = ByteBuffer()
            let message = MessageCoding.CallParameters(method: method.qualified, parameters: parameters, more: more)
            try MessageCoding().encode(message, into: &frame)
            do { try await outbound.write(frame) } catch { throw Self.closed(error) }
        }

        /// `ControlError.closed` for the errors that sending and receiving throw once the other side has closed the connection: which one
        /// it is depends on when that is noticed. Any other error as it is.
        private static func closed(_ error: any Error) -> any Error {
            switch error {
            case ChannelError.ioOnClosedChannel, ChannelError.alreadyClosed, ChannelError.outputClosed, ChannelError.inputClosed,
                ChannelError.eof, is NIOAsyncWriterError:
                ControlError.closed
            case let error as IOError where [EPIPE, ECONNRESET, ENOTCONN].contains(error.errnoCode): ControlError.closed
            default: error
            }
        }

        /// The update in a reply; nil if its phase is unknown.
        private static func update(
            of frame: ByteBuffer, _ coding: MessageCoding
        ) throws -> (update: SubscriptionUpdate?, unknown: UnknownVocabulary) {
            do {
                if let update = try coding.decodeUpdate(from: frame) { return (update, UnknownVocabulary()) }
                let (reply, unknown) = try coding.decode(
                    MessageCoding.Reply<SubscriptionUpdate>.self, from: frame, as: Vocabulary.own.reply(to: .subscribe))
                if let reply, reply.error == nil, reply.parameters != nil || unknown.rows > 0 {
                    return (reply.parameters, unknown)
                }
            } catch let error as DecodingError {
                if let failure = failure(of: frame, coding) { throw failure }
                if let read = LenientUpdate.read(Array(buffer: frame)) { return (read.update, read.unknown) }
                throw unreadable(error)
            }
            throw failure(of: frame, coding) ?? ControlError.unexpected("a reply has no parameters")
        }

        /// What is wrong with a reply. The decoder's own words are not used: they may quote anything that the other side has sent.
        private static func unreadable(_ error: DecodingError) -> ControlError {
            let path =
                switch error {
                case .keyNotFound(let key, let context): context.codingPath + [key]
                case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
                    context.codingPath
                @unknown default: [] as [any CodingKey]
                }
            guard !path.isEmpty else { return .unexpected("cannot read a reply: it is not JSON, or a number in it is too large") }
            return .unexpected("cannot read a reply: \(path.map(\.stringValue).joined(separator: ".")) is missing or invalid")
        }

        private static func parameters<R: Codable>(
            _: R.Type, of frame: ByteBuffer, _ method: AgentMethod, _ coding: MessageCoding
        ) throws -> (parameters: R, unknown: UnknownVocabulary) {
            do {
                let (reply, unknown) = try coding.decode(
                    MessageCoding.Reply<R>.self, from: frame, as: Vocabulary.own.reply(to: method))
                if let reply, reply.error == nil {
                    return (try reply.parameters ?? coding.decode(R.self, from: ByteBuffer(string: "{}")), unknown)
                }
            } catch let error as DecodingError {
                // An error reply has its own parameters; anything else is a broken reply.
                throw failure(of: frame, coding) ?? unreadable(error)
            }
            throw failure(of: frame, coding) ?? ControlError.unexpected("a reply has no parameters")
        }

        /// The error in a reply; nil for a reply without one.
        private static func failure(of frame: ByteBuffer, _ coding: MessageCoding) -> ControlError? {
            (try? coding.decode(MessageCoding.Reply<NoParameters>.self, from: frame).error).map { error($0, frame, coding) }
        }

        private static func error(_ name: String, _ frame: ByteBuffer, _ coding: MessageCoding) -> ControlError {
            func parameters<P: Codable>(_: P.Type) -> P? {
                let form = AgentErrorName(qualified: name).map(Vocabulary.own.reply(error:)) ?? .plain
                return try? coding.decode(MessageCoding.Reply<P>.self, from: frame, as: form).message?.parameters
            }
            if name == ServiceErrorName.invalidParameter.qualified {
                return .invalidParameter(parameters(VarlinkMessages.InvalidParameter.self)?.parameter ?? "unspecified")
            }
            switch AgentErrorName(qualified: name) {
            case .bindingNotFound:
                guard let binding = parameters(VarlinkMessages.RevokeBinding.self) else { return .unexpected(name) }
                return .bindingNotFound(homeAddress: binding.homeAddress, careOfAddress: binding.careOfAddress)
            case .refused: return .refused(reason: parameters(VarlinkMessages.Refused.self)?.reason ?? "no reason given")
            case .changeRefused:
                guard let refused = parameters(VarlinkMessages.ChangeRefused.self) else { return .unexpected(name) }
                return .changeRefused(
                    ChangeRefusal(
                        index: refused.index, field: refused.field, problem: refused.problem, reason: refused.reason))
            case .invalidTopic:
                guard let refused = parameters(VarlinkMessages.InvalidTopic.self) else { return .unexpected(name) }
                return .invalidTopic(refused.topic, known: refused.known)
            case nil: return .unexpected(name)
            }
        }
    }
}
