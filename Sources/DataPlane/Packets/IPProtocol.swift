package import AgentModel

/// Protocol numbers of IPv4 that the data plane handles itself.
package enum IPProtocol {
    package static let icmp: UInt8 = 1
    package static let ipInIp: UInt8 = 4
    package static let tcp: UInt8 = 6
    package static let udp: UInt8 = 17
    package static let gre: UInt8 = 47
    package static let minimalEncapsulation: UInt8 = 55
}

extension Encapsulation {
    /// The protocol number of the outer header.
    package var protocolNumber: UInt8 {
        switch self {
        case .ipInIp: IPProtocol.ipInIp
        case .gre: IPProtocol.gre
        case .minEnc: IPProtocol.minimalEncapsulation
        }
    }

    /// Nil for protocols that are not encapsulations.
    package init?(protocolNumber: UInt8) {
        switch protocolNumber {
        case IPProtocol.ipInIp: self = .ipInIp
        case IPProtocol.gre: self = .gre
        case IPProtocol.minimalEncapsulation: self = .minEnc
        default: return nil
        }
    }

    /// Octets that this encapsulation adds to a datagram, at most.
    package var overhead: Int {
        switch self {
        case .ipInIp: IPv4Header.minimumLength
        case .gre: IPv4Header.minimumLength + GREHeader.minimumLength
        // Minimal encapsulation cannot carry a fragment (RFC 2004 §1), so fragments use IP in IP.
        case .minEnc: IPv4Header.minimumLength
        }
    }
}
