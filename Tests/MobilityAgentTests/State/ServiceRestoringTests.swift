import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

@Suite("Bindings with a service after a restart")
struct ServiceRestoringTests {
    /// A home agent that offers these services, each to these nodes; nobody is named for a service that is for every node.
    private static func configuration(
        _ services: [(name: String, allowed: [String])], isOn: Bool = true
    ) -> MobilityAgentConfiguration {
        var configuration = Lab.homeAgentConfiguration {
            $0.services = services.compactMap { service in
                let allowed = service.allowed.compactMap { NAIPattern($0) }
                return ServiceIdentifier(service.name).map { ServicePolicy($0, allowed: allowed) }
            }
        }
        configuration.settings.discovery.serviceSelection = isOn
        return configuration
    }

    /// A node is bound with the service `voip`.
    private static func bound() throws -> KeptBench {
        var old = KeptBench(configuration([("ims", []), ("voip", [])]))
        old.bench.receive(Request(old.bench) { $0.before = [151, 4] + Array("voip".utf8) }.octets)
        #expect(old.bench.bindings.map(\.service) == [ServiceIdentifier("voip")])
        return old
    }

    @Test("A binding goes on with its service while the home agent has it, or does not look at services")
    func kept() throws {
        let old = try Self.bound()
        for configuration in [nil, Self.configuration([], isOn: false)] {
            let new = try old.restarted(after: 10, configuration: configuration)
            #expect(new.bench.bindings == old.bench.bindings)
        }
    }

    @Test("A binding ends whose service the configuration has lost, or no longer lets its node use")
    func lost() throws {
        let old = try Self.bound()
        let cases: [([(name: String, allowed: [String])], String)] = [
            ([("ims", [])], "no longer has the service 'voip'"), ([], "no longer has the service 'voip'"),
            ([("voip", ["@example.net"])], "no longer permits the node to use the service 'voip'"),
        ]
        for (services, words) in cases {
            let new = try old.restarted(after: 10, configuration: Self.configuration(services))
            #expect(new.bench.bindings.isEmpty && new.forwarded.isEmpty)
            let messages = new.restored.compactMap { if case .event(let event) = $0 { event.message } else { nil } }
            #expect(messages.count == 1 && messages.first?.contains(words) == true)
        }
    }
}
