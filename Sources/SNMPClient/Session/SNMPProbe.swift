/// How far requests with certain credentials get at an SNMP agent.
public enum SNMPStation: Hashable, Sendable {
    /// The host cannot be found or reached, or nothing listens on the port; the text says why.
    case unreachable(String)
    /// Nothing answers, not even a request without credentials: a firewall, or an address on which the agent does not listen.
    case silent
    /// An agent is there but does not know the user. With a community: it answers no request with this community from this address.
    case unknownUser
    /// The authentication password or its protocol is wrong.
    case wrongAuthentication
    /// The password is right, but the privacy password or its protocol is wrong.
    case wrongPrivacy
    /// The passwords are right, but the agent does not have this context.
    case unknownContext
    /// The credentials are right but permit no reading.
    case noRights
    /// The agent answers, but the object is not visible: a view hides it, or nobody serves it.
    case hiddenView
    /// Everything works.
    case answers
}

/// Finds the cause of an SNMP agent's silence. Agents drop a request silently for several reasons (a wrong community or privacy password, an
/// unknown context), so that these can only be distinguished by requests that differ in one of them.
public enum SNMPProbe {
    private static let sysUpTime: [UInt32] = [1, 3, 6, 1, 2, 1, 1, 3, 0]

    /// How far requests with these credentials get. Blocks the thread for at most the timeout times the number of steps, which is six.
    ///
    /// - Parameters:
    ///   - timeout: how long to wait for each answer, during which the request is repeated twice.
    ///   - object: OID of an object, or of a subtree, that should be visible; nil to look no further than sysUpTime.
    public static func station(
        host: String, port: UInt16 = 161, credentials: Credentials, timeout: Duration = .seconds(1), object: [UInt32]? = nil
    ) -> SNMPStation {
        func session(_ credentials: Credentials) throws(SNMPError) -> SNMPSession {
            try SNMPSession(host: host, port: port, credentials: credentials, timeout: timeout)
        }
        do throws(SNMPError) {
            switch credentials {
            case .community:
                let own = try session(credentials)
                switch answer(of: own) {
                case .silence: return absence(try session(.user(SecurityUser(name: "")))) ?? .unknownUser
                case .unreachable(let text): return .unreachable(text)
                case .report, .noRights, .answered: return look(for: object, own)
                }
            case .user(let user):
                if let absence = absence(try session(.user(SecurityUser(name: "")))) { return absence }
                return try climb(user, object, session)
            }
        } catch {
            return .unreachable("\(error)")
        }
    }

    /// Adds one part of the user's credentials after the other.
    private static func climb(
        _ user: SecurityUser, _ object: [UInt32]?, _ session: (Credentials) throws(SNMPError) -> SNMPSession
    ) throws(SNMPError) -> SNMPStation {
        var step = SecurityUser(name: user.name, authentication: user.authentication)
        switch answer(of: try session(.user(step))) {
        case .silence: return .silent
        case .unreachable(let text): return .unreachable(text)
        case .report(.unknownUser): return .unknownUser
        case .report(.unknownContext): return .unknownContext
        case .report: return .wrongAuthentication
        case .noRights, .answered: break
        }
        if user.authentication != nil, user.privacyPassword != nil {
            step = user
            step.context = ""
            switch answer(of: try session(.user(step))) {
            case .silence, .report: return .wrongPrivacy
            case .unreachable(let text): return .unreachable(text)
            case .noRights, .answered: break
            }
        }
        let complete = try session(.user(user))
        if !user.context.isEmpty {
            switch answer(of: complete) {
            case .silence, .report: return .unknownContext
            case .unreachable(let text): return .unreachable(text)
            case .noRights, .answered: break
            }
        }
        return look(for: object, complete)
    }

    /// Whether the credentials permit reading, and show the object.
    private static func look(for object: [UInt32]?, _ session: SNMPSession) -> SNMPStation {
        guard let object else { return answer(of: session) == .noRights ? .noRights : .answers }
        do throws(SNMPError) {
            let next = try session.getNext([object]).first
            if let next, next.value.isValue, next.name.starts(with: object) { return .answers }
        } catch {
            if case .refused(status: 16, _) = error { return .noRights }
        }
        return .hiddenView
    }

    private enum Answer: Hashable {
        case answered, silence, noRights
        case report(SNMPSession.Report)
        case unreachable(String)
    }

    /// What comes of asking for sysUpTime.
    private static func answer(of session: SNMPSession) -> Answer {
        do throws(SNMPError) {
            _ = try session.get([sysUpTime])
            return .answered
        } catch {
            switch error {
            case .unreachable(let text): return .unreachable(text)
            case .timedOut: return .silence
            // authorizationError: the message itself was accepted.
            case .refused(status: 16, _): return .noRights
            // Any other answer comes from an agent that accepts the credentials.
            case .refused, .unexpected, .notAuthorized: return session.report.map(Answer.report) ?? .answered
            }
        }
    }

    /// Why no SNMPv3 agent answers a request that needs no credentials (RFC 3414 §4); nil if one does.
    private static func absence(_ session: SNMPSession) -> SNMPStation? {
        do throws(SNMPError) {
            try session.discoverEngine()
            return nil
        } catch {
            switch error {
            case .unreachable(let text): return .unreachable(text)
            case .timedOut: return .silent
            default: return nil
            }
        }
    }
}
