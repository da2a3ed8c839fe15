import AgentModel
import ManagementCore
import MobileIPv4

/// The types of rows that the control interface does not have, in the same notation.
enum APITypes {
    static let text = """
        # An agent under management: what it says of itself, and how current that is. `age` is seconds since the agent was last heard.
        type Agent (
          connection: (connecting, synchronizing, synchronized, stale, down),
          age: ?float,
          lastError: ?string,
          connections: int,
          restarts: int,
          information: ?AgentInformation,
          counts: RowCounts,
          historyLimit: int,
          unknown: ?UnknownVocabulary
        )

        # What of an agent's words this management does not know and has passed over: kinds of change, rows, members and words, and what
        # the first of them are called. Absent while all is known.
        type UnknownVocabulary (changes: int, rows: int, members: int, words: int, names: []string)

        # What an operator may set of an agent: registration on or off (`enabled`), and demands and limits of the roles it plays.
        \(SettingsRow.description)

        # Which SNMP notifications are sent about an agent and how many were since the daemon started. `nodeInterval` is seconds, `maximumRate`
        # a minute, `historyLimit` rows; `thresholds` are percent of capacity, `alarms` what has reached them. While SNMP is off nothing is sent,
        # `enabled` is empty, and `historyLimit` alone can be changed.
        type Notifications (
          enabled: []NotificationKind,
          nodeInterval: int,
          maximumRate: int,
          historyLimit: int,
          thresholds: CapacityThresholds,
          alarms: []CapacityResource,
          sent: NotificationCounts,
          suppressed: NotificationCounts
        )

        type NotificationKind (\(list(NotificationKind.self)))

        type NotificationCounts (\(list(NotificationKind.self, ": int")))

        type CapacityResource (\(list(CapacityResource.self)))

        # An alarm is sent when `rising` is reached from below, and ends when use falls to `falling`.
        type CapacityThreshold (rising: int, falling: int)

        type CapacityThresholds (\(list(CapacityResource.self, ": CapacityThreshold")))

        # What `/v1/status` tells; without `snmp` SNMP is off.
        type Status (agents: []AgentStatus, snmp: ?SNMPStatus)

        type AgentStatus (
          agent: string,
          connection: (connecting, synchronizing, synchronized, stale, down),
          age: ?float,
          lastError: ?string,
          connections: int,
          restarts: int,
          information: ?AgentInformation,
          counts: RowCounts,
          unknown: ?UnknownVocabulary
        )

        # How SNMP stands. `variablesServed` counts varbinds, `handlerCalls` what answered them.
        type SNMPStatus (
          mode: (agentx, standalone),
          connection: (disconnected, refused, serving),
          lastError: ?string,
          variablesServed: int,
          handlerCalls: int
        )

        # What codes and words in answers mean to people. It is the same as long as the daemon runs.
        type Vocabulary (
          replyCodes: []CodeMeaning,
          eventKinds: []WordMeaning,
          endReasons: []WordMeaning,
          encapsulations: []WordMeaning,
          visitorStates: []WordMeaning,
          violationReasons: []WordMeaning,
          discardReasons: []WordMeaning,
          requestKinds: []WordMeaning,
          mobileNodeStates: []WordMeaning
        )

        # An assigned reply code: who gives it (`either` is an acceptance), and the RFC that defines it, where one does.
        type CodeMeaning (
          code: int,
          label: string,
          meaning: string,
          giver: (\(list(ReplyCodeDeclaration.Giver.self))),
          rfc: ?int,
          accepted: bool
        )

        # A word as answers have it and as people read it. `tone` is there where words of the list are better or worse than others.
        type WordMeaning (word: string, title: string, tone: ?(\(list(Tone.self))))

        # Something that happened to a node, an agent, or the management of one. `id` goes into Last-Event-ID; `audit` is there for `changed`.
        type StreamedEvent (
          id: string,
          agent: string,
          time: Timestamp,
          kind: (\(EventFilter.kinds.joined(separator: ", "))),
          role: ?AgentRole,
          homeAddress: ?IPv4Address,
          nai: ?string,
          careOfAddress: ?IPv4Address,
          previousCareOfAddress: ?IPv4Address,
          homeAgent: ?IPv4Address,
          sourceAddress: ?IPv4Address,
          code: ?int,
          violationReason: ?ViolationReason,
          spi: ?int,
          message: string,
          audit: ?AuditRecord
        )

        # Who changed what: `before` and `after` are the row, absent where there was or is none. It has no place for a key.
        type AuditRecord (actor: string, from: string, request: string, before: ?object, after: ?object)

        # How many rows the tables have.
        type RowCounts (bindings: int, visitors: int, associations: int, violations: int)

        # A binding (homeAgent) or a visit (foreignAgent) that ended, and why. `index` grows with each row made.
        type EndedRegistration (
          index: int,
          role: AgentRole,
          homeAddress: IPv4Address,
          careOfAddress: IPv4Address,
          homeAgent: IPv4Address,
          nai: ?string,
          created: Timestamp,
          ended: Timestamp,
          endReason: (deregistered, expired, replaced, administrativelyRevoked, denied, timedOut, evicted),
          renewals: int,
          packetsToNode: int,
          octetsToNode: int,
          packetsFromNode: int,
          octetsFromNode: int
        )

        # What became of the requests of one kind that one role has received, since the agent started.
        type Outcome (
          role: AgentRole,
          kind: (initial, renewal, deregistration),
          received: int,
          accepted: int,
          denied: int,
          discarded: int
        )

        # How many replies with one code were sent or received, since the agent started. Codes without any are left out.
        type CodeCount (role: AgentRole, direction: (sent, received), code: int, meaning: ?string, count: int)

        # How many messages were discarded for one reason, since the agent started. Without a role: before it was known whom they are for.
        type DiscardCount (role: ?AgentRole, reason: DiscardReason, count: int)

        # How many bindings (homeAgent) or visits (foreignAgent) ended for one reason since the agent started, as far as it was followed.
        type EndCount (role: AgentRole, reason: EndReason, count: int)

        # A care-of address that a foreign agent offers. `isAdded` is true for one that was added by an operator while the agent ran.
        type CareOfAddress (address: IPv4Address, isAdded: bool)

        # A home agent that a mobile node knows. `isAdded` is true for one that was added by an operator while the node ran.
        type NodeHomeAgent (address: IPv4Address, isCurrent: bool, isAdded: bool)
        """

    private static func list<Word: CaseIterable & RawRepresentable<String>>(_: Word.Type, _ form: String = "") -> String {
        Word.allCases.map { $0.rawValue + form }.joined(separator: ", ")
    }
}
