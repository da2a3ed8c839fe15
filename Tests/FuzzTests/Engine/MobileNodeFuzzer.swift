import AgentModel
import FuzzSupport

@testable import MobileIPv4
@testable import MobileNode
@testable import MobilityAgent

/// A mobile node under replies, revocations and notifications, signed and not, and the passage of time.
enum MobileNodeFuzzer: FuzzTarget {
    static let name = "mobile-node"
    static let about = "only messages with the node's key are believed, and every message that it sends is well formed"

    private static func configuration(_ steering: UInt8) -> MobileNodeConfiguration {
        var configuration = MobileNodeConfiguration(
            homeAddress: steering & 1 == 0 ? Village.home : .zero, homeAgent: Village.homeAgent,
            foreignAgent: steering & 2 == 0 ? nil : Village.foreignAgent, careOfAddress: Village.node.address,
            nai: Village.alice, spi: SecurityParameterIndex(rawValue: 256), key: Village.associations[0].key)
        configuration.replayMethod = steering & 4 == 0 ? .timestamps : .nonces
        configuration.homeNetwork = IPv4Prefix(containing: Village.home, length: 24)
        configuration.reverseTunnel = steering & 8 == 0 ? .none : .encapsulating
        configuration.adaptsReverseTunnel = steering & 16 != 0
        let foreign = Village.foreignAssociations[1]
        if steering & 32 != 0 {
            configuration.mobileForeign = NodeAssociation(spi: foreign.association.spi, key: foreign.key)
        }
        if steering & 64 != 0 {
            configuration.flags = .decapsulationByMN
            configuration.revocationOffer = .agreedInforming
        }
        if steering & 128 != 0 { searchAndAsk(&configuration) }
        configuration.lifetime = 600
        return configuration
    }

    /// Any home agent, and all that a request may ask for besides.
    private static func searchAndAsk(_ configuration: inout MobileNodeConfiguration) {
        configuration.homeAgent.address = .zero
        configuration.homeAgentHint = Village.homeAgent.address
        configuration.homeAgentIdentity = Village.alice
        configuration.asksForHostConfiguration = true
        configuration.service = ServiceIdentifier("ims")
        configuration.discovery.experimental = true
        configuration.experimentalExtensions = [
            NodeExperimentalExtension(isCritical: true, addressee: .homeAgent, subtype: 9, content: [1])
        ]
    }

    static func run(_ bytes: [UInt8]) throws {
        var input = FuzzInput(bytes)
        let configuration = configuration(input.octet())
        let agent = configuration.foreignAgent ?? Village.homeAgent
        var node = MobileNode(configuration: configuration)
        var signals = Signals()
        var random = SplitMix(state: 3)
        var uptime: Int64 = 0
        var sent = node.register(at: Village.moment(uptime), random: &random)
        try check(sent)
        for _ in 0..<32 where !input.isAtEnd {
            uptime += 1_000_000
            var next: [UInt8]?
            let operation = input.octet()
            switch operation & 0x27 {
            case 0:
                let octets = input.octets(Int(input.octet()))
                next = try receive(octets, &node, uptime, &random, isSigned: false)
            case 1, 2, 3:
                let (octets, isSigned) = reply(to: sent, &input, mayBeSigned: operation & 3 != 3)
                next = try receive(octets, &node, uptime, &random, isSigned: isSigned)
            case 4, 5:
                uptime += Int64(input.number16()) * 100_000_000
                next = node.advance(to: Village.moment(uptime), random: &random)
                try takeSent(&node, &signals)
            case 6: next = node.deregister(at: Village.moment(uptime), random: &random)
            case 0x20...0x27: try signal(operation, &input, &node, from: agent, uptime, &signals)
            default: next = node.register(at: Village.moment(uptime), random: &random)
            }
            if let next {
                try check(next)
                sent = next
            }
            try check(node)
        }
    }

    private static func receive(
        _ octets: [UInt8], _ node: inout MobileNode, _ uptime: Int64, _ random: inout SplitMix, isSigned: Bool
    ) throws -> [UInt8]? {
        var request: [UInt8]?
        let outcome = node.receive(
            octets.span.bytes, from: Village.foreignAgent, at: Village.moment(uptime), request: &request, random: &random)
        if case .accepted = outcome { try require(isSigned, "a reply without a signature is believed") }
        return request
    }

    private static func check(_ node: MobileNode) throws {
        let status = node.status(agents: nil, startTime: Timestamp(milliseconds: Village.start))
        let redirects = status.homeAgentSearch?.redirects.count ?? 0
        try require(redirects <= 8, "\(redirects) redirections are remembered")
        guard let values = status.hostConfiguration else { return }
        try require(node.isRegistered, "host configuration without a registration")
        let suffix = values.domainNameSuffix ?? "", url = values.configurationURL ?? ""
        try require((suffix + url).utf8.allSatisfy { (0x21...0x7E).contains($0) }, "host configuration that is not visible ASCII")
    }

    private static func check(_ request: [UInt8]) throws {
        _ = try RegistrationRequest(decoding: request.span.bytes)
        var cursor = ExtensionCursor(offset: RegistrationRequest.fixedSize)
        var isAuthenticated = false
        while let located = try cursor.next(in: request.span.bytes) {
            if located.type == .mobileHomeAuthentication { isAuthenticated = true }
        }
        try require(isAuthenticated, "a request without an authenticator")
    }

    /// A reply to the last request.
    private static func reply(to request: [UInt8], _ input: inout FuzzInput, mayBeSigned: Bool) -> ([UInt8], isSigned: Bool) {
        let steering = input.octet()
        var octets: [UInt8] = []
        let asked = try? RegistrationRequest(decoding: request.span.bytes)
        var identification = asked?.identification ?? Identification(rawValue: 0)
        if steering & 8 != 0 { identification = Identification(high: UInt32(input.number16()), low: identification.low) }
        RegistrationReply(
            code: steering & 1 == 0 ? .accepted : steering & 64 == 0 ? ReplyCode(rawValue: input.octet()) : .haRedirected,
            lifetime: RegistrationLifetime(rawValue: input.number16()),
            homeAddress: steering & 2 == 0 ? asked?.homeAddress ?? .zero : IPv4Address(192, 0, 2, input.octet()),
            homeAgent: steering & 4 == 0 ? Village.homeAgent.address : IPv4Address(192, 0, 2, input.octet()),
            identification: identification
        ).encode(into: &octets)
        octets += input.octets(Int(input.octet() & 0x3F))
        if steering & 64 != 0 {
            octets.append(
                extension: DynamicHomeAgent(purpose: .redirected, address: IPv4Address(192, 0, 2, input.octet())))
        }
        if steering & 128 != 0 {
            let value = input.octets(Int(input.octet() & 0x3F))
            let content = VendorSpecific(
                vendor: HostConfiguration.vendor, vendorType: HostConfiguration.vendorType, value: value)
            try? NormalVendorSpecific(content).encode(into: &octets)
        }
        if steering & 16 != 0, let identification = asked?.identification {
            octets.append(extension: RevocationSupport(informsMobileNode: true, timestamp: identification.high))
        }
        guard mayBeSigned else { return (octets, false) }
        Village.associations[0].sign(.mobileHomeAuthentication, &octets)
        if steering & 32 != 0 { Village.foreignAssociations[1].sign(.mobileForeignAuthentication, &octets) }
        return (octets, true)
    }
}
