import AgentModel
import MIPMIB
import MIPTesting
import ManagementCore
import MobileIPv4
import Testing

/// An agent with one role or all, with rows in every table and with extreme values.
struct FullAgent: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let roles: [AgentRole]

    static let all = [
        FullAgent(testDescription: "home agent", roles: [.homeAgent]),
        FullAgent(testDescription: "foreign agent", roles: [.foreignAgent]),
        FullAgent(testDescription: "mobile node", roles: [.mobileNode]),
        FullAgent(testDescription: "all in one", roles: [.foreignAgent, .homeAgent, .mobileNode]),
    ]

    static let longest = NetworkAccessIdentifier(String(repeating: "é", count: 127) + "x")
    static let tunnel = MobilityTunnelKey(
        localAddress: IPv4Address(10, 0, 0, 1), remoteAddress: IPv4Address(192, 0, 2, 1), encapsulation: .minEnc)

    var view: MIBView {
        get throws {
            var information = Samples.information(roles: roles)
            information.dataPlane = "kernel"
            information.version = String(repeating: "v", count: 300)
            information.stateError = String(repeating: "é", count: 300)
            (information.durability, information.starts) = ("disk", .max)
            information.challengeWindow = .max
            information.maximumBindings = .max
            (information.retransmissionTimeout, information.retransmissionTries) = (60, 16)
            information.addresses += [AgentAddress(role: .foreignAgent, address: .limitedBroadcast, port: .max)]
            information.addedCareOfAddresses = [IPv4Address(192, 0, 2, 1)]
            if roles.contains(.homeAgent) {
                information.drain = DrainStatus(since: Samples.start, homeAgents: [.limitedBroadcast], redirected: .max)
            }
            var changes: [StateChange] = [.information(information), .counters(counters)]
            changes += roles.contains(.homeAgent) ? try home : []
            changes += roles.contains(.foreignAgent) ? try foreign : []
            changes += roles.contains(.mobileNode) ? node : []
            changes += try shared
            return MIBView(
                state: AgentState(name: "full", changes: changes, agentTime: Samples.start.adding(milliseconds: 1500)),
                notifications: NotificationState(
                    sent: [.event(.expired): .max], suppressed: [.event(.revoked): SuppressionCounts([.queue: 3])],
                    alarms: [.bindings]),
                sysUpTime: .max)
        }
    }

    private var counters: AgentCounters {
        var home = HomeAgentCounters()
        home.repliesSentByCode[.accepted] = .max
        home.discards[.malformed] = .max
        var foreign = ForeignAgentCounters()
        foreign.repliesSentByCode[ReplyCode(rawValue: 255)] = 1
        foreign.repliesReceivedByCode[.accepted] = 2
        var node = MobileNodeCounters()
        node.repliesReceivedByCode[.haIdentificationMismatch] = 3
        var all = AgentCounters(
            homeAgent: roles.contains(.homeAgent) ? home : nil, foreignAgent: roles.contains(.foreignAgent) ? foreign : nil,
            mobileNode: roles.contains(.mobileNode) ? node : nil)
        all.securityViolations = .max
        all.forwarding = ForwardingCounters()
        return all
    }

    private var shared: [StateChange] {
        get throws {
            let nai = try #require(Self.longest)
            var association = Samples.association(1)
            association.peer = .nai(nai)
            association.spi = SecurityParameterIndex(rawValue: .max)
            association.replayTolerance = .max
            association.storage = .volatile
            var use = AssociationUse()
            use.lastUsed = Samples.start
            use.clockOffset = .min
            association.use = use
            var violation = Samples.violation(1)
            violation.violator = .nai(nai)
            violation.recentIdentification = Identification(rawValue: .max)
            return Self.exchanges + [
                .association(Samples.association(0)), .association(association), .violation(Samples.violation(0)),
                .violation(violation),
                .tunnel(
                    MobilityTunnel(
                        localAddress: Self.tunnel.localAddress, remoteAddress: Self.tunnel.remoteAddress, encapsulation: .minEnc,
                        packetsSent: .max)),
                .advertising(
                    AdvertisingInterface(
                        name: "eth0", address: IPv4Address(10, 0, 0, 1), prefixLength: 32, destination: .limitedBroadcast,
                        maximumRegistrationLifetime: .max, maximumInterval: 1800, minimumInterval: 3, advertisementLifetime: 9000,
                        onlyOnSolicitation: true, includesPrefixLength: false, flags: AdvertisementFlags(rawValue: .max),
                        careOfAddresses: [], challengeLength: 255, interfaceIndex: 0x7FFF_FFFF, sequence: .max,
                        recent: Samples.start)),
            ]
        }
    }

    /// With and without the members that an exchange may lack.
    private static let exchanges: [StateChange] = [
        .exchange(ExchangeTests.waiting),
        .exchange(
            Exchange(
                number: .max, kind: .notification, role: .mobileNode, peer: .limitedBroadcast, peerRole: .homeAgent,
                homeAddress: .limitedBroadcast, nai: longest, homeAgent: .limitedBroadcast, careOfAddress: .limitedBroadcast,
                state: .received, tries: .max, started: Samples.start, nextTry: Samples.start, ended: Samples.start,
                delay: .max, code: .max, reason: .peerRevoked, informsNode: true, text: String(repeating: "é", count: 300))),
    ]

    private static func extensionUse(of role: AgentRole) -> StateChange {
        .extensionUse(
            ExtensionUse(
                role: role, type: 255, vendor: .max, number: .max, isKnown: true, seen: .max, accepted: .max, skipped: .max,
                refused: .max, lastSource: .limitedBroadcast, lastSeen: Samples.start))
    }

    private var home: [StateChange] {
        get throws {
            var binding = Samples.binding(1, lifetime: .max)
            binding.nai = Self.longest
            binding.flags = RegistrationFlags(rawValue: .max)
            binding.identification = Identification(rawValue: .max)
            var node = Samples.mobileNode(1, deniedCode: 200)
            node.nai = Self.longest
            node.serviceTime = .max
            return [
                .binding(binding), .mobileNode(node), .bindingRemoved(Samples.binding(2).key, .expired),
                .binding(Samples.binding(3)),
                .bindingRemoved(Samples.binding(3).key, .administrativelyRevoked),
                .traffic(ForwardedTraffic(role: .homeAgent, homeAddress: binding.homeAddress, octetsToNode: .max)),
                Self.extensionUse(of: .homeAgent),
            ]
        }
    }

    private var foreign: [StateChange] {
        get throws {
            var visitor = Samples.visitor(1)
            visitor.nai = Self.longest
            visitor.expires = nil
            visitor.lifetimeGranted = .max
            return [
                .visitor(visitor), .visitor(Samples.visitor(2, state: .pending)), Self.extensionUse(of: .foreignAgent),
                .pending(
                    PendingRegistration(
                        homeAddress: .zero, nai: Self.longest, homeAgent: IPv4Address(10, 0, 0, 1), kind: .deregistration,
                        sent: Samples.start, retransmissions: .max, expires: Samples.start)),
            ]
        }
    }

    private var node: [StateChange] {
        var status = Samples.mobileNodeStatus(.isolated)
        status.nai = Self.longest
        return [
            .mobileNodeStatus(status), .foreignAgent(Samples.foreignAgent(1)), .registration(Samples.registration(1)),
            .registration(Samples.registration(2, isAccepted: false)),
        ]
    }
}

