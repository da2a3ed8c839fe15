import FuzzSupport

@testable import SNMPClient

/// Messages of SNMPv3, unprotected as they come, and authenticated and encrypted around mutated contents.
enum SecureMessagesFuzzer: FuzzTarget {
    static let name = "snmpv3"
    static let about = "no message without a correct authenticator counts as authentic, and what was encrypted comes back"

    private static let engine = SecureMessage.Engine(identifier: [0x80, 0, 0x1F, 0x88, 4, 1, 2, 3], boots: 3, time: 4711)
    private static let keys = [AuthenticationProtocol.sha1, .sha256].map {
        LocalizedKeys(
            authentication: (protocol: $0, password: "authentication"), privacyPassword: "confidential",
            engineID: engine.identifier)
    }

    static func run(_ input: [UInt8]) throws {
        for keys in [nil, keys[0], keys[1]] {
            let message: SecureMessage
            do throws(SecureMessage.Problem) {
                message = try SecureMessage(input, keys: keys)
            } catch {
                if case .malformed(let problem) = error { try require(problem.description.contains("octet"), "\(problem)") }
                continue
            }
            // An authenticator of 12 or 24 octets is not found by chance.
            try require(!message.isAuthentic, "a message made without the key is authentic")
            try BERFuzzer.check(message.pdu)
        }
        var parameters = FuzzInput(input)
        let steering = parameters.octet()
        try protected(parameters.rest(), keys[Int(steering & 1)], isPrivate: steering & 2 != 0)
    }

    /// A PDU made of the input, in a message with a correct authenticator; then the same with one octet changed.
    private static func protected(_ input: [UInt8], _ keys: LocalizedKeys, isPrivate: Bool) throws {
        var reader = BERReader(input)
        guard let pdu = try? ProtocolDataUnit(from: &reader), pdu.bindings.allSatisfy({ !$0.name.isEmpty }) else { return }
        let message = SecureMessage(messageID: 7, engine: engine, userName: Array("alice".utf8), pdu: pdu)
        var octets = try message.encoded(keys: keys, isPrivate: isPrivate, context: [], salt: [1, 2, 3, 4, 5, 6, 7, 8])
        let again = try SecureMessage(octets, keys: keys)
        try require(again.isAuthentic && again.messageID == 7 && again.engine == engine, "the message reads differently")
        guard !pdu.bindings.contains(where: { $0.value == .objectIdentifier([]) }) else { return }
        try requireEqual(again.pdu, pdu, "PDU")
        let place = input.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xFFFF } % octets.count
        octets[place] ^= 0x40
        if let forged = try? SecureMessage(octets, keys: keys) {
            try require(!forged.isAuthentic, "a message changed at \(place) is authentic")
        }
    }
}
