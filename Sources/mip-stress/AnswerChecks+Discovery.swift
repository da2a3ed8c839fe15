import AgentModel
import MobileIPv4
import MobilityAgent

/// Redirections, refused services, experiments and host configuration in what an agent sends.
extension AnswerChecks {
    /// 143 only answers a request for any home agent, and names another one, signed for the node. 192 only answers an experiment. A
    /// reply with host configuration is not fragmented.
    func checkDiscovery(_ reply: RegistrationReply, _ payload: [UInt8], _ request: RegistrationRequest) throws(Finding) {
        let signed = Self.extensions(of: payload, from: RegistrationReply.fixedSize, upTo: .mobileHomeAuthentication)
        let others = signed.filter { $0.first == ExtensionType.dynamicHomeAgent.rawValue }.map { Array($0.dropFirst()) }
        if reply.code == .haRedirected {
            guard Self.isForAnyHomeAgent(request), request.lifetime != .deregistration else {
                throw Finding("143 answers a request for \(request.homeAgent) with lifetime \(request.lifetime.rawValue)")
            }
            let expected = StressPlan.otherHomeAgents.map { [2, 0, 4] + Self.bytes(of: $0) }
            guard others.count == 1, expected.contains(others[0]) else {
                throw Finding("143 does not name another home agent: \(payload)")
            }
        } else if !others.isEmpty {
            throw Finding("\(reply.code) names another home agent: \(payload)")
        }
        if reply.code == .haExperimental {
            let types = Self.extensions(of: datagram, from: RegistrationRequest.fixedSize).compactMap(\.first)
            guard types.contains(where: { $0 == 127 || $0 == 255 }) else { throw Finding("192 answers no experiment") }
        }
        let vendors = signed.contains { $0.first == ExtensionType.normalVendorSpecific.rawValue }
        guard !vendors || payload.count <= 1400 else { throw Finding("\(payload.count) bytes with host configuration") }
    }

    /// A binding ends with `denied` only because a service is refused, which leaves no binding of the node. A redirection leaves
    /// none either.
    func checkEndings(
        _ changes: [StateChange], _ sent: [OutgoingDatagram], bindings: [BindingKey: Binding]
    ) throws(Finding) {
        let reply = sent.lazy.compactMap { try? RegistrationReply(decoding: $0.payload.span.bytes) }.first
        let isRefused = changes.contains { if case .bindingRemoved(_, .denied) = $0 { true } else { false } }
        guard !isRefused || reply?.code == .haServiceAuthorizationFailed else {
            throw Finding("a binding was denied with the answer \(reply?.code.rawValue ?? 0)")
        }
        // A node that is known by its identifier may name an address that is not its own.
        let hasIdentifier = Self.extensions(of: datagram, from: RegistrationRequest.fixedSize).contains {
            $0.first == ExtensionType.mobileNodeNAI.rawValue
        }
        guard isAtHomeAgent, !hasIdentifier, let reply, reply.homeAddress != .zero,
            reply.code == .haServiceAuthorizationFailed || reply.code == .haRedirected
        else { return }
        guard !bindings.keys.contains(where: { $0.homeAddress == reply.homeAddress }) else {
            throw Finding("\(reply.homeAddress) has a binding after \(reply.code)")
        }
    }

    /// A request is relayed to the home agent in its field or in a requested home agent (139), or to one that the configuration has
    /// for requests for any.
    func checkDestination(_ destination: IPv4Address) throws(Finding) {
        guard let request, destination != request.homeAgent else { return }
        let asked = Self.extensions(of: datagram, from: RegistrationRequest.fixedSize)
            .filter { $0.first == ExtensionType.dynamicHomeAgent.rawValue }.map { Array($0.suffix(4)) }
        guard !asked.contains(Self.bytes(of: destination)) else { return }
        guard Self.isForAnyHomeAgent(request), plan.assignedHomeAgents.contains(destination) else {
            throw Finding("a request for \(request.homeAgent) was relayed to \(destination)")
        }
    }

    private static func isForAnyHomeAgent(_ request: RegistrationRequest) -> Bool {
        request.homeAgent == .zero || request.homeAgent == .limitedBroadcast
    }

    private static func bytes(of address: IPv4Address) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: address.rawValue >> UInt32(24 - 8 * $0)) }
    }

    /// The extensions of a message as bytes, up to the first of a type.
    private static func extensions(of message: [UInt8], from start: Int, upTo end: ExtensionType? = nil) -> [[UInt8]] {
        var cursor = ExtensionCursor(offset: start)
        var found: [[UInt8]] = []
        while let located = try? cursor.next(in: message.span.bytes), located.type != end {
            found.append(Array(message[located.start..<located.end]))
        }
        return found
    }
}
