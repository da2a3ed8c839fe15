/// A session with one SNMP agent, one request at a time. Blocks the thread while it waits. Use it from one thread only.
public final class SNMPSession {
    /// The host as given.
    public let host: String
    private let credentials: Credentials
    private let socket: DatagramSocket
    /// The waiting time of one attempt in milliseconds, and the number of attempts.
    private let attempt: Int32
    private let attempts: Int
    private var nextID = Int32.random(in: 1...0x3FFF_FFFF)
    private var nextSalt = UInt64.random(in: 0 ... .max)
    private var engine = SecureMessage.Engine()
    /// When the engine's time was received.
    private var engineHeard = ContinuousClock.now
    private var keys: LocalizedKeys?
    /// What is known about the agent.
    var manners = AgentManners()
    /// Variables that the agent failed to read with genErr although it could read others: the OIDs of columns and the names of instances.
    /// They were left out of what was returned.
    public internal(set) var failedVariables: [[UInt32]] = []
    /// What the agent last reported instead of an answer.
    private(set) var report: Report?

    /// Why an agent answers a request with a report (RFC 3414 §5, RFC 3413 §3).
    enum Report: Hashable {
        case securityLevel, unknownUser, engine, authentication, privacy, unknownContext
    }

    /// - Parameters:
    ///   - host: a name or an address.
    ///   - port: in host byte order.
    ///   - timeout: the total time to wait for an answer, during which a request is repeated twice.
    public init(host: String, port: UInt16 = 161, credentials: Credentials, timeout: Duration = .seconds(3)) throws(SNMPError) {
        self.host = host
        self.credentials = credentials
        socket = try DatagramSocket(host: host, port: port)
        attempts = 3
        let milliseconds = timeout.components.seconds * 1000 + timeout.components.attoseconds / 1_000_000_000_000_000
        attempt = Int32(clamping: max(1, milliseconds / 3))
    }

    /// The instances with exactly these names, in order; a missing one has an exception as its value. An answer about others is an error,
    /// since its values would be taken for those of the requested instances.
    ///
    /// Agents that cannot answer all names at once are asked for fewer at a time.
    public func get(_ names: [[UInt32]]) throws(SNMPError) -> [VariableBinding] {
        let answer = try instances(of: names)
        if let failed = answer.failed {
            let missing = answer.bindings.filter { !$0.value.isValue }.map(\.name)
            guard missing.count < names.count else { throw failed }
            failedVariables += missing
        }
        return answer.bindings
    }

    /// The first instances after these names.
    public func getNext(_ names: [[UInt32]]) throws(SNMPError) -> [VariableBinding] {
        try call(.getNextRequest, names.map { VariableBinding($0) })
    }

    /// Up to `repetitions` instances after each of these names, by rows.
    public func getBulk(_ names: [[UInt32]], repetitions: Int32) throws(SNMPError) -> [VariableBinding] {
        try call(.getBulkRequest, names.map { VariableBinding($0) }, repetitions: repetitions)
    }

    /// Passes every instance below `root` to `receive`, in the order of names and as it arrives, until `receive` returns false.
    public func walk(_ root: [UInt32], _ receive: (VariableBinding) -> Bool) throws(SNMPError) {
        var position = root
        while true {
            guard let answer = try successors(of: [position], repetitions: 40).first else { return }
            if let failure = answer.failure { throw failure }
            guard !answer.bindings.isEmpty else { return }
            for binding in answer.bindings {
                guard binding.value.isValue, binding.name.starts(with: root) else { return }
                guard position.lexicographicallyPrecedes(binding.name) else {
                    throw .unexpected("its names do not increase, so a walk would never end")
                }
                position = binding.name
                guard receive(binding) else { return }
            }
        }
    }

    // MARK: - One request

