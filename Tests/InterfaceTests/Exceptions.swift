import AgentControl
import AgentModel
import JSON
import MobileIPv4

@testable import mip_mib

extension Exception {
    /// Each one follows from a property of the interface that does not change when facts are added.
    static let all: [Exception] = [
        Exception(
            interface: .varlink, kinds: [.replyCode],
            reason: "A code is a number on the wire; IANA's registry defines which codes exist."),
        Exception(
            interface: .openAPI, kinds: [.counter],
            reason: "All counters share one schema, objects of numbers by name, so that clients accept new counters."),
        Exception(
            interface: .openAPI, kinds: [.replyCode], reason: "A code is an integer; /v1/vocabulary lists the assigned ones."),
        Exception(
            interface: .mib, kinds: [.counter],
            names: { fact in AgentCounters.declared.contains { $0.path == fact.name && $0.object == nil && isCount($0) } },
            reason: "MIP-MIB counts all requests that a foreign agent receives in one object, deregistrations included."),
        Exception(
            interface: .mib, kinds: [.eventKind],
            names: { fact in AgentEventKind(rawValue: fact.name)?.descriptor.isNotified == false },
            reason: "Notifications are for events that an operator is woken up for; each kind declares whether it is one."),
        Exception(
            interface: .mib, kinds: [.member], names: { $0.parts.own == "expires" },
            reason: "The tables count down to the end of a row; the time of the end is not an object."),
        Exception(
            interface: .mib, kinds: [.member], names: { $0.name == "AdvertisingInterface.careOfAddresses" },
            reason: "A column cannot hold a list; faCOATable has the addresses."),
        Exception(
            interface: .mib, kinds: [.member], names: { $0.name == "PendingRegistration.nai" },
            reason: "The index of the table is the identity of the node."),
        Exception(
            interface: .mib, kinds: [.member],
            names: {
                ["NodeRegistration.homeAgent", "NodeRegistration.reverseTunnel", "NodeRegistration.revocation"].contains($0.name)
            },
            reason:
                "mnRegistrationTable has the agent that the request went to, and the flags that requested the tunnel. It does not "
                + "know revocation; the home agent's mipExtBindingRevocation shows the agreement."),
        Exception(
            interface: .mib, kinds: [.member], names: { $0.name == "Traffic.role" },
            reason: "The table that a traffic row is in determines its role: the table of bindings or that of visitors."),
        Exception(
            interface: .mib, kinds: [.member],
            names: { ["AgentInformation.name", "AgentInformation.addedHomeAgents"].contains($0.name) },
            reason: "mipExtAgentName is the name given to an agent by management, and mnHATable has no column for a row's origin."
        ),
        Exception(
            interface: .mib, kinds: [.word], names: { $0.parts.owner == "AuthenticationAlgorithm" },
            reason: "The MIB has the hash and the mode of an algorithm in two objects."),
        Exception(
            interface: .mib, kinds: [.word], names: { $0.name == "RegistrationFlags.reservedX" },
            reason: "BITS in the MIB do not name reserved bits."),
        Exception(
            interface: .mib, kinds: [.setting],
            names: { fact in Setting.all.contains { $0.name == fact.name && $0.scalar == nil && $0.column == nil } },
            reason: "SNMP has a setting only where a MIB defines an object for it, which the setting's declaration names."),
        Exception(
            interface: .snmpMapping, kinds: [.counter, .word], names: { fact in all.contains { $0.covers(fact, .mib) } },
            reason: "What the MIB does not have as such cannot be read from it; algorithms are recombined from two objects."),
        Exception(
            interface: .snmpMapping, kinds: [.eventKind],
            reason: "SNMP is polled for rows; notifications go to a manager's receiver."),
        Exception(
            interface: .snmpMapping, kinds: [.member, .setting], names: isDeclaredDifference,
            reason: "SourceDifference declares what a list lacks over SNMP, and docs/command.md lists it."),
        Exception(
            interface: .metrics, kinds: [.eventKind, .member, .word, .setting],
            reason: "Metrics are counts and levels of an agent; their only settings are those that a level is compared with."),
        Exception(
            interface: .metrics, kinds: [.replyCode],
            names: { fact in
                !AgentRole.allCases.contains { role in role.repliesSent.contains { "\($0.rawValue)" == fact.name } }
            },
            reason: "A code that no role sends has a sample only after it has occurred."),
        Exception(
            interface: .metrics, kinds: [.counter],
            names: { fact in
                AgentCounters.declared.contains {
                    if case .sumOfCodes = $0.metric { $0.path == fact.name } else { false }
                }
            },
            reason: "It is the sum of the samples by code, and a sum next to its parts would be counted twice."),
        Exception(
            interface: .vocabulary, kinds: [.counter, .member, .setting],
            reason: "The vocabulary explains codes and words; the metric explains a counter, and the schema a member."),
        Exception(
            interface: .vocabulary, kinds: [.word],
            names: {
                [
                    "RegistrationFlags", "AdvertisementFlags", "AuthenticationAlgorithm", "ReplayMethod", "ReverseTunnel",
                    "StorageType",
                ]
                .contains($0.parts.owner)
            },
            reason:
                "Flags, algorithms, delivery styles and storage types are shown as the RFCs and the MIB spell them."),
    ]

    private static func isCount(_ counter: CounterDescriptor) -> Bool { if case .count = counter.value { true } else { false } }

    private static func isDeclaredDifference(_ fact: Fact) -> Bool {
        let (list, path): (String, String)
        switch fact.kind {
        // A list of agents is built from scalars.
        case .setting: return Setting.all.contains { $0.name == fact.name && $0.scalar == nil }
        default:
            guard let place = Presence.lists[fact.parts.owner] else { return false }
            (list, path) = (place.list, place.path + fact.parts.own)
        }
        return SourceDifference.members(of: list, from: .snmp).contains { $0.members.contains(path) }
    }
}
