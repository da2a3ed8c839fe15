import AgentControl
import AgentModel
import JSON
import MobileIPv4

@testable import mip_mib

extension Exception {
    /// Each is a property of the interface, which stays as it is when facts are added.
    static let all: [Exception] = [
        Exception(
            interface: .varlink, kinds: [.replyCode],
            reason: "A code is a number on the wire; which there are is IANA's registry to say."),
        Exception(
            interface: .openAPI, kinds: [.counter],
            reason: "Counters have one schema, objects of numbers by name, so that a new one changes nothing for clients."),
        Exception(
            interface: .openAPI, kinds: [.replyCode], reason: "A code is an integer; /v1/vocabulary has those that are assigned."),
        Exception(
            interface: .openAPI, kinds: [.member, .word],
            names: { nodeTypes.contains($0.parts.owner) },
            reason: "What a mobile node says of itself is read by its control socket and by SNMP; HTTP has its lists."),
        Exception(
            interface: .mib, kinds: [.counter],
            names: { fact in AgentCounters.declared.contains { $0.path == fact.name && $0.object == nil && isCount($0) } },
            reason: "MIP-MIB counts what a foreign agent receives in one object, whether it registers or deregisters."),
        Exception(
            interface: .mib, kinds: [.eventKind],
            names: { fact in AgentEventKind(rawValue: fact.name)?.descriptor.isNotified == false },
            reason: "A notification is for what an operator is woken for; the kind says whether it is one."),
        Exception(
            interface: .mib, kinds: [.member], names: { $0.parts.own == "expires" },
            reason: "The tables count down to the end of a row; the time of it is no object."),
        Exception(
            interface: .mib, kinds: [.member], names: { $0.name == "AdvertisingInterface.careOfAddresses" },
            reason: "A column holds no list; faCOATable has the addresses."),
        Exception(
            interface: .mib, kinds: [.member], names: { ["PendingRegistration.nai", "MobileNodeService.nai"].contains($0.name) },
            reason: "The index of the table is the identity of the node."),
        Exception(
            interface: .mib, kinds: [.member],
            names: { ["NodeRegistration.homeAgent", "NodeRegistration.reverseTunnel"].contains($0.name) },
            reason: "mnRegistrationTable has the agent that a request went to, and the flags that asked for the tunnel."),
        Exception(
            interface: .mib, kinds: [.member], names: { $0.name == "Traffic.role" },
            reason: "Which table a row of traffic is in says the role: that of bindings or that of visitors."),
        Exception(
            interface: .mib, kinds: [.member],
            names: { ["AgentInformation.name", "AgentInformation.addedHomeAgents"].contains($0.name) },
            reason: "mipExtAgentName is the name that management gives an agent, and mnHATable has no column for who made a row."),
        Exception(
            interface: .mib, kinds: [.word], names: { $0.parts.owner == "AuthenticationAlgorithm" },
            reason: "The MIB has the hash and the mode of an algorithm in two objects."),
        Exception(
            interface: .mib, kinds: [.word], names: { $0.name == "RegistrationFlags.reservedX" },
            reason: "BITS of the MIB name no bit that is reserved."),
        Exception(
            interface: .mib, kinds: [.setting],
            names: { fact in Setting.all.contains { $0.name == fact.name && $0.scalar == nil && $0.column == nil } },
            reason: "SNMP has a setting only where a MIB defines an object for it, which its declaration then names."),
        Exception(
            interface: .snmpMapping, kinds: [.counter, .word], names: { fact in all.contains { $0.covers(fact, .mib) } },
            reason: "What the MIB does not have by itself cannot be read from it; algorithms are put together again."),
        Exception(
            interface: .snmpMapping, kinds: [.eventKind],
            reason: "SNMP is asked for rows; notifications go to a manager's receiver."),
        Exception(
            interface: .snmpMapping, kinds: [.member, .setting], names: isDeclaredDifference,
            reason: "SourceDifference declares what a list lacks by SNMP, and docs/command.md prints it."),
        Exception(
            interface: .metrics, kinds: [.eventKind, .member, .word, .setting],
            reason: "Metrics are counts and levels of an agent; of settings they have those that a level is held against."),
        Exception(
            interface: .metrics, kinds: [.replyCode],
            names: { fact in
                !AgentRole.allCases.contains { role in role.repliesSent.contains { "\($0.rawValue)" == fact.name } }
            },
            reason: "A code that no role sends has a sample only once it occurs."),
        Exception(
            interface: .metrics, kinds: [.counter],
            names: { fact in
                AgentCounters.declared.contains {
                    if case .sumOfCodes = $0.metric { $0.path == fact.name } else { false }
                }
            },
            reason: "The samples by code add up to it, and a sum beside its parts would be counted twice."),
        Exception(
            interface: .vocabulary, kinds: [.counter, .member, .setting],
            reason: "The vocabulary explains codes and words; a counter's help is in its metric, a member's sense in its schema."),
        Exception(
            interface: .vocabulary, kinds: [.word],
            names: {
                [
                    "RegistrationFlags", "AdvertisementFlags", "AgentRole", "AuthenticationAlgorithm", "ReplayMethod",
                    "ReverseTunnel", "StorageType",
                ]
                .contains($0.parts.owner)
            },
            reason:
                "Flags, roles, algorithms, ways of delivery and types of storage are shown as the RFCs and the MIB write them."),
    ]

    /// What a mobile node says of itself, and the words that only that has.
    private static let nodeTypes: Set<String> = [
        MobileNodeStatus.typeName, KnownHomeAgent.typeName, HeardAdvertisement.typeName, MobileNodeState.wordList.name,
    ]

    private static func isCount(_ counter: CounterDescriptor) -> Bool { if case .count = counter.value { true } else { false } }

    private static func isDeclaredDifference(_ fact: Fact) -> Bool {
        let (list, path): (String, String)
        switch fact.kind {
        // A list of agents is made of scalars.
        case .setting: return Setting.all.contains { $0.name == fact.name && $0.scalar == nil }
        default:
            guard let place = Presence.lists[fact.parts.owner] else { return false }
            (list, path) = (place.list, place.path + fact.parts.own)
        }
        return SourceDifference.members(of: list, from: .snmp).contains { $0.members.contains(path) }
    }
}