    /// - Parameter attempts: How often the request is sent; nil for as often as fits into the time limit.
    func call(
        _ kind: ProtocolDataUnit.Kind, _ bindings: [VariableBinding], repetitions: Int32 = 0, attempts: Int? = nil
    ) throws(SNMPError) -> [VariableBinding] {
        nextID = nextID % 0x3FFF_FFFF + 1
        var pdu = ProtocolDataUnit(kind, requestID: nextID, bindings: bindings)
        pdu.errorIndex = repetitions
        let response: ProtocolDataUnit
        switch credentials {
        case .community(let community): response = try askWithCommunity(pdu, Array(community.utf8), attempts)
        case .user(let user): response = try ask(pdu, as: user, attempts)
        }
        guard response.errorStatus == 0 else { throw .refused(status: response.errorStatus, index: response.errorIndex) }
        return response.bindings
    }

    private func askWithCommunity(
        _ pdu: ProtocolDataUnit, _ community: [UInt8], _ attempts: Int?
    ) throws(SNMPError) -> ProtocolDataUnit {
        var writer = BERWriter()
        writer.constructed { message in
            message.integer(1)
            message.octetString(community)
            pdu.write(to: &message)
        }
        let request = writer.octets
        return try exchange(attempts) {
            request
        } read: { octets throws(BERError) in
            var reader = BERReader(octets)
            var message = try reader.constructed(BERTag.sequence, "a message")
            guard try message.integer() == 1 else { throw BERError("the version is not SNMPv2c", at: 0) }
            _ = try message.octetString()
            let response = try ProtocolDataUnit(from: &message)
            return response.kind == .response && response.requestID == pdu.requestID ? response : nil
        }
    }

    /// Repeats the request until an answer is read; other datagrams are ignored.
    private func exchange<Answer>(
        _ attempts: Int? = nil, _ request: () throws -> [UInt8], read: ([UInt8]) throws(BERError) -> Answer?
    ) throws(SNMPError) -> Answer {
        var problem: BERError?
        for _ in 0..<(attempts ?? self.attempts) {
            guard let octets = try? request() else { throw .unexpected("the request cannot be encrypted") }
            try socket.send(octets)
            let end = ContinuousClock.now + .milliseconds(attempt)
            while let rest = Self.milliseconds(until: end) {
                guard let datagram = try socket.receive(within: rest) else { continue }
                do {
                    if let answer = try read(datagram) { return answer }
                } catch {
                    problem = error
                }
            }
        }
        if let problem { throw .unexpected(problem.description) }
        throw .timedOut(host: host)
    }

    private static func milliseconds(until end: ContinuousClock.Instant) -> Int32? {
        let rest = end - ContinuousClock.now
        let milliseconds = rest.components.seconds * 1000 + rest.components.attoseconds / 1_000_000_000_000_000
        return milliseconds > 0 ? Int32(clamping: milliseconds) : nil
    }

    // MARK: - SNMPv3

    private func ask(
        _ pdu: ProtocolDataUnit, as user: SecurityUser, _ attempts: Int?
    ) throws(SNMPError) -> ProtocolDataUnit {
        if engine.identifier.isEmpty { try discover(user) }
        for isLast in [false, true] {
            let answer = try exchange(attempts) {
                try secured(pdu, user)
            } read: { octets throws(BERError) in
                try understood(octets, pdu.requestID)
            }
            guard answer.pdu.kind == .report else {
                guard keys == nil || answer.isAuthentic else { throw .unexpected("it is not authenticated") }
                return answer.pdu
            }
            // usmStatsNotInTimeWindows: the report contains the engine's time.
            guard !isLast, answer.pdu.reports(2) else {
                report = answer.pdu.report
                throw Self.error(of: answer.pdu, user, host)
            }
            learn(answer.engine)
        }
        throw .unexpected("the time of its engine changes with every answer")
    }

    /// Learns the engine's identifier and time, which needs no valid credentials.
    func discoverEngine() throws(SNMPError) {
        if case .user(let user) = credentials { try discover(user) }
    }

