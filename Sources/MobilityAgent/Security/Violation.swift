import AgentModel
import MobileIPv4

/// One security violation as reported by a role.
struct Violation {
    var role: AgentRole
    var violator: PeerIdentity
    /// The role that the violator claims to have.
    var violatorRole = AgentRole.mobileNode
    var reason: ViolationReason
    /// The SPI of the extension that failed; 0 for other reasons (`mipSecRecentViolationSPI`).
    var spi = SecurityParameterIndex(rawValue: 0)
    var identification: Identification
    var source: TransportEndpoint
    var homeAgent: IPv4Address
    /// The code of the answer; nil when there is none.
    var code: ReplyCode?
    /// True for a violator that the agent knows: one with an association of its own, a visitor, or a node that has authenticated itself.
    var isKnown = false

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
            case .noMobilitySecurityAssociation: "has no mobility security association with this agent"
            case .badAuthenticator: "sent a wrong authenticator (SPI \(spi))"
            case .badIdentifier: "sent an identification that is out of order or out of date (SPI \(spi))"
            case .badSPI: "used an SPI that none of its associations has"
            case .missingSecurityExtension: "omitted a required authentication extension"
            case .other: "violated a security rule"
            }
        return "\(violator) at \(source) \(what); \(code.map { "answered with \($0)" } ?? "silently dropped")"
    }
}

extension PeerIdentity {
    /// The identity a message is counted against: its home address, else its NAI, else its source.
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
