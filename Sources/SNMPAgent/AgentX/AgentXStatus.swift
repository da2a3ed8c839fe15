/// res.error (RFC 2741 §6.2.16): the error statuses of SNMP (RFC 3416 §3), and those of AgentX itself from 256 on.
package enum AgentXStatus {
    static let noError: UInt16 = 0
    static let tooBig: UInt16 = 1
    static let genErr: UInt16 = 5
    static let commitFailed: UInt16 = 14
    static let undoFailed: UInt16 = 15
    static let notWritable: UInt16 = 17
    static let notOpen: UInt16 = 257
    static let duplicateRegistration: UInt16 = 263
    static let parseError: UInt16 = 266
    static let processingError: UInt16 = 268
    /// In the place of a status: there was no response.
    static let unanswered = -1

    /// The name of a status of AgentX with its number, such as `unsupportedContext (262)`.
    static func name(_ status: Int) -> String {
        let names = [
            "openFailed", "notOpen", "indexWrongType", "indexAlreadyAllocated", "indexNoneAvailable", "indexNotAllocated",
            "unsupportedContext", "duplicateRegistration", "unknownRegistration", "unknownAgentCaps", "parseError",
            "requestDenied", "processingError",
        ]
        if status == unanswered { return "no response" }
        let position = status - 256
        return names.indices.contains(position) ? "\(names[position]) (\(status))" : "status \(status)"
    }
}
