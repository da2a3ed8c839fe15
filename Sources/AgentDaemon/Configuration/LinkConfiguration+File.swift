import AgentModel
import DaemonSupport
import MobileIPv4
import MobilityAgent

extension LinkConfiguration {
    init(_ section: ConfigurationSection) {
        self.init(name: section.value("name", .interfaceName), address: section.optional("address", .unicastAddress))
        if section.has("services") { services = Set(section.list("services", .word(.homeAgent, .foreignAgent))) }
        if let advertise = section.section("advertise") { advertisement = AdvertisementConfiguration(advertise) }
    }
}

extension AdvertisementConfiguration {
    /// Address, services, care-of addresses and flags are set elsewhere.
    fileprivate init(_ section: ConfigurationSection) {
        self.init(interfaceAddress: .zero, prefixLength: 0)
        destination = section.value("destination", .anyWord(standIn: .allSystems), default: destination)
        maximumInterval = section.value("maximumInterval", .integer(in: 4...1800, unit: "seconds"), default: maximumInterval)
        minimumInterval = section.value(
            "minimumInterval", .integer(in: 3...1800, unit: "seconds"), default: max(3, maximumInterval * 3 / 4))
        advertisementLifetime = section.value(
            "lifetime", .integer(in: 4...9000, unit: "seconds"), default: UInt16(min(9000, maximumInterval * 3)))
        maximumRegistrationLifetime = section.value(
            "registrationLifetime", .lifetime, default: maximumRegistrationLifetime)
        onlyOnSolicitation = section.value("onlyOnSolicitation", .bool, default: onlyOnSolicitation)
        routesCommonTraffic = section.value("routesCommonTraffic", .bool, default: routesCommonTraffic)
        includesPrefixLength = section.value("prefixLength", .bool, default: includesPrefixLength)
        nai = section.optional("nai", .nai)
        challengeLength = section.optional("challenge", .integer(in: 4...255, unit: "bytes"))
    }

    /// What would be wrong in an agent that plays these roles.
    func problems(asPartOf agent: MobilityAgentConfiguration, services: Set<AgentRole>) -> [String] {
        var filled = self
        filled.homeAgentService = agent.homeAgent != nil && services.contains(.homeAgent)
        filled.foreignAgentService = agent.foreignAgent != nil && services.contains(.foreignAgent)
        filled.careOfAddresses = agent.foreignAgent?.careOfAddresses ?? []
        return filled.problems
    }
}

extension ForwardingConfiguration {
    init(_ section: ConfigurationSection) {
        self.init()
        implementation = section.value("implementation", .anyWord(standIn: .automatic), default: implementation)
        device = section.value("device", .deviceName, default: device)
        routeProtocol = section.value("routeProtocol", .integer(in: 5...255), default: routeProtocol)
        routeTable = section.value("routeTable", .integer(in: 1...UInt32.max), default: routeTable)
    }
}
