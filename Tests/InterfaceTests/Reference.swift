import AgentControl
import AgentModel
import JSON
import ManagementCore
import MobileIPv4

@testable import ManagementAPI

/// `docs/reference.md`, generated from the declarations.
enum Reference {
    static var markdown: String {
        """
        # Reference

        All settings, counters, reply codes, kinds of event and words in the interfaces of mip-mib, by name. This page is generated from
        the declarations in the source: `MIP_WRITE_GOLDEN=1 scripts/test --filter InterfaceTests`. For the members of rows, see the
        [description of the control interface](../Sources/AgentControl/org.mipmib.agent.varlink); for SNMP, see [mib.md](mib.md).

        ## Settings
        An operator can change these while an agent runs: `PATCH /v1/settings/AGENT`. An agent starts with the values in its configuration
        file.

        \(table(["setting", "of", "values", "default", "in the configuration file", "meaning"], settings))

        ## Counters
        Counters count from the start of the agent. The names are those in `/v1/counters` and `mip-mib counters`. The names of metrics end
        in `_total`.

        \(table(["counter", "metric", "MIB object", "counts"], counters))

        ## Reply codes
        Sent by the home agent (HA), the foreign agent (FA), a gateway foreign agent (GFA) or a correspondent node (CN). Codes with a check
        mark are sent by the agents of this project.

        \(table(["code", "name", "meaning", "sent by", "defined in", "implemented"], codes))

        ## Kinds of event
        Kinds of event in `/v1/events` and `mip-mib events`, with the level of their log lines.

        \(table(["kind", "log level", "notification"], events))

        ## Words

        \(table(["list", "words", "an unknown word reads as"], words))

        """
    }

    private static func table(_ heading: [String], _ rows: [[String]]) -> String {
        ([heading, heading.map { _ in "---" }] + rows).map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
    }

    private static func code(_ text: String) -> String { "`\(text)`" }

    private static var settings: [[String]] {
        Setting.all.map { setting in
            let section = setting.role.map { $0.rawValue + "." } ?? ""
            return [
                code(setting.name), setting.role?.rawValue ?? "every agent", setting.possible, "\(setting.usual)",
                code(section + setting.file), setting.sentence,
            ]
        }
    }

    private static var counters: [[String]] {
        AgentCounters.declared.map { counter in
            let metric: String? =
                switch counter.value {
                case .count: CounterMetrics.name(of: counter)
                case .codes(let direction, _): CounterMetrics.name(ofCodes: direction, of: counter.group)
                default: nil
                }
            return [code(counter.path), metric.map(code) ?? "", counter.object.map(code) ?? "", counter.sentence]
        }
    }

    private static var codes: [[String]] {
        let sent = Set(AgentRole.allCases.flatMap(\.repliesSent))
        return ReplyCodeDeclaration.all.map { declaration in
            let giver: String =
                switch declaration.giver {
                case .either: "HA"
                case .homeAgent: "HA"
                case .foreignAgent: "FA"
                case .gatewayForeignAgent: "GFA"
                case .correspondentNode: "CN"
                }
            return [
                "\(declaration.code.rawValue)", code(declaration.label), declaration.meaning, giver,
                declaration.rfc.map { "RFC \($0)" } ?? "IANA", sent.contains(declaration.code) ? "✓" : "",
            ]
        }
    }

    private static var events: [[String]] {
        AgentEventKind.allCases.map { kind in
            let name = NotificationKind.event(kind).name
            return [
                code(kind.rawValue), "\(kind.descriptor.level)", kind.descriptor.isNotified ? code(name) : "",
            ]
        }
    }

    private static var words: [[String]] {
        Fact.words.map { [$0.name, $0.words.map(code).joined(separator: ", "), $0.unknown.map(code) ?? ""] }
    }
}
