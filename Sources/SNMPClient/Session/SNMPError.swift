/// Why an SNMP agent did not give what it was asked for.
public enum SNMPError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The host cannot be found or reached; the text says what and why.
    case unreachable(String)
    /// No answer came in time.
    case timedOut(host: String)
    /// The agent does not know the user, or the password is wrong; the text says which.
    case notAuthorized(String)
    /// The agent answered with an error-status (RFC 3416 §3), about the binding at this index from 1 on.
    case refused(status: Int32, index: Int32)
    /// The answer is no message of SNMP, or does not fit the question.
    case unexpected(String)

    public var description: String {
        switch self {
        case .unreachable(let text), .notAuthorized(let text): text
        case .timedOut(let host):
            "'\(host)' did not answer; is an SNMP agent running there, and are the community and its access rules right?"
        case .refused(let status, let index):
            "the SNMP agent refused: \(Self.name(of: status))\(index > 0 ? " for variable \(index)" : "")"
        case .unexpected(let text): "the SNMP agent's answer cannot be read: \(text)"
        }
    }

    /// The name of an error-status.
    static func name(of status: Int32) -> String {
        let names = [
            "noError", "tooBig", "noSuchName", "badValue", "readOnly", "genErr", "noAccess", "wrongType", "wrongLength",
            "wrongEncoding", "wrongValue", "noCreation", "inconsistentValue", "resourceUnavailable", "commitFailed",
            "undoFailed", "authorizationError", "notWritable", "inconsistentName",
        ]
        return Int(exactly: status).flatMap { names.indices.contains($0) ? names[$0] : nil } ?? "error \(status)"
    }
}
