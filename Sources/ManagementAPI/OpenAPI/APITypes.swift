import AgentModel
import ManagementCore
import MobileIPv4

/// The row types that the control interface does not define, in the same notation.
enum APITypes {
    static let text = """
        # A managed agent: what it reports about itself, and how current that is. `age` is seconds since the agent was last heard.
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

        # What this mip-mibd does not know in an agent's messages and has ignored: kinds of change, rows, members and words, with the names
        # of the first ones. Absent while everything is known.
        type UnknownVocabulary (changes: int, rows: int, members: int, words: int, names: []string)

        # The settings of an agent that an operator may change: registration on or off (`enabled`), and the requirements and limits of its
        # roles.
        \(SettingsRow.description)

        # A home agent that moves its nodes to the other home agents `homeAgents`. `redirected` counts the requests that it has redirected since
        # it began. `text` is what revocations and refusals say, empty for nothing. `bindings` are those that are left; of these it ends the
        # `movableBindings`, whose other end it can inform. The three numbers are updated at most once a second.
        type Drain (
          since: Timestamp,
          homeAgents: []IPv4Address,
          redirected: int,
          text: string,
          bindings: int,
          movableBindings: int
        )

        # Which SNMP notifications are sent about an agent, and how many have been sent since the daemon started. `nodeInterval` is in seconds,
        # `maximumRate` per minute, `historyLimit` in rows; `thresholds` are percentages of capacity, and `alarms` lists the resources that have
        # reached theirs. While SNMP is off, nothing is sent, `enabled` is empty, and only `historyLimit` can be changed.
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

        # An alarm is sent when use rises to `rising`, and ends when use falls to `falling`.
        type CapacityThreshold (rising: int, falling: int)

        type CapacityThresholds (\(list(CapacityResource.self, ": CapacityThreshold")))

        # What `/v1/status` returns; `snmp` is absent when SNMP is off.
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

        # The state of SNMP. `variablesServed` counts varbinds, `handlerCalls` the handler calls that answered them.
        type SNMPStatus (
          mode: (agentx, standalone),
          connection: (disconnected, refused, serving),
          lastError: ?string,
          variablesServed: int,
          handlerCalls: int
        )

        # What `/v1` returns: the version of the daemon, the path of the whole description, and a sentence on each path.
        type ResourceIndex (version: string, document: string, resources: []IndexedResource)

        type IndexedResource (path: string, about: string)

        # What `/readyz` returns with the status 200. Only the data from agents decides about 200 and 503.
        type Readiness (status: (ready), parts: []ReadinessPart)

        # One part of the daemon: `name` is the agent or the path of a file, `detail` says what is wrong and what to do. Agents have the status
        # of their `connection`, SNMP that of its own, the Unix socket `listening` or `missing`, the state file `writable` or `unwritable`,
        # the state that an agent keeps (`agentState`) `saved` or `notSaved`.
        type ReadinessPart (part: (\(list(Readiness.Part.Kind.self))), name: ?string, status: string, detail: ?string)

        # On whose behalf the server takes the requests of this client: `actor` is the name of the token; without one, `unix:` and the user
        # at the Unix socket, or the kind of listener. The role `read` can see everything, `write` can also make changes. `acceptsTokens`
        # is false where nobody can sign in.
        type Session (actor: string, role: (\(list(AccessRole.self))), hasToken: bool, acceptsTokens: bool)

        # The human-readable meaning of the codes and words in answers. It does not change while the daemon runs.
        type Vocabulary (
          replyCodes: []CodeMeaning,
          eventKinds: []WordMeaning,
          endReasons: []WordMeaning,
          encapsulations: []WordMeaning,
          visitorStates: []WordMeaning,
          violationReasons: []WordMeaning,
          discardReasons: []WordMeaning,
          requestKinds: []WordMeaning,
          mobileNodeStates: []WordMeaning,
          agentRoles: []WordMeaning,
          exchangeKinds: []WordMeaning,
          exchangeStates: []WordMeaning,
          revocationAgreements: []WordMeaning,
          homeAgentSearchStates: []WordMeaning,
          homeAgentSources: []WordMeaning,
          connections: []WordMeaning
        )

        # An assigned reply code: who sends it (`either` is an acceptance), and the RFC that defines it, where one does.
        type CodeMeaning (
          code: int,
          label: string,
          meaning: string,
          giver: (\(list(ReplyCodeDeclaration.Giver.self))),
          rfc: ?int,
          accepted: bool
        )

        # A word as it appears in answers, and its human-readable title. `tone` is present where some words of the list are better or worse
        # than others.
        type WordMeaning (word: string, title: string, tone: ?(\(list(Tone.self))))

        # An event about a node, an agent, or the management of an agent. `id` goes into Last-Event-ID; `audit` is present for `changed`.
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

        # Who changed what. `before` and `after` are the row before and after the change; each is absent where there was no row. There is no
        # member for a key.
        type AuditRecord (actor: string, from: string, request: string, before: ?object, after: ?object)

        # How many rows the tables have.
        type RowCounts (bindings: int, visitors: int, associations: int, violations: int)

        # A binding (homeAgent) or a visit (foreignAgent) that ended, and why. `index` increases with each row created.
        type EndedRegistration (
          index: int,
          role: AgentRole,
          homeAddress: IPv4Address,
          careOfAddress: IPv4Address,
          homeAgent: IPv4Address,
          nai: ?string,
          created: Timestamp,
          ended: Timestamp,
          endReason: EndReason,
          renewals: int,
          packetsToNode: int,
          octetsToNode: int,
          packetsFromNode: int,
          octetsFromNode: int
        )

        # Outcomes of the requests of one kind that one role has received since the agent started.
        type Outcome (
          role: AgentRole,
          kind: (initial, renewal, deregistration),
          received: int,
          accepted: int,
          denied: int,
          discarded: int
        )

        # How many replies with one code were sent or received since the agent started. Codes with no replies are omitted.
        type CodeCount (role: AgentRole, direction: (sent, received), code: int, meaning: ?string, count: int)

        # How many messages were discarded for one reason since the agent started. `role` is absent for messages discarded before it was known
        # which role they were for.
        type DiscardCount (role: ?AgentRole, reason: DiscardReason, count: int)

        # How many bindings (homeAgent) or visits (foreignAgent) ended for one reason since the agent started, as far as mip-mibd observed them.
        type EndCount (role: AgentRole, reason: EndReason, count: int)

        # A care-of address that a foreign agent offers. `isAdded` is true if an operator added it while the agent was running.
        type CareOfAddress (address: IPv4Address, isAdded: bool)

        # A home agent that a mobile node knows. `isAdded` is true if an operator added it while the node was running.
        type NodeHomeAgent (address: IPv4Address, isCurrent: bool, isAdded: bool)
        """

    private static func list<Word: CaseIterable & RawRepresentable<String>>(_: Word.Type, _ form: String = "") -> String {
        Word.allCases.map { $0.rawValue + form }.joined(separator: ", ")
    }
}
