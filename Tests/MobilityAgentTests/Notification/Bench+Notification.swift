import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

extension Bench {
    /// Sends a text; returns its effects, and the refusal if there is one.
    mutating func notify(_ order: NotificationOrder) -> (effects: AgentEffects, refusal: ChangeRefusal?) {
        var effects = AgentEffects()
        do throws(ChangeRefusal) {
            _ = try agent.notify(order, at: now, effects: &effects)
            return (effects, nil)
        } catch {
            return (effects, error)
        }
    }

    /// Sends a text that must have a receiver; returns the first datagram.
    mutating func send(_ order: NotificationOrder) throws -> OutgoingDatagram {
        let (effects, refusal) = notify(order)
        #expect(refusal == nil)
        return try #require(effects.datagrams.first)
    }

    /// Changes settings of signalling.
    mutating func set(_ fill: (inout SignallingSettings) -> Void) { #expect(apply(.signalling(SignallingSettings(fill))) == nil) }

    /// Why a text is refused before it is sent; nil if it is not.
    func refusal(of order: NotificationOrder, after reserved: Int = 0) -> ChangeRefusal? {
        do throws(ChangeRefusal) {
            try agent.check(notify: order, after: reserved)
            return nil
        } catch {
            return error
        }
    }

    /// The exchanges that are notifications, in the order of their numbers.
    var notifications: [Exchange] {
        snapshot(limit: 50).compactMap { if case .exchange(let row) = $0, row.kind == .notification { row } else { nil } }
            .sorted { $0.number < $1.number }
    }
}

/// A home agent and a foreign agent with a node that is registered through both, each with its own bench.
enum NotificationLab {
    static let ofNode = Lab.association()
    static let text = "Maintenance at 20:00 UTC"

    /// A home agent with a binding through a foreign agent that shares an association.
    static func home(
        _ associations: [ConfiguredSecurityAssociation] = [ofNode, Lab.ofForeignAgent],
        _ configure: (inout HomeAgentConfiguration) -> Void = { _ in }
    ) throws -> Bench {
        var bench = Bench(Lab.homeAgentConfiguration(associations, configure))
        let signs = associations.contains { $0.association.peerRole == .foreignAgent }
        let request = Request(visiting: bench) {
            $0.signatures = signs ? [(.foreignHomeAuthentication, Lab.ofForeignAgent)] : []
        }
        let reply = try Reply(bench.receive(request.octets, from: Lab.foreignAgent))
        #expect(reply?.code == 0)
        return bench
    }

    /// A home agent with the binding of a node that registers directly.
    static func direct() throws -> Bench {
        var bench = Bench(Lab.homeAgentConfiguration([ofNode, Lab.ofForeignAgent]))
        let reply = try Reply(bench.receive(Request(bench).octets))
        #expect(reply?.code == 0)
        return bench
    }

    /// A foreign agent with a visitor that a home agent has accepted.
    static func foreign(
        _ associations: [ConfiguredSecurityAssociation] = [Lab.ofVisitor, Lab.ofHomeAgent],
        _ configure: (inout ForeignAgentConfiguration) -> Void = { _ in }
    ) throws -> Bench {
        var bench = Bench(Lab.foreignAgentConfiguration(associations, configure))
        try visit(&bench, associations)
        return bench
    }

    /// Registers the visitor of the lab at a foreign agent.
    static func visit(_ bench: inout Bench, _ associations: [ConfiguredSecurityAssociation]) throws {
        let ofNode = associations.contains { $0.association.peerRole == .mobileNode }
        let ofHomeAgent = associations.contains { $0.association.peerRole == .homeAgent }
        let request = Request(visiting: bench) {
            $0.signatures = ofNode ? [(.mobileForeignAuthentication, Lab.ofVisitor)] : []
        }
        bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)
        let answer = Answer(to: request) { $0.signatures = ofHomeAgent ? [Lab.ofHomeAgent] : [] }
        let delivered = try Reply(bench.receive(answer.octets, from: Lab.homeAgent, to: Lab.foreignAgent))
        #expect(delivered?.code == 0 && bench.visitors.map(\.state) == [.accepted])
    }
}
