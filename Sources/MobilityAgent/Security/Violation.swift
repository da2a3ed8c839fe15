import AgentModel
import MobileIPv4

/// One security violation as a role reports it.
struct Violation {
    var role: AgentRole
    var violator: PeerIdentity
    /// What the violator claims to be.
    var violatorRole = AgentRole.mobileNode
    var reason: ViolationReason
    /// The SPI of the extension that failed; 0 for other reasons (`mipSecRecentViolationSPI`).
    var spi = SecurityParameterIndex(rawValue: 0)
    var identification: Identification
    var source: TransportEndpoint
    var homeAgent: IPv4Address
    /// The answer; nil for silence.
    var code: ReplyCode?

    func event(at time: Timestamp) -> AgentEvent {
        var event = AgentEvent(
            time: time, kind: .securityViolation, role: role, homeAgent: homeAgent, sourceAddress: source.address,
            code: code?.rawValue, violationReason: reason, spi: spi, message: message)
        switch violator {
        case .address(let address): if violatorRole == .mobileNode { event.homeAddress = address }
        case .nai(let nai): event.nai = nai
        case .prefix: break
        }
        return event
    }

    private var message: String {
        let what =
            switch reason {
            case .noMobilitySecurityAssociation: "has no mobility security association here"
            case .badAuthenticator: "sent a wrong authenticator (SPI \(spi))"
            case .badIdentifier: "sent an identification out of order or out of time (SPI \(spi))"
            case .badSPI: "used an SPI that none of its associations has"
            case .missingSecurityExtension: "left out an authentication extension that is required"
            case .other: "broke a security rule"
            }
        return "\(violator) at \(source) \(what); \(code.map { "answered with \($0)" } ?? "dropped in silence")"
    }
}

extension PeerIdentity {
    /// Whom a message is counted against: its home address, else its NAI, else where it came from.
    init(homeAddress: IPv4Address, nai: NetworkAccessIdentifier?, source: TransportEndpoint) {
        if homeAddress != .zero {
            self = .address(homeAddress)
        } else if let nai {
            self = .nai(nai)
        } else {
            self = .address(source.address)
        }
    }
}
