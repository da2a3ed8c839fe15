import AgentModel
import Foundation
import Testing

@Suite("Counter declarations")
struct CounterDeclarationTests {
    /// The structs whose members are counters, each with all counters at zero.
    private static let owners: [(group: CounterDescriptor.Group, counters: any Sendable & Codable)] = [
        (.daemon, AgentCounters()), (.homeAgent, HomeAgentCounters()), (.foreignAgent, ForeignAgentCounters()),
        (.mobileNode, MobileNodeCounters()), (.forwarding, ForwardingCounters()),
    ]

    @Test("Every stored counter is declared exactly once, in the order of the members", arguments: owners.indices)
    func complete(place: Int) {
        let (group, counters) = Self.owners[place]
        let roles = Set(CounterDescriptor.Group.allCases.map(\.rawValue))
        let members = Mirror(reflecting: counters).children.compactMap(\.label).filter { !roles.contains($0) }
        #expect(members.count > 2)
        #expect(AgentCounters.declared.filter { $0.group == group }.map(\.name) == members)
    }

    /// Counters in JSON with one member set to a number and all others at zero.
    private static func counters(with counter: CounterDescriptor, at number: UInt64) throws -> AgentCounters {
        var all = AgentCounters(
            homeAgent: HomeAgentCounters(), foreignAgent: ForeignAgentCounters(), mobileNode: MobileNodeCounters())
        all.forwarding = ForwardingCounters()
        let data = try JSONEncoder().encode(all)
        var tree = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        if counter.group == .daemon {
            tree[counter.name] = number
        } else {
            var inner = try #require(tree[counter.group.rawValue] as? [String: Any])
            #expect(inner[counter.name] != nil)
            inner[counter.name] = number
            tree[counter.group.rawValue] = inner
        }
        return try JSONDecoder().decode(AgentCounters.self, from: JSONSerialization.data(withJSONObject: tree))
    }

    @Test("A declared counter reads the member with its name and no other")
    func reads() throws {
        for counter in AgentCounters.declared {
            guard case .count = counter.value else { continue }
            let counters = try Self.counters(with: counter, at: 7)
            for other in AgentCounters.declared {
                guard case .count(let value) = other.value else { continue }
                #expect(value(counters) == (other.path == counter.path ? 7 : 0), "\(other.path) of \(counter.path)")
            }
        }
    }

    @Test("Sentences end with a full stop, and no object is declared twice")
    func sentences() {
        let objects = AgentCounters.declared.compactMap(\.object)
        #expect(Set(objects).count == objects.count)
        #expect(AgentCounters.declared.allSatisfy { $0.sentence.hasSuffix(".") && $0.sentence.count > 10 })
    }
}
