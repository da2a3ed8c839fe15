import DaemonSupport
import MobileIPv4

extension ConfigurationType where Value == TransportEndpoint {
    /// A home agent's address, or `any` with 0.0.0.0, as 255.255.255.255 means too (RFC 4433). A port may follow.
    static var homeAgent: Self {
        let one = ConfigurationType<TransportEndpoint>.endpoint(defaultPort: TransportEndpoint.registrationPort)
        let port = ConfigurationType<UInt16>.port
        return Self(
            "any, 255.255.255.255, or an IPv4 address with or without a port, such as 192.0.2.1 or 192.0.2.1:434",
            example: "192.0.2.1", standIn: TransportEndpoint(IPv4Address(192, 0, 2, 1), port: 1)
        ) { text in
            let parts = text.split(separator: ":", omittingEmptySubsequences: false)
            let address: IPv4Address
            switch parts[0] {
            case "any", "0.0.0.0": address = .zero
            case "255.255.255.255": address = .limitedBroadcast
            default: return one.value(of: text)
            }
            guard parts.count > 1 else { return TransportEndpoint(address, port: TransportEndpoint.registrationPort) }
            return parts.count == 2 ? port.value(of: String(parts[1])).map { TransportEndpoint(address, port: $0) } : nil
        }
    }
}

extension ConfigurationType where Value == NetworkAccessIdentifier? {
    /// The identity of a home agent, which must fit extension 136 (RFC 3846).
    static var identity: Self {
        let nai = ConfigurationType<NetworkAccessIdentifier?>.nai
        let longest = NAICarrying.longestNAI
        return Self("a network access identifier of at most \(longest) bytes such as ha1@example.net", standIn: nil) { text in
            guard let parsed = nai.value(of: text), let identity = parsed, identity.octets.count <= longest else { return nil }
            return .some(identity)
        }
    }
}

extension ConfigurationType where Value == ServiceIdentifier? {
    /// A service to register for (RFC 5446).
    static var service: Self {
        Self(ServiceIdentifier.textForm, example: "ims", standIn: nil) { text in ServiceIdentifier(text).map { .some($0) } }
    }
}

extension ConfigurationType where Value == [UInt8] {
    /// The contents of an extension.
    ///
    /// - Parameter longest: how many bytes fit, at least 1.
    static func bytes(upTo longest: Int) -> Self {
        Self("up to \(longest) bytes in hexadecimal digits", example: "0a0b", standIn: []) { text in
            Hexadecimal.octets(text, allowsPrefix: true).flatMap { (1...longest).contains($0.count) ? $0 : nil }
        }
    }
}

extension ConfigurationType where Value == String {
    /// The path of a file or program that does not depend on the current folder.
    static var absolutePath: Self {
        Self("an absolute path", example: "/etc/resolv.conf", standIn: "/") { text in
            text.hasPrefix("/") && !text.utf8.contains(0) ? text : nil
        }
    }
}
