import AgentModel
import MobileIPv4
import MobileNode
import Testing

extension VisitingNode {
    static let alice = NetworkAccessIdentifier("alice@example.net")

    /// A node that has sent the request of a worked example: for 1,800 seconds, with a direct reverse tunnel, and with the
    /// identification e90b5a80 12345678, whose high word is a nonce of the home agent.
    static func ofExample(_ change: (inout MobileNodeConfiguration) -> Void = { _ in }) -> VisitingNode {
        let visiting = VisitingNode {
            ($0.replayMethod, $0.lifetime, $0.reverseTunnel) = (.nonces, 1800, .direct)
            change(&$0)
        }
        visiting.attach()
        var denial = Reply()
        denial.code = ReplyCode.haIdentificationMismatch.rawValue
        let octets = denial.octets(answering: Identification(high: 0xE90B_5A80, low: 0x1234_5678))
        #expect(visiting.deliver(octets: octets) == nil)
        return visiting
    }

    /// A node that registers with any home agent, and gets its home address from it.
    static func searching(_ change: (inout MobileNodeConfiguration) -> Void = { _ in }) -> VisitingNode {
        VisitingNode {
            $0.homeAddress = .zero
            $0.homeAgent = TransportEndpoint(.zero, port: 434)
            $0.nai = alice
            change(&$0)
        }
    }

    func deliver(hexadecimal text: String) throws -> MobileNode.Outcome? {
        deliver(octets: try #require(Hexadecimal.octets(text)))
    }

    /// The fixed part of the last request.
    var sent: RegistrationRequest { get throws { try fixedPart(request) } }

    /// The types of the extensions of the last request, in order.
    var sentTypes: [UInt8] { get throws { try extensionTypes(request, from: RegistrationRequest.fixedSize) } }

    /// The last request's extensions of a type, decoded.
    func sentExtensions<Extension: MobileIPExtension>(_: Extension.Type) throws -> [Extension] {
        let octets = request
        var cursor = ExtensionCursor(offset: RegistrationRequest.fixedSize)
        var found: [Extension] = []
        while let located = try cursor.next(in: octets.span.bytes) {
            if located.type == Extension.type { found.append(try Extension(located, in: octets.span.bytes)) }
        }
        return found
    }
}

/// The bytes of an extension.
func extensionOctets(_ value: some MobileIPExtension) -> [UInt8] {
    var octets: [UInt8] = []
    do throws(ExtensionTooLong) {
        try value.encode(into: &octets)
    } catch {
        Issue.record("\(error)")
    }
    return octets
}
