import AgentModel
import MobileIPv4

extension ForeignAgent {
    /// What a foreign agent acts on: Registration Requests and Replies. MN-AAA authentication ends the mobile node's part of a message
    /// whether or not this agent can check it (RFC 5944 §1.6); the challenge is understood only if this agent issues challenges,
    /// revocation if it agrees on that, and generic notifications if it takes part in them.
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
        return RoleUnderstanding(
            [(.registrationRequest, both + [.all(EncapsulatingDeliveryStyle.self)]), (.registrationReply, both)] + messages)
    }
}
