import AgentModel
import Foundation
import MIPTesting
import MobileIPv4

@testable import AgentControl

/// A change of every kind, with every possible member.
enum EveryChange {
    static let binding: Binding = {
        var row = Samples.binding(2)
        row.handoffs = 5
        row.encapsulation = .gre
        row.reverseTunnel = .direct
        row.revocation = .agreed
        row.service = ServiceIdentifier("ims")
        return row
    }()

    static let counters: AgentCounters = {
        var counters = AgentCounters(
            homeAgent: HomeAgentCounters(), foreignAgent: ForeignAgentCounters(), mobileNode: MobileNodeCounters())
        counters.forwarding = ForwardingCounters()
        for (count, reason) in DropReason.allCases.enumerated() { counters.forwarding?.drops[reason] = UInt64(count) }
        counters.homeAgent?.repliesSentByCode[.haIdentificationMismatch] = 7
        counters.homeAgent?.outcomes[.renewal].denied = 9
        counters.homeAgent?.handoffs = 6
        counters.discards[.malformed] = 3
        return counters
    }()

    static let exchange: Exchange = {
        var row = Samples.exchange(2)
        row.nextTry = Samples.start
        row.code = 130
        row.text = "a \"quoted\" text"
        return row
    }()

    static let extensionUse = ExtensionUse(
        role: .homeAgent, type: 38, vendor: 9, number: 14, isKnown: true, seen: 9, accepted: 5, skipped: 3, refused: 1,
        lastSource: IPv4Address(192, 0, 2, 1), lastSeen: Samples.start)

    static let mobileNodeStatus: MobileNodeStatus = {
        var row = Samples.mobileNodeStatus()
        row.homeAgentSearch = HomeAgentSearch(
            state: .anchored, homeAgent: IPv4Address(10, 0, 0, 2), source: .redirected, redirects: [IPv4Address(10, 0, 0, 1)])
        row.hostConfiguration = ReceivedHostConfiguration(
            prefixLength: 24, domainNameServers: [IPv4Address(10, 0, 0, 53)], dhcpServer: IPv4Address(10, 0, 0, 67),
            defaultGateway: IPv4Address(10, 0, 0, 1), domainNameSuffix: "example.net",
            configurationURL: "https://www.example.net/", received: Samples.start, isApplied: true)
        row.homeAgentIdentity = NetworkAccessIdentifier("ha@example.net")
        row.homeAAAIdentity = NetworkAccessIdentifier("aaa@example.net")
        row.service = ServiceIdentifier("ims")
        return row
    }()

