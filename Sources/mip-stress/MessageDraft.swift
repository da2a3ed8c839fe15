import AgentModel
import MobileIPv4
import MobilityAgent

/// A registration message whose parts can be changed before it is signed, so that a changed message still has valid authenticators.
struct MessageDraft {
    enum Part {
        /// One extension, or what remains of it after a mutation.
        case octets([UInt8])
        /// An authentication extension (32, 33 or 34) over everything before it.
        case signature(ExtensionType, ConfiguredSecurityAssociation)
        /// An MN-AAA extension (36) over everything before it; with SPI 2, for the first challenge in the message.
        case server(ConfiguredSecurityAssociation)
    }

    /// The fixed part: 24 bytes of a request or 20 of a reply.
    var fixed: [UInt8]
    var parts: [Part] = []

    init(_ request: RegistrationRequest) {
        fixed = []
        request.encode(into: &fixed)
    }

    /// Takes a message apart. Its authentication extensions will be made anew by the associations that `signer` returns; those without one
    /// stay as they are.
    init(_ message: [UInt8], fixedSize: Int, signer: (ExtensionType) -> ConfiguredSecurityAssociation?) {
        fixed = Array(message.prefix(fixedSize))
        var cursor = ExtensionCursor(offset: fixedSize)
        while let located = try? cursor.next(in: message.span.bytes) {
            if let association = signer(located.type) {
                parts.append(.signature(located.type, association))
            } else {
                parts.append(.octets(Array(message[located.start..<located.end])))
            }
        }
    }

    mutating func append(_ extensions: Part...) { parts += extensions }

    /// The message with its authenticators.
    var encoded: [UInt8] {
        var message = fixed
        message.reserveCapacity(256)
        for part in parts {
            switch part {
            case .octets(let octets): message += octets
            case .signature(let type, let configured): configured.append(type, to: &message)
            case .server(let configured):
                if configured.association.spi == .chap {
                    ChallengeAuthentication.appendExtension(challenge: challenge, key: configured.key, to: &message)
                } else {
                    configured.append(.generalizedAuthentication, to: &message)
                }
            }
        }
        return message
    }

    private var challenge: [UInt8] {
        for part in parts {
            if case .octets(let octets) = part, octets.first == ExtensionType.challenge.rawValue, octets.count > 2 {
                return Array(octets.dropFirst(2))
            }
        }
        return [0, 0, 0, 0]
    }
}

extension ConfiguredSecurityAssociation {
    /// Appends the authentication extension of this association over everything in `message`.
    func append(_ type: ExtensionType, to message: inout [UInt8]) {
        association.algorithm.appendExtension(type, spi: association.spi, key: key, to: &message)
    }

    /// True when `message` has an extension of this type that this association makes over everything before it. Makes it again and
    /// compares, so that the check does not depend on the code that verifies authenticators in an agent.
    func signed(_ message: [UInt8], _ type: ExtensionType, fixedSize: Int) -> Bool {
        var cursor = ExtensionCursor(offset: fixedSize)
        while let located = try? cursor.next(in: message.span.bytes) {
            guard located.type == type else { continue }
            var expected = Array(message[..<located.start])
            append(type, to: &expected)
            if message.starts(with: expected) { return true }
        }
        return false
    }
}
