import AgentModel
import MIPTesting
import MobileIPv4
import MobilityAgent
import Testing

/// The state of a reader that applies snapshot pages and changes as they arrive.
private struct Mirror {
    var bindings: [BindingKey: Binding] = [:]
    var visitors: [VisitorKey: Visitor] = [:]
    var violations: [PeerIdentity: SecurityViolation] = [:]
    var mobileNodes: [IPv4Address: MobileNodeService] = [:]
    var associations: [SecurityAssociationKey: SecurityAssociation] = [:]
    var information: AgentInformation?
    var pending: [PendingRegistrationKey: PendingRegistration] = [:]
    var exchanges: [ExchangeKey: Exchange] = [:]
    var extensionUses: [ExtensionUseKey: ExtensionUse] = [:]

    mutating func apply(_ changes: [StateChange]) {
        for change in changes {
            switch change {
            case .information(let row): information = row
            case .binding(let row): bindings[row.key] = row
            case .bindingRemoved(let key, _): bindings[key] = nil
            case .visitor(let row): visitors[row.key] = row
            case .visitorRemoved(let key, _): visitors[key] = nil
            case .association(var row):
                // The use is published from time to time, not with each message.
                row.use = nil
                associations[row.key] = row
            case .associationRemoved(let key): associations[key] = nil
            case .violation(let row): violations[row.key] = row
            case .violationRemoved(let key): violations[key] = nil
            case .mobileNode(let row): mobileNodes[row.key] = row
            case .mobileNodeRemoved(let key): mobileNodes[key] = nil
            // Changes of a mobile node, which do not occur in a home or foreign agent.
            case .mobileNodeStatus, .registration, .registrationRemoved, .foreignAgent, .foreignAgentRemoved: break
            // Changes of the daemon, which its engine does not publish.
            case .tunnel, .tunnelRemoved, .traffic, .trafficRemoved, .advertising, .advertisingRemoved: break
            case .pending(let row): pending[row.key] = row
            case .pendingRemoved(let key): pending[key] = nil
            case .exchange(let row): exchanges[row.key] = row
            case .exchangeRemoved(let key): exchanges[key] = nil
            case .extensionUse(let row): extensionUses[row.key] = row
            case .counters, .event: break
            }
        }
    }

    func agrees(with other: Mirror) -> Bool {
        bindings == other.bindings && visitors == other.visitors && violations == other.violations
            && mobileNodes == other.mobileNodes && associations == other.associations && information == other.information
            && pending == other.pending && exchanges == other.exchanges
            && extensionUses == other.extensionUses
    }
}

@Suite struct SnapshotTests {
    private static func crowded() throws -> Bench {
        let prefix = try #require(Lab.homeNetwork)
        var configuration = Lab.homeAgentConfiguration([
            Lab.association(.prefix(prefix)), Lab.association(.address(IPv4Address(10, 1, 1, 1))),
        ])
        configuration.maximumViolators = 4
        configuration.homeAgent?.maximumMobileNodes = 20
        configuration.homeAgent?.settings.limits.maximumBindings = 20
        configuration.foreignAgent = Lab.foreignAgentConfiguration().foreignAgent
        return Bench(configuration)
    }