@Suite("Values and their syntax")
struct SyntaxTests {
    /// Objects whose value is outside their syntax because RFC 2006 says so.
    static let exempt: Set<String> = ["mipSecKey"]

    @Test(
        "Every value conforms to the syntax of its object, and every index to that of its index objects", arguments: FullAgent.all
    )
    func values(_ agent: FullAgent) throws {
        let view = try agent.view
        let mib = MIPMIB()
        for (oid, value) in MIBSearchTests.walk(view) {
            let found = mib.object(of: oid.span)
            let (object, instance) = try #require(found)
            if !Self.exempt.contains(object.name) {
                #expect(Self.fits(value, object.syntax), "\(object.name).\(instance) = \(value)")
            }
            if object.isColumn { #expect(Self.fits(instance, object.index), "\(object.name).\(instance)") }
            let got = mib.get(oid.span, in: view)
            #expect(got == .value(value), "\(object.name)")
        }
    }

    @Test("Every readable object has an instance if its role is played", arguments: FullAgent.all)
    func presence(_ agent: FullAgent) throws {
        let mib = MIPMIB()
        let found = Set(MIBSearchTests.walk(try agent.view).compactMap { mib.object(of: $0.oid.span)?.object.name })
        for object in mib.objects where object.access.isReadable {
            #expect(found.contains(object.name) == Self.belongs(object.name, to: agent.roles), "\(object.name)")
        }
    }

    @Test(
        "Before the agent is heard from and after its state is withdrawn, only the objects about the connection and notifications are available"
    )
    func nothing() throws {
        let directory = try TemporaryDirectory()
        let view = MIBView(state: ManagedAgent(name: "a", socketPath: directory.file("none")).state(), sysUpTime: 5)
        let names = Set(MIBReading(view).values.keys.map { String($0.prefix { $0 != "." }) })
        #expect(
            names == [
                "mipExtAgentName", "mipExtSourceStatus", "mipExtSourceLastError", "mipExtSourceConnections",
                "mipExtSourceRestarts",
                "mipExtNotifyEnabled", "mipExtNotifySent", "mipExtNotifySuppressed", "mipExtNotifyNodeInterval",
                "mipExtNotifyMaximumRate", "mipExtHistorySize", "mipExtHistoryLimit",
            ])
    }

