import MobileIPv4

extension HomeAgent {
    /// What a home agent acts on: Registration Requests, and in them the base extensions, MN-AAA authentication and the challenge that it
    /// returns (RFC 4721), and the UDP Tunnel Request, which it declines (RFC 3519).
    static func understanding(_: HomeAgentConfiguration) -> RoleUnderstanding {
        let mobileAAA = GeneralizedAuthenticationSubtype.mobileAAA.rawValue
        return RoleUnderstanding([
            (
                .registrationRequest,
                .base + [
                    .only(GeneralizedAuthentication.self, subtypes: [mobileAAA]), .all(Challenge.self),
                    .all(UDPTunnelRequest.self),
                ]
            )
        ])
    }
}
