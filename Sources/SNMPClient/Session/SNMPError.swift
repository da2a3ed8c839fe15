/// Why a request to an SNMP agent failed.
public enum SNMPError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The host cannot be found or reached; the text says why.
    case unreachable(String)
    /// No answer arrived in time.
    case timedOut(host: String)
    /// The agent does not know the user, or the password is wrong; the text says which.
    case notAuthorized(String)
    /// The agent answered with an error-status (RFC 3416 §3), for the binding at this index, counted from 1.
    case refused(status: Int32, index: Int32)
    /// The answer is not an SNMP message or does not match the request.
    case unexpected(String)

    public var description: String {
        switch self {
        case .unreachable(let text), .notAuthorized(let text): text
        case .timedOut(let host):
            "no answer from '\(host)'; check that an SNMP agent is running there and that the community and its access rules are correct"
        case .refused(let status, let index):
            "the SNMP agent refused the request: \(Self.name(of: status))\(index > 0 ? " for variable \(index)" : "")"
        case .unexpected(let text): "cannot use the answer of the SNMP agent: \(text)"
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
