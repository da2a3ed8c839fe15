public import AgentModel
public import MobileIPv4
import NIOCore
import NIOPosix

/// A connection to an agent's control socket. One call at a time; a subscription takes the connection for itself.
public struct AgentControlClient: Sendable {
    /// Longest reply accepted, in octets.
    static let replyLimit = 64 << 20

    private let channel: NIOAsyncChannel<ByteBuffer, ByteBuffer>
    private let socketPath: String

    /// Connects, runs `body`, and closes the connection whatever happens.
    public static func connect<R: Sendable>(
        to socketPath: String, _ body: @Sendable @escaping (_ calls: Calls) async throws -> R
    ) async throws -> R {
        let client = try await AgentControlClient(socketPath: socketPath)
        return try await client.channel.executeThenClose { inbound, outbound in
            try await body(Calls(replies: ReplyFrames(inbound), outbound: outbound))
        }
    }

    private init(socketPath: String) async throws(ControlError) {
        self.socketPath = socketPath
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
            throw .unreachable("the control socket '\(socketPath)' cannot be opened: \(Self.remedy(error.errnoCode))")
        } catch {
            throw .unreachable("the control socket '\(socketPath)' cannot be opened: \(error)")
        }
    }

    private static func remedy(_ code: CInt) -> String {
        switch code {
        case 2: "it does not exist; is the agent running, and with this control socket in its configuration?"
        case 13: "permission denied; run as root or as a member of the socket's group"
        case 111: "nobody listens on it; the agent is not running"
        default: "error \(code)"
        }
    }

    /// The calls of one open connection. Use it from one task.
    public struct Calls: Sendable {
        let replies: ReplyFrames
        let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>

        /// `GetInformation`
        public func information() async throws -> (information: AgentInformation, time: Timestamp, counts: TableCounts?) {
            let reply = try await call("GetInformation", NoParameters(), VarlinkMessages.GetInformation.self)
            return (reply.information, reply.time, reply.counts)
        }

        /// `RevokeBinding`
        public func revokeBinding(homeAddress: IPv4Address, careOfAddress: IPv4Address?) async throws -> Int {
            let parameters = VarlinkMessages.RevokeBinding(homeAddress: homeAddress, careOfAddress: careOfAddress)
            return try await call("RevokeBinding", parameters, VarlinkMessages.Revoked.self).revoked
        }

        /// `SetEnabled`
        public func setEnabled(_ enabled: Bool) async throws {
            _ = try await call("SetEnabled", VarlinkMessages.SetEnabled(enabled: enabled), NoParameters.self)
        }

        /// `Apply`
        public func apply(_ changes: [AgentChange], validate: Bool = false) async throws -> AppliedChanges {
            let parameters = VarlinkMessages.Apply(changes: changes.map(AgentChangeRequest.init), validate: validate)
            return try await call("Apply", parameters, AppliedChanges.self)
        }

        /// `Undo`
        public func undo(_ token: String) async throws {
            _ = try await call("Undo", VarlinkMessages.Undo(token: token), NoParameters.self)
        }

        /// `Subscribe` with `more`: hands every update to `receive` until that returns false, throws, or the connection ends.
        public func subscribe(
            to topics: Set<ControlTopic>?, _ receive: (SubscriptionUpdate) async throws -> Bool
        ) async throws {
            let coding = MessageCoding()
            let parameters = VarlinkMessages.Subscribe(topics: topics.map { $0.map(\.rawValue).sorted() })
            try await send("Subscribe", parameters, more: true)
            while let frame = try await replies.next() {
                let update = try Self.update(of: frame, coding)
                guard try await receive(update) else { return }
            }
            throw ControlError.unexpected("the agent closed the connection")
        }

        private func call<P: Codable, R: Codable>(_ method: String, _ parameters: P, _: R.Type) async throws -> R {
            try await send(method, parameters, more: nil)
            guard let frame = try await replies.next() else {
                throw ControlError.unexpected("the agent closed the connection")
            }
            return try Self.parameters(R.self, of: frame, MessageCoding())
        }

        private func send(_ method: String, _ parameters: some Codable, more: Bool?) async throws {
            var frame = ByteBuffer()
            let message = MessageCoding.CallParameters(
                method: "\(InterfaceDescription.agentName).\(method)", parameters: parameters, more: more)
            try MessageCoding().encode(message, into: &frame)
            try await outbound.write(frame)
        }

        private static func update(of frame: ByteBuffer, _ coding: MessageCoding) throws -> SubscriptionUpdate {
            do {
                if let update = try coding.decodeUpdate(from: frame) { return update }
            } catch let error as DecodingError {
                throw ControlError.unexpected("a reply cannot be read: \(error)")
            }
            return try parameters(SubscriptionUpdate.self, of: frame, coding)
        }

        private static func parameters<R: Codable>(
            _: R.Type, of frame: ByteBuffer, _ coding: MessageCoding
        ) throws -> R {
            do {
                let reply = try coding.decode(MessageCoding.Reply<R>.self, from: frame)
                if reply.error == nil, let parameters = reply.parameters { return parameters }
                if reply.error == nil { return try coding.decode(R.self, from: ByteBuffer(string: "{}")) }
            } catch let error as DecodingError {
                // An error reply has parameters of its own; anything else is a broken reply.
                guard let name = try? coding.decode(MessageCoding.Reply<NoParameters>.self, from: frame).error else {
                    throw ControlError.unexpected("a reply cannot be read: \(error)")
                }
                throw Self.error(name, frame, coding)
            }
            let name = try coding.decode(MessageCoding.Reply<NoParameters>.self, from: frame).error ?? ""
            throw Self.error(name, frame, coding)
        }

        private static func error(_ name: String, _ frame: ByteBuffer, _ coding: MessageCoding) -> ControlError {
            switch name {
            case "org.mipmib.agent.BindingNotFound":
                let reply = try? coding.decode(MessageCoding.Reply<VarlinkMessages.RevokeBinding>.self, from: frame)
                guard let binding = reply?.parameters else { return .unexpected(name) }
                return .bindingNotFound(homeAddress: binding.homeAddress, careOfAddress: binding.careOfAddress)
            case "org.mipmib.agent.Refused":
                let reply = try? coding.decode(MessageCoding.Reply<VarlinkMessages.Refused>.self, from: frame)
                return .refused(reason: reply?.parameters?.reason ?? "without a reason")
            case "org.mipmib.agent.ChangeRefused":
                let reply = try? coding.decode(MessageCoding.Reply<VarlinkMessages.ChangeRefused>.self, from: frame)
                guard let refused = reply?.parameters else { return .unexpected(name) }
                return .changeRefused(
                    ChangeRefusal(
                        index: refused.index, field: refused.field, problem: refused.problem, reason: refused.reason))
            default: return .unexpected(name)
            }
        }
    }
}
