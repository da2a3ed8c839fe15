import AgentModel
import MIPTesting
import MobileIPv4
import MobilityAgent

/// A Registration Request to build: a test sets the parts that differ; the rest is correct.
struct Request {
    var flags: RegistrationFlags = .decapsulationByMN
    var lifetime: UInt16 = 600
    var homeAddress = Lab.home
    var homeAgent = Lab.homeAgent.address
    var careOfAddress = Lab.careOf
    var identification: Identification
    var nai: NetworkAccessIdentifier?
    /// Extensions between the fixed part and the mobile node's authenticator.
    var before: [UInt8] = []
    /// The association that authenticates the node; nil omits the authenticator.
    var association: ConfiguredSecurityAssociation? = Lab.association()
    /// Extensions after the mobile node's authenticator.
    var after: [UInt8] = []
    /// Authenticators 33 or 34 at the end, with their associations.
    var signatures: [(ExtensionType, ConfiguredSecurityAssociation)] = []

    init(_ bench: Bench, _ change: (inout Request) -> Void = { _ in }) {
        identification = bench.identification
        change(&self)
    }

    /// A request as a mobile node sends it through the foreign agent of the lab.
    init(visiting bench: Bench, _ change: (inout Request) -> Void = { _ in }) {
        identification = bench.identification
        flags = []
        careOfAddress = Lab.foreignAgent.address
        change(&self)
    }

    var octets: [UInt8] {
        var octets: [UInt8] = []
        RegistrationRequest(
            flags: flags, lifetime: RegistrationLifetime(rawValue: lifetime), homeAddress: homeAddress, homeAgent: homeAgent,
            careOfAddress: careOfAddress, identification: identification
        ).encode(into: &octets)
        if let nai { octets.append(naiExtension: nai) }
        octets += before
        if let association { octets.sign(.mobileHomeAuthentication, association) }
        octets += after
        for (type, association) in signatures { octets.sign(type, association) }
        return octets
    }
}

extension Array where Element == UInt8 {
    mutating func sign(_ type: ExtensionType, _ configured: ConfiguredSecurityAssociation) {
        configured.association.algorithm.appendExtension(
            type, spi: configured.association.spi, key: configured.key, to: &self)
    }

    mutating func append(naiExtension nai: NetworkAccessIdentifier) {
        self += [131, UInt8(nai.octets.count)] + nai.octets
    }
}

/// A decoded Registration Reply with its extensions.
struct Reply {
    var fixed: RegistrationReply
    var scan: ExtensionScan
    var octets: [UInt8]

    init(_ octets: [UInt8]) throws {
        self.octets = octets
        fixed = try RegistrationReply(decoding: octets.span.bytes)
        scan = try ExtensionScan(octets.span.bytes, from: RegistrationReply.fixedSize)
    }

    init?(_ datagram: OutgoingDatagram?) throws {
        guard let datagram else { return nil }
        try self.init(datagram.payload)
    }

    var code: UInt8 { fixed.code.rawValue }

    /// True when the reply contains this extension, made with this association.
    func isSigned(_ type: ExtensionType, by configured: ConfiguredSecurityAssociation) -> Bool {
        let located =
            switch type {
            case .mobileHomeAuthentication: scan.mobileHome
            case .mobileForeignAuthentication: scan.mobileForeign
            default: scan.foreignHome
            }
        guard let located, located.spi == configured.association.spi else { return false }
        return configured.association.algorithm.verify(located, in: octets.span.bytes, key: configured.key)
    }
}