    static let all: [StateChange] = {
        var used = Samples.association(2)
        used.storage = .nonVolatile
        used.use = AssociationUse()
        used.use?.lastUsed = Samples.start
        used.use?.clockOffset = -1500
        used.use?.accepted = .max
        var information = Samples.information(instance: "two")
        information.dataPlane = "kernel"
        (information.durability, information.starts) = ("disk", 4)
        information.addedCareOfAddresses = [IPv4Address(192, 0, 2, 1)]
        information.drain = DrainStatus(
            since: Samples.start, homeAgents: [IPv4Address(10, 0, 0, 2)], redirected: 3, text: "moved", bindings: 5,
            movableBindings: 4)
        let tunnel = MobilityTunnel(
            localAddress: IPv4Address(10, 0, 0, 1), remoteAddress: IPv4Address(192, 0, 2, 1), encapsulation: .ipInIp,
            packetsSent: 3, since: Samples.start)
        let traffic = ForwardedTraffic(role: .homeAgent, homeAddress: IPv4Address(10, 0, 1, 2), octetsToNode: 8)
        let interface = AdvertisingInterface(
            name: "net0", address: IPv4Address(10, 0, 0, 1), prefixLength: 24, destination: .limitedBroadcast,
            maximumRegistrationLifetime: 600, maximumInterval: 10, minimumInterval: 7, advertisementLifetime: 30,
            onlyOnSolicitation: true, includesPrefixLength: true, flags: [.homeAgent, .gre],
            careOfAddresses: [IPv4Address(192, 0, 2, 1)], challengeLength: 8, interfaceIndex: 2,
            nai: NetworkAccessIdentifier("ha@example.net"), sequence: 256, advertisementsSent: 4, recent: Samples.start,
            storage: .volatile)
        var visitor = Samples.visitor(2)
        visitor.nai = NetworkAccessIdentifier("bob@example.net")
        visitor.flags = [.gre]
        visitor.revocation = .agreedInforming
        visitor.service = ServiceIdentifier("ims")
        var registration = Samples.registration(1)
        registration.revocation = .agreed
        return [
            .information(information), .counters(counters), .binding(binding), .bindingRemoved(binding.key, .replaced),
            .visitor(visitor), .visitorRemoved(visitor.key, .denied), .association(used), .associationRemoved(used.key),
            .violation(Samples.violation(1)), .violationRemoved(Samples.violation(1).key),
            .mobileNode(Samples.mobileNode(1, deniedCode: 133)), .mobileNodeRemoved(IPv4Address(10, 0, 1, 1)),
            .mobileNodeStatus(mobileNodeStatus), .registration(registration),
            .registrationRemoved(Samples.registration(1).key), .foreignAgent(Samples.foreignAgent(1)),
            .foreignAgentRemoved(Samples.foreignAgent(1).key), .pending(Samples.pending(2, kind: .renewal)),
            .pendingRemoved(Samples.pending(2).key), .tunnel(tunnel), .tunnelRemoved(tunnel.key), .traffic(traffic),
            .trafficRemoved(traffic.key), .advertising(interface), .advertisingRemoved(interface.address),
            .exchange(exchange), .exchangeRemoved(exchange.key), .extensionUse(extensionUse),
            .event(
                AgentEvent(
                    time: Samples.start, kind: .securityViolation, role: .homeAgent, homeAddress: IPv4Address(10, 0, 1, 1),
                    nai: NetworkAccessIdentifier("a@b"), careOfAddress: IPv4Address(192, 0, 2, 1),
                    previousCareOfAddress: IPv4Address(192, 0, 2, 2), homeAgent: IPv4Address(10, 0, 0, 1),
                    sourceAddress: IPv4Address(192, 0, 2, 3), code: 131, violationReason: .badSPI,
                    spi: SecurityParameterIndex(rawValue: .max), message: "a \"quoted\" text")),
        ]
    }()

    /// A change as JSON.
    static func object(_ change: StateChange) throws -> [String: Any] {
        try JSONSerialization.jsonObject(with: JSONEncoder().encode(ChangeRecord(change))) as? [String: Any] ?? [:]
    }

    /// Its kind.
    static func member(_ change: StateChange) throws -> ChangeKind? {
        try object(change).keys.first.flatMap { ChangeKind(rawValue: $0) }
    }
}

/// The paths within a JSON value, and the values found there.
enum JSONPlaces {
    typealias Path = [String]

    /// Every object, by its path; elements of lists are numbered in it.
    static func objects(_ value: Any, _ path: Path = []) -> [Path] {
        switch value {
        case let object as [String: Any]:
            [path] + object.sorted { $0.key < $1.key }.flatMap { objects($0.value, path + [$0.key]) }
        case let list as [Any]: list.enumerated().flatMap { objects($0.element, path + ["\($0.offset)"]) }
        default: []
        }
    }

    /// Every string.
    static func texts(_ value: Any, _ path: Path = []) -> [Path] {
        switch value {
        case let object as [String: Any]: object.sorted { $0.key < $1.key }.flatMap { texts($0.value, path + [$0.key]) }
        case let list as [Any]: list.enumerated().flatMap { texts($0.element, path + ["\($0.offset)"]) }
        case is String: [path]
        default: []
        }
    }

    /// Every number and Boolean that is a member.
    static func numbers(_ value: Any, _ path: Path = []) -> [Path] {
        switch value {
        case let object as [String: Any]: object.sorted { $0.key < $1.key }.flatMap { numbers($0.value, path + [$0.key]) }
        case let list as [Any]: list.enumerated().flatMap { numbers($0.element, path + ["\($0.offset)"]) }
        case is NSNumber: [path]
        default: []
        }
    }

    /// The same value with another one at a path; nil removes what is there.
    static func replacing(_ value: Any, at path: Path, by other: Any?) -> Any {
        guard let first = path.first else { return other ?? NSNull() }
        let rest = Array(path.dropFirst())
        if var object = value as? [String: Any] {
            object[first] = rest.isEmpty ? other : object[first].map { replacing($0, at: rest, by: other) }
            return object
        }
        if var list = value as? [Any], let index = Int(first) {
            list[index] = replacing(list[index], at: rest, by: other)
            return list
        }
        return value
    }
}
