public import AgentModel
public import MobileIPv4

/// Rows that give each table the indexes that are hardest to serve: shared by several rows, of the greatest length, of the least, and with
/// 0 and 4294967295 in them.
public enum IndexExtremes {
    public static let lowest = IPv4Address(0, 0, 0, 0)
    public static let highest = IPv4Address(255, 255, 255, 255)

    /// An identifier that is served under several home addresses.
    public static let alice = nai("alice@example.net")

    /// Identifiers of 1, 64, 65 and 255 bytes, one with characters of several bytes, and two of more than 64 bytes that have the same
    /// abbreviation, with a third that looks like it; two with capital letters in the realm, of which one is abbreviated.
    public static let identifiers: [NetworkAccessIdentifier] =
        [
            "a", String(repeating: "u", count: 64), String(repeating: "u", count: 65), String(repeating: "l", count: 255),
            "žluťoučký@kůň.example",
        ]
        .map(nai) + twins + [nai(String(repeating: "n", count: 55) + "~6c7c2444")]
        + capitals

    /// Identifiers with capital letters in the realm, which indexes show as small ones; the second is abbreviated.
    public static let capitals = ["Bob@Example.NET", "Carol@Visited.EXAMPLE." + String(repeating: "R", count: 50)].map(nai)

    /// Two identifiers with the same abbreviation.
    public static let twins = ["00038117", "00108464"].map { nai(String(repeating: "n", count: 55) + "-\($0)@example.net") }

    private static func nai(_ text: String) -> NetworkAccessIdentifier {
        guard let nai = NetworkAccessIdentifier(text) else { preconditionFailure("'\(text)' is not an identifier") }
        return nai
    }

    /// How an agent of all three roles describes itself.
    public static var information: AgentInformation {
        var information = Samples.information(roles: [.homeAgent, .foreignAgent, .mobileNode])
        information.addresses = [lowest, highest, lowest].enumerated().map { number, address in
            AgentAddress(role: .homeAgent, address: address, port: UInt16(434 + number))
        }
        information.careOfAddresses = [highest, lowest, highest]
        return information
    }

    public static var rows: [StateChange] {
        [.counters(AgentCounters(homeAgent: HomeAgentCounters(), foreignAgent: ForeignAgentCounters()))]
            + bindings + visitors + pending + associations + violations + mobileNodes + node + others
    }

    private static let ends = [highest, lowest]
    private static let addresses = [highest, IPv4Address(127, 10, 0, 78), lowest, IPv4Address(127, 10, 0, 77)]

    private static var bindings: [StateChange] {
        addresses.flatMap { home in
            ends.map { careOf in
                var row = Samples.binding(1)
                (row.homeAddress, row.careOfAddress) = (home, careOf)
                return .binding(row)
            }
        } + ends.map { StateChange.bindingRemoved(BindingKey(homeAddress: $0, careOfAddress: highest), .expired) }
    }

    /// For each source address several home addresses, for each identifier several of both, and for 0.0.0.0 every identifier.
    private static var visitors: [StateChange] {
        addresses.flatMap { source in
            addresses.flatMap { home in
                (home == lowest ? [nil] + identifiers.map(Optional.some) : [nil, alice]).map { nai in
                    var row = Samples.visitor(1, source: source)
                    (row.homeAddress, row.nai) = (home, nai)
                    return .visitor(row)
                }
            }
        }
    }

    private static var pending: [StateChange] {
        (identifiers + [alice]).flatMap { nai in
            addresses.map { home in
                var row = Samples.pending(1)
                (row.homeAddress, row.nai) = (home, nai)
                return .pending(row)
            }
        }
            + addresses.map { home in
                var row = Samples.pending(1)
                row.homeAddress = home
                return .pending(row)
            }
    }

    private static let peers: [PeerIdentity] =
        addresses.map(PeerIdentity.address)
        + ["0.0.0.0/0", "255.255.255.255/32"].compactMap { IPv4Prefix($0).map(PeerIdentity.prefix) }
        + identifiers.map(PeerIdentity.nai)

