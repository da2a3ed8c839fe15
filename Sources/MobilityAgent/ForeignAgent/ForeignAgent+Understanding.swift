import AgentModel
import MobileIPv4

extension ForeignAgent {
    /// What a foreign agent acts on: Registration Requests and Replies. MN-AAA authentication ends the mobile node's part of a message
    /// whether or not this agent can check it (RFC 5944 §1.6); the challenge is understood only if this agent issues challenges,
    /// revocation if it agrees on that, and generic notifications if it takes part in them. So are the requested home agent and
    /// the identities of home agents and AAA servers (RFC 4433, RFC 3846), the selected service (RFC 5446), and experiments (RFC 4064).
    static func understanding(_ configuration: ForeignAgentConfiguration) -> RoleUnderstanding {
        let mobileAAA = GeneralizedAuthenticationSubtype.mobileAAA.rawValue
        var both: [ExtensionUnderstanding.Entry] = .base
        both.append(.only(GeneralizedAuthentication.self, subtypes: [mobileAAA]))
        if configuration.settings.foreignAgent.challengeWindow > 0 { both.append(.all(Challenge.self)) }
        var messages: [(MessageType, [ExtensionUnderstanding.Entry])] = []
        if configuration.settings.signalling.revocation {
            both.append(.all(RevocationSupport.self))
            messages.append((.registrationRevocation, .revocation))
        }
        if configuration.settings.signalling.notifications { messages += .notifications }
        let discovery = configuration.settings.discovery
        if discovery.experimental {
            let base: [ExtensionUnderstanding.Entry] = .base
            let experiments: [ExtensionUnderstanding.Entry] = .experimental
            both += experiments
            messages.append((.experimental, base + experiments))
        }
        var request = both + [.all(EncapsulatingDeliveryStyle.self)]
        var reply = both
        if discovery.dynamicHomeAgent {
            let identities = [NAICarrying.Owner.homeAgent, .homeAAA].map(\.rawValue)
            request.append(.only(DynamicHomeAgent.self, subtypes: [DynamicHomeAgent.Purpose.requested.rawValue]))
            request.append(.only(NAICarrying.self, subtypes: identities))
        }
        if discovery.serviceSelection {
            request.append(.all(ServiceSelection.self))
            // An echo of what the node has selected is in the home agent's part, which is relayed as it is.
            if configuration.service != nil { reply.append(.all(ServiceSelection.self)) }
        }
        return RoleUnderstanding([(.registrationRequest, request), (.registrationReply, reply)] + messages)
    }
}
