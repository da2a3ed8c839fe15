import AgentModel
import FuzzSupport

@testable import MobileIPv4
@testable import MobilityAgent

/// Other home agents, identities, services, host configuration and experiments.
extension Village {
    static let otherHomeAgents = [IPv4Address(192, 0, 2, 2), IPv4Address(192, 0, 2, 3)]
    static let drain = DrainOrder(homeAgents: otherHomeAgents, text: "moved to another site")
    static let service = ServiceIdentifier("ims")

    /// Of Sub-Types 0 to 3, one is accepted, one refused, and two are unknown.
    static let experiments: [ExperimentalRule] = [
        ExperimentalRule(.nonSkippable, subtype: 1, .accept), ExperimentalRule(.nonSkippable, subtype: 2, .refuse),
        ExperimentalRule(.skippable, subtype: 1, .accept), ExperimentalRule(.skippable, subtype: 2, .refuse),
        ExperimentalRule(.message, .accept),
    ]

    static func discover(_ role: inout HomeAgentConfiguration) {
        role.redirects = [RedirectRule(above: 3, homeAgents: otherHomeAgents)]
        role.redirectsWhenFull = otherHomeAgents
        role.identity = NetworkAccessIdentifier("ha1@example.net")
        role.aaaIdentity = NetworkAccessIdentifier("aaa@example.net")
        if let alice { role.homeAgentsByIdentity = [alice: otherHomeAgents[0]] }
        let pool = IPv4AddressRange(first: IPv4Address(192, 0, 2, 104), last: IPv4Address(192, 0, 2, 105)).map { [$0] } ?? []
        role.services = service.map { [ServicePolicy($0, addressPool: pool)] } ?? []
        role.hostConfigurations = role.homeNetworks.map {
            HostConfigurationEntry(
                $0, domainNameServers: [IPv4Address(192, 0, 2, 53)], defaultGateway: homeAgent.address,
                domainNameSuffix: "home.example", configurationURL: "https://home.example/node")
        }
        role.experimental = experiments
    }

    static func discover(_ role: inout ForeignAgentConfiguration) {
        if let realm = Realm("example.net") { role.homeAgentsByRealm = [realm: [homeAgent.address] + otherHomeAgents] }
        if let alice { role.homeAgentsByIdentity = [alice: homeAgent.address] }
        role.service = service
        role.experimental = experiments
    }

    /// The settings of agents, with experiments.
    static let settings: AgentSettings = {
        var settings = AgentSettings()
        settings.discovery.experimental = true
        return settings
    }()

    /// Extensions that ask for something or answer that, with contents from the input.
    static func wishes(_ input: inout FuzzInput) -> [UInt8] {
        let steering = input.octet()
        var octets: [UInt8] = []
        if steering & 1 != 0 {
            let purpose: DynamicHomeAgent.Purpose = steering & 64 == 0 ? .requested : .redirected
            octets.append(extension: DynamicHomeAgent(purpose: purpose, address: IPv4Address(192, 0, 2, input.octet() & 3)))
        }
        if steering & 2 != 0, let alice {
            try? NAICarrying(owner: NAICarrying.Owner(rawValue: input.octet() & 3), nai: alice).encode(into: &octets)
        }
        if steering & 4 != 0 {
            let name = input.octets(Int(input.octet() & 0x1F))
            octets += [ExtensionType.serviceSelection.rawValue, UInt8(name.count)] + name
        }
        if steering & 8 != 0 {
            let content = VendorSpecific(
                vendor: HostConfiguration.vendor, vendorType: HostConfiguration.vendorType,
                value: input.octets(Int(input.octet() & 0x1F)))
            try? NormalVendorSpecific(content).encode(into: &octets)
        }
        if steering & 16 != 0 {
            let subtype = input.octet() & 3
            try? NonSkippableExperimental(subtype: subtype, content: input.octets(Int(input.octet() & 7))).encode(into: &octets)
        }
        if steering & 32 != 0 {
            let subtype = input.octet() & 3
            try? SkippableExperimental(subtype: subtype, content: input.octets(Int(input.octet() & 7))).encode(into: &octets)
        }
        return octets
    }

    /// An experimental message without an authenticator.
    static func experiment(_ input: inout FuzzInput) -> [UInt8] {
        var octets: [UInt8] = []
        ExperimentalMessage().encode(into: &octets)
        return octets + wishes(&input) + input.octets(Int(input.octet() & 0x3F))
    }

    /// A reply with 143 names one other home agent before its authenticator, and no other reply does.
    static func check(redirection payload: [UInt8]) throws {
        let reply = try RegistrationReply(decoding: payload.span.bytes)
        var cursor = ExtensionCursor(offset: RegistrationReply.fixedSize)
        var named: [IPv4Address] = []
        while let located = try cursor.next(in: payload.span.bytes), located.type != .mobileHomeAuthentication {
            guard located.type == .dynamicHomeAgent else { continue }
            named.append(try DynamicHomeAgent(located, in: payload.span.bytes).address)
        }
        let isRight = reply.code == .haRedirected ? named.count == 1 && otherHomeAgents.contains(named[0]) : named.isEmpty
        try require(isRight, "a reply with \(reply.code) names \(named)")
    }
}