    private static var associations: [StateChange] {
        peers.enumerated().flatMap { number, peer in
            // Twins have the same and different numbers.
            [UInt32.max, 0, 0x8000_0000, 256 + UInt32(number)].map { spi in
                var row = Samples.association(1)
                (row.peer, row.spi) = (peer, SecurityParameterIndex(rawValue: spi))
                if spi == .max {
                    var use = AssociationUse()
                    use.clockOffset = Int32(number)
                    row.use = use
                }
                return .association(row)
            }
        }
    }

    private static var violations: [StateChange] {
        peers.map { peer in
            var row = Samples.violation(1)
            row.violator = peer
            return .violation(row)
        }
    }

    /// One identifier with three home addresses, others with one each, and a node without an identifier.
    private static var mobileNodes: [StateChange] {
        let named = zip([alice, alice, alice] + identifiers, 1...).map { nai, number -> StateChange in
            let homes = [IPv4Address(127, 10, 0, 77), IPv4Address(127, 10, 0, 78), highest]
            var row = Samples.mobileNode(number, deniedCode: number == 2 ? 133 : number.isMultiple(of: 2) ? 131 : nil)
            row.nai = nai
            row.requestsReceived = UInt64(number) * 10
            row.accepted = UInt64(number) * 3
            if number <= homes.count { row.homeAddress = homes[number - 1] }
            return .mobileNode(row)
        }
        var nameless = Samples.mobileNode(0)
        nameless.homeAddress = lowest
        return named + [.mobileNode(nameless)]
    }

    private static var node: [StateChange] {
        let status = MobileNodeStatus(
            state: .registered, homeAddress: highest, nai: identifiers[3],
            homeAgents: [highest, lowest, highest].map { KnownHomeAgent(address: $0, isCurrent: $0 == lowest) },
            recentAdvertisement: Samples.advertisement(1))
        return [.mobileNodeStatus(status)]
            + ends.flatMap { first in
                ends.flatMap { second -> [StateChange] in
                    var registration = Samples.registration(1)
                    (registration.agentAddress, registration.careOfAddress) = (first, second)
                    var agent = Samples.foreignAgent(1)
                    (agent.address, agent.careOfAddress) = (first, second)
                    return [.registration(registration), .foreignAgent(agent)]
                }
            }
    }

    private static var others: [StateChange] {
        let tunnels = ends.flatMap { local in
            ends.flatMap { remote in
                Encapsulation.allCases.map { encapsulation in
                    StateChange.tunnel(MobilityTunnel(localAddress: local, remoteAddress: remote, encapsulation: encapsulation))
                }
            }
        }
        // The first and the last number are not those of an interface.
        let interfaces = [0, UInt32.max, UInt32(Int32.max), 7].flatMap { number in
            [UInt32(0), 0x11, 0x22].map { bits in
                StateChange.advertising(
                    AdvertisingInterface(
                        name: "if\(number)", address: IPv4Address(rawValue: number ^ bits), prefixLength: 24,
                        destination: highest,
                        maximumRegistrationLifetime: 600, maximumInterval: 600, minimumInterval: 450,
                        advertisementLifetime: 1800, onlyOnSolicitation: false, includesPrefixLength: true,
                        flags: [.foreignAgent], careOfAddresses: [], challengeLength: 0, interfaceIndex: number))
            }
        }
        let exchanges = [UInt32.max, 1, 2, 0x8000_0000].map { number in
            var row = Samples.exchange(1)
            row.number = number
            return StateChange.exchange(row)
        }
        let kinds: [(UInt8, UInt32, UInt16)] = [
            (255, 0, 0), (0, 0, 7), (38, .max, .max), (38, 0x8000_0000, 1), (134, 9, 14),
        ]
        let uses = [AgentRole.homeAgent, .mobileNode].flatMap { role in
            kinds.map { type, vendor, number -> StateChange in
                var row = Samples.extensionUse(1)
                (row.role, row.type, row.vendor, row.number) = (role, type, vendor, number)
                return .extensionUse(row)
            }
        }
        return tunnels + interfaces + exchanges + uses
    }
}
