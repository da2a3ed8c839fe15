import MobileIPv4

/// What a run has delivered and seen.
struct StressStatistics {
    /// Messages delivered to agents and nodes.
    var messages = 0
    /// Of these, messages that were changed and then signed.
    var mutants = 0
    /// Messages relayed by the foreign agent.
    var relayed = 0
    /// Replies sent, by code.
    var codes: [UInt8: Int] = [:]

    mutating func note(_ answers: [OutgoingDatagram]) {
        for answer in answers {
            guard answer.payload.first == MessageType.registrationReply.rawValue, answer.payload.count > 1 else {
                if answer.payload.first == MessageType.registrationRequest.rawValue { relayed += 1 }
                continue
            }
            codes[answer.payload[1], default: 0] += 1
        }
    }

    mutating func add(_ other: StressStatistics) {
        messages += other.messages
        mutants += other.mutants
        relayed += other.relayed
        codes.merge(other.codes, uniquingKeysWith: +)
    }
}
