import AgentModel
import JSON
import MobileIPv4

/// What texts look like, as JSON Schema tells it.
enum TextSchemas {
    static let address: JSONValue = ["type": "string", "format": "ipv4"]
    static let time: JSONValue = ["type": "string", "format": "date-time"]

    /// Of a member that the catalogue knows as a text: by its name, and where that is not enough by the type it is in.
    static func schema(of member: String, in type: String) -> JSONValue {
        byTypeAndName["\(type).\(member)"] ?? byName[member] ?? ["type": "string"]
    }

    private static let byName: JSONObject = {
        var all: JSONObject = [
            "encapsulation": words(Encapsulation.self), "encapsulations": words(Encapsulation.self),
            "reverseTunnel": words(ReverseTunnel.self), "storage": words(StorageType.self),
            "algorithm": words(AuthenticationAlgorithm.self), "replayMethod": words(ReplayMethod.self),
            "recentReason": words(ViolationReason.self), "violationReason": words(ViolationReason.self),
            "identification": identification, "recentIdentification": identification,
        ]
        for name in [
            "homeAddress", "careOfAddress", "homeAgent", "sourceAddress", "previousCareOfAddress", "agentAddress", "address",
            "localAddress", "remoteAddress", "destination", "careOfAddresses", "addedCareOfAddresses", "addedHomeAgents",
        ] { all[name] = address }
        for name in [
            "created", "renewed", "expires", "ended", "sent", "recent", "recentTime", "recentAccepted", "recentDenied",
            "servingSince", "startTime", "lastUsed", "heard", "received", "time", "since",
        ] { all[name] = time }
        return all
    }()

    private static let byTypeAndName: JSONObject = [
        "Visitor.state": words(VisitorState.self), "MobileNodeStatus.state": words(MobileNodeState.self),
        "PendingRegistration.kind": words(RequestKind.self), "DiscardCount.reason": words(DiscardReason.self),
        "EndCount.reason": words(EndReason.self),
    ]

    private static let identification: JSONValue = ["type": "string", "pattern": "^[0-9a-fA-F]{16}$"]

    static func words<Word: CaseIterable & RawRepresentable<String>>(_: Word.Type) -> JSONValue {
        words(Word.allCases.map(\.rawValue))
    }

    static func words(_ words: [String]) -> JSONValue { ["type": "string", "enum": JSONValue(words)] }

    /// An address, or a prefix of them whose other bits are 0: exactly what is taken.
    static let addressOrPrefix: JSONValue = {
        let octet = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
        var forms = ["\(octet)(?:\\.\(octet)){3}(?:/32)?"]
        for length in 0..<32 {
            let (whole, bits) = (length / 8, length % 8)
            var parts = Array(repeating: octet, count: whole)
            if bits > 0 {
                let step = 256 >> bits
                parts.append("(?:" + stride(from: 0, to: 256, by: step).map(String.init).joined(separator: "|") + ")")
            }
            parts += Array(repeating: "0", count: 4 - parts.count)
            forms.append(parts.joined(separator: "\\.") + "/\(length)")
        }
        return ["type": "string", "pattern": "^(?:\(forms.joined(separator: "|")))$"]
    }()
}
