import AgentModel
import DaemonSupport
import MobileIPv4
import MobilityAgent

extension ConfigurationType where Value == IPv4AddressRange? {
    static var addressRange: Self {
        Self("addresses such as 192.0.2.10-192.0.2.99 or 192.0.2.0/24", example: "192.0.2.10-192.0.2.99", standIn: nil) { text in
            IPv4AddressRange(text).map { .some($0) }
        }
    }
}

extension ConfigurationType where Value == TransportEndpoint? {
    static func optionalEndpoint(defaultPort: UInt16) -> Self {
        let type = ConfigurationType<TransportEndpoint>.endpoint(defaultPort: defaultPort)
        return Self(type.expectation, standIn: nil) { text in type.value(of: text).map { .some($0) } }
    }
}

extension ConfigurationType where Value == PeerIdentity {
    static var peer: Self {
        Self(
            "an address, a prefix with zero host bits, or a network access identifier, such as 192.0.2.7, 192.0.2.0/24 or "
                + "alice@example.net", standIn: .address(.zero)
        ) { text in
            guard let peer = PeerIdentity(text) else { return nil }
            // Anything that is neither an address nor a prefix would be accepted as an identifier; without '@' it is a mistyped address.
            if case .nai = peer, !text.contains("@") { return nil }
            return peer
        }
    }
}

extension ConfigurationType where Value == Realm? {
    /// The realm of network access identifiers.
    static var realm: Self {
        Self(Realm.textForm, example: "example.net", standIn: nil) { text in Realm(text).map { .some($0) } }
    }
}

extension ConfigurationType where Value == NAIPattern? {
    /// One network access identifier, or all of a realm.
    static var naiPattern: Self {
        Self(NAIPattern.textForm, example: "alice@example.net", standIn: nil) { text in
            // Any text without '@' would be an identifier.
            text.contains("@") ? NAIPattern(text).map { .some($0) } : nil
        }
    }
}

extension ConfigurationType where Value == ServiceIdentifier? {
    /// A service that nodes select (RFC 5446).
    static var service: Self {
        Self(ServiceIdentifier.textForm, example: "ims", standIn: nil) { text in ServiceIdentifier(text).map { .some($0) } }
    }
}
