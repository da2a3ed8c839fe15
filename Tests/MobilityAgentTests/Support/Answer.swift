import MobileIPv4
import MobilityAgent

/// A home agent's Registration Reply to build.
struct Answer {
    var code: UInt8 = 0
    var lifetime: UInt16 = 600
    var homeAddress = Lab.home
    var homeAgent = Lab.homeAgent.address
    var identification: Identification
    var nai: NetworkAccessIdentifier?
    var association: ConfiguredSecurityAssociation? = Lab.association()
    /// Extensions after the home agent's authenticator.
    var after: [UInt8] = []
    /// The associations that sign it for the foreign agent.
    var signatures: [ConfiguredSecurityAssociation] = []

    init(to request: Request, _ change: (inout Answer) -> Void = { _ in }) {
        identification = request.identification
        nai = request.nai
        change(&self)
    }

    var octets: [UInt8] {
        var octets: [UInt8] = []
        RegistrationReply(
            code: ReplyCode(rawValue: code), lifetime: RegistrationLifetime(rawValue: lifetime), homeAddress: homeAddress,
            homeAgent: homeAgent, identification: identification
        ).encode(into: &octets)
        if let nai { octets.append(naiExtension: nai) }
        if let association { octets.sign(.mobileHomeAuthentication, association) }
        octets += after
        for association in signatures { octets.sign(.foreignHomeAuthentication, association) }
        return octets
    }
}