    /// Whether an object belongs to one of the roles, by its descriptor, according to the modules.
    static func belongs(_ name: String, to roles: [AgentRole]) -> Bool {
        func has(_ prefixes: [String]) -> Bool { prefixes.contains { name.hasPrefix($0) } }
        if has(["ha", "mipExtHa", "mipExtBinding", "mipExtNode", "mipExtDrain"]) { return roles.contains(.homeAgent) }
        if has(["fa", "mipExtFa", "mipExtVisitor", "mipExtPending"]) { return roles.contains(.foreignAgent) }
        if has(["mn", "mipExtMn", "mipExtHeard"]) { return roles.contains(.mobileNode) }
        if has([
            "maAdvertisementsSent", "maAdvsSent", "maSolicitations", "mipExtOutcome", "mipExtEnd", "mipExtHistory",
            "mipExtExtensionUse",
        ]) {
            // Sizes and limits are always available; the rows are of the home agent's bindings.
            if ["mipExtHistorySize", "mipExtHistoryLimit"].contains(name) { return true }
            if name.hasPrefix("mipExtHistory") { return roles.contains(.homeAgent) }
            return roles.contains(.homeAgent) || roles.contains(.foreignAgent)
        }
        return true
    }

    static func fits(_ value: MIBValue, _ syntax: MIBSyntax) -> Bool { syntax.fault(in: .value(value)) == nil }

    /// Whether the sub-identifiers are values of the index objects in order (RFC 2578 §7.7).
    static func fits(_ instance: [UInt], _ index: [MIBIndexObject]) -> Bool {
        var rest = instance[...]
        for part in index {
            let count: UInt?
            switch part.syntax.base {
            case .ipAddress: count = 4
            case .octetString: count = rest.popFirst()
            default: count = 1
            }
            guard let count, rest.count >= count else { return false }
            let own = rest.prefix(Int(count))
            rest = rest.dropFirst(Int(count))
            let octets = own.compactMap { UInt8(exactly: $0) }
            let isFitting =
                switch part.syntax.base {
                case .ipAddress: octets.count == 4
                case .octetString: octets.count == own.count && fits(.octets(octets), part.syntax)
                case .unsigned32: fits(.unsigned(UInt32(truncatingIfNeeded: own[own.startIndex])), part.syntax)
                default: fits(.integer(Int32(truncatingIfNeeded: own[own.startIndex])), part.syntax)
                }
            guard isFitting else { return false }
        }
        return rest.isEmpty
    }
}
