import AgentModel
import MobileIPv4

extension HomeAgent {
    /// What a home agent acts on: Registration Requests, and in them the base extensions, MN-AAA authentication and the challenge that it
    /// returns (RFC 4721), and the UDP Tunnel Request, which it declines (RFC 3519); revocations if it agrees on them (RFC 3543), and
    /// generic notifications if it takes part in them (RFC 6098). Of what its configuration and its settings have it act on besides: the
    /// requested home agent (RFC 4433), identities of home agents and AAA servers (RFC 3846), the selected service (RFC 5446), and
    /// experiments (RFC 4064).
    static func understanding(_ configuration: HomeAgentConfiguration) -> RoleUnderstanding {
        let mobileAAA = GeneralizedAuthenticationSubtype.mobileAAA.rawValue
        var request: [ExtensionUnderstanding.Entry] = .base
        request += [
            .only(GeneralizedAuthentication.self, subtypes: [mobileAAA]), .all(Challenge.self), .all(UDPTunnelRequest.self),
        ]
        var messages: [(MessageType, [ExtensionUnderstanding.Entry])] = []
        if configuration.settings.signalling.revocation {
            request.append(.all(RevocationSupport.self))
            messages.append((.registrationRevocation, .revocation))
        }
        if configuration.settings.signalling.notifications { messages += .notifications }
        request += discovery(configuration)
        if configuration.settings.discovery.experimental {
            request += .experimental
            messages.append((.experimental, [ExtensionUnderstanding.Entry].base + .experimental))
        }
        return RoleUnderstanding([(.registrationRequest, request)] + messages)
    }

    private static func discovery(_ configuration: HomeAgentConfiguration) -> [ExtensionUnderstanding.Entry] {
        let policy = configuration.settings.discovery
        var entries: [ExtensionUnderstanding.Entry] = []
        if configuration.assignsHomeAgent {
            entries.append(.only(DynamicHomeAgent.self, subtypes: [DynamicHomeAgent.Purpose.requested.rawValue]))
        }
        if configuration.usesIdentities {
            entries.append(.only(NAICarrying.self, subtypes: [NAICarrying.Owner.homeAgent, .homeAAA].map(\.rawValue)))
        }
        if policy.serviceSelection && !configuration.services.isEmpty { entries.append(.all(ServiceSelection.self)) }
        return entries
    }
}

extension [ExtensionUnderstanding.Entry] {
    /// What agents act on in a Registration Revocation (RFC 3543 §3.3, RFC 4917 §3).
    static var revocation: [ExtensionUnderstanding.Entry] { .base + [.all(MessageString.self)] }
}

extension [(MessageType, [ExtensionUnderstanding.Entry])] {
    /// What agents act on in generic notifications and their acknowledgments: a closed list (RFC 6098 §4.1).
    static var notifications: Self {
        [
            (.genericNotification, GenericNotification.permittedExtensions),
            (.genericNotificationAcknowledgment, GenericNotification.permittedExtensions),
        ]
    }
}