    /// Performs a random action.
    private static func happen(_ bench: inout Bench, _ random: inout SeededGenerator) {
        let node = IPv4Address(192, 0, 2, .random(in: 10...40, using: &random))
        switch Int.random(in: 0...9, using: &random) {
        case 0: bench.revoke(node)
        case 1: bench.advance(seconds: .random(in: 0...20, using: &random))
        case 2:
            bench.receive(Request(bench) { $0.homeAddress = IPv4Address(10, 0, 0, .random(in: 1...9, using: &random)) }.octets)
        case 3:
            let request = Request(visiting: bench) {
                $0.homeAddress = node
                $0.homeAgent = IPv4Address(198, 51, 100, 9)
            }
            bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)
        default:
            bench.receive(
                Request(bench) {
                    $0.homeAddress = node
                    $0.careOfAddress = IPv4Address(203, 0, 113, .random(in: 1...3, using: &random))
                    $0.lifetime = [0, 5, 30, 600].randomElement(using: &random) ?? 0
                    if Bool.random(using: &random) { $0.flags.insert(.simultaneousBindings) }
                }.octets)
        }
        bench.uptime += 1_000_000
    }

    @Test(
        "Pages read while everything changes, together with the changes, give the same state as one read at the end",
        arguments: TestLength.seeds(20, long: 500))
    func consistency(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var bench = try Self.crowded()
        for _ in 0..<100 { Self.happen(&bench, &random) }
        var mirror = Mirror()
        var position: SnapshotPosition?
        repeat {
            let page = bench.agent.snapshotPage(after: position, limit: 3)
            #expect(page.changes.count <= 3)
            mirror.apply(page.changes)
            position = page.next
            for _ in 0..<5 {
                Self.happen(&bench, &random)
                mirror.apply(bench.effects.changes)
            }
        } while position != nil
        var whole = Mirror()
        whole.apply(bench.snapshot(limit: 1000))
        #expect(mirror.agrees(with: whole))
        #expect(!whole.bindings.isEmpty)
        #expect(whole.associations.count == 2)
    }

    @Test("A snapshot begins with the agent's information and its counters, and ends")
    func order() throws {
        var random = SeededGenerator(seed: 3)
        var bench = try Self.crowded()
        for _ in 0..<50 { Self.happen(&bench, &random) }
        let all = bench.snapshot(limit: 7)
        #expect(all[0] == .information(bench.agent.information))
        #expect(all[1] == .counters(bench.agent.counters))
        #expect(all.count == bench.snapshot(limit: 10_000).count)
    }

    @Test("A snapshot of some topics contains their rows and skips the other tables")
    func someTopics() throws {
        var random = SeededGenerator(seed: 3)
        var bench = try Self.crowded()
        for _ in 0..<100 { Self.happen(&bench, &random) }
        let all = bench.snapshot(limit: 10_000)
        for topic in ControlTopic.allCases {
            let expected = all.filter { ControlTopic(of: $0) == topic }
            let page = bench.agent.snapshotPage(of: [topic], after: nil, limit: 10_000)
            #expect(page.changes.filter { ControlTopic(of: $0) == topic } == expected)
            #expect(page.changes.count <= max(2, expected.count))
            #expect(page.next == nil)
        }
    }

    @Test("A filtered snapshot has exactly the rows that match, by address, by prefix and by NAI")
    func filtered() throws {
        var random = SeededGenerator(seed: 3)
        var bench = try Self.crowded()
        for _ in 0..<100 { Self.happen(&bench, &random) }
        let all = bench.snapshot(limit: 10_000)
        let addresses = Set(all.compactMap { if case .binding(let row) = $0 { row.homeAddress } else { nil } })
        let some = try #require(addresses.min())
        let filters = [
            RowFilter(homeAddresses: IPv4Prefix(host: some)), RowFilter(homeAddresses: IPv4Prefix(containing: some, length: 29)),
            RowFilter(nai: Lab.alice), RowFilter(homeAddresses: .everything), RowFilter(homeAddresses: IPv4Prefix(host: .zero)),
        ]
        for filter in filters {
            var (read, position): ([StateChange], SnapshotPosition?) = ([], nil)
            repeat {
                let page = bench.agent.snapshotPage(matching: filter, after: position, limit: 3)
                read += page.changes
                position = page.next
            } while position != nil
            #expect(read == all.filter(filter.matches))
        }
    }

    @Test("A position that no snapshot returned is the end", arguments: [UInt64.max, 1 << 60, 6 << 48])
    func unknownPosition(_ raw: UInt64) throws {
        let bench = try Self.crowded()
        let page = bench.agent.snapshotPage(after: SnapshotPosition(rawValue: raw), limit: 10)
        #expect(page.changes.isEmpty)
        #expect(page.next == nil)
    }

    @Test("No change contains a key")
    func noKeys() throws {
        let bench = try Self.crowded()
        let text = String(reflecting: bench.snapshot(limit: 100))
        #expect(!text.contains("AuthenticationKey"))
    }

    @Test("The counters' generation increases with every datagram and otherwise stays the same")
    func generation() throws {
        var bench = try Self.crowded()
        let before = bench.agent.countersGeneration
        bench.advance(seconds: 5)
        #expect(bench.agent.countersGeneration == before)
        bench.receive([9])
        #expect(bench.agent.countersGeneration > before)
    }
}