    /// Learns the engine's identifier and time (RFC 3414 §4).
    private func discover(_ user: SecurityUser) throws(SNMPError) {
        let pdu = ProtocolDataUnit(.getRequest, requestID: nextID, bindings: [])
        let probe = SecureMessage(messageID: nextID, engine: .init(), userName: [], pdu: pdu)
        let answer = try exchange {
            try probe.encoded(keys: nil, isPrivate: false, context: [], salt: [])
        } read: { octets throws(BERError) in
            try understood(octets, pdu.requestID)
        }
        guard !answer.engine.identifier.isEmpty else { throw .unexpected("it does not contain an engine identifier") }
        learn(answer.engine)
        keys = user.authentication.map {
            LocalizedKeys(
                authentication: $0, privacyPassword: user.privacyPassword, privacy: user.privacyProtocol,
                engineID: answer.engine.identifier)
        }
    }

    private func learn(_ engine: SecureMessage.Engine) {
        self.engine = engine
        engineHeard = .now
    }

    private func secured(_ pdu: ProtocolDataUnit, _ user: SecurityUser) throws -> [UInt8] {
        var now = engine
        let elapsed = Int32(clamping: (ContinuousClock.now - engineHeard).components.seconds)
        now.time = now.time.addingReportingOverflow(elapsed).partialValue
        nextSalt &+= 1
        let salt = (0..<8).map { UInt8(truncatingIfNeeded: nextSalt >> (56 - $0 * 8)) }
        let message = SecureMessage(messageID: pdu.requestID, engine: now, userName: Array(user.name.utf8), pdu: pdu)
        return try message.encoded(
            keys: keys, isPrivate: keys != nil && user.privacyPassword != nil, context: Array(user.context.utf8), salt: salt)
    }

    private func understood(_ octets: [UInt8], _ requestID: Int32) throws(BERError) -> SecureMessage? {
        do {
            let message = try SecureMessage(octets, keys: keys)
            guard message.messageID == requestID, [.response, .report].contains(message.pdu.kind) else { return nil }
            return message
        } catch {
            // A message that is not authentic may come from anyone; the correct one may still arrive.
            if case .malformed(let problem) = error { throw problem }
            return nil
        }
    }

    private static func error(of pdu: ProtocolDataUnit, _ user: SecurityUser, _ host: String) -> SNMPError {
        switch pdu.report {
        case .securityLevel: .notAuthorized("'\(host)' does not support this security level for the user '\(user.name)'")
        case .unknownUser: .notAuthorized("'\(host)' does not know the user '\(user.name)'")
        case .engine: .unexpected("its engine differs from the one before")
        case .authentication: .notAuthorized("the authentication password of '\(user.name)' is wrong")
        case .privacy: .notAuthorized("the privacy password of '\(user.name)' is wrong")
        case .unknownContext: .notAuthorized("'\(host)' has no context '\(user.context)'; contexts are the names of agents")
        case nil:
            .unexpected("a report of \(pdu.bindings.first?.name.map(String.init).joined(separator: ".") ?? "nothing")")
        }
    }
}

extension ProtocolDataUnit {
    /// Whether it reports the usmStats object with this number (RFC 3414 §5).
    fileprivate func reports(_ number: UInt32) -> Bool {
        bindings.first?.name.starts(with: [1, 3, 6, 1, 6, 3, 15, 1, 1, number]) ?? false
    }

    /// What it reports; nil for any other object.
    fileprivate var report: SNMPSession.Report? {
        let reasons: [(UInt32, SNMPSession.Report)] = [
            (1, .securityLevel), (3, .unknownUser), (4, .engine), (5, .authentication), (6, .privacy),
        ]
        if let reason = reasons.first(where: { reports($0.0) })?.1 { return reason }
        // snmpUnknownContexts
        return bindings.first?.name.starts(with: [1, 3, 6, 1, 6, 3, 12, 1, 5]) == true ? .unknownContext : nil
    }
}
