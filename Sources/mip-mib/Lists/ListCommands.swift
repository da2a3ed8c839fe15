import ArgumentParser

// One command per list; `ListCommand` is what they share.

struct BindingsCommand: ListCommand {
    static let configuration = CommandConfiguration(
        commandName: "bindings", abstract: "List the mobility bindings of home agents.", usage: "mip-mib bindings [<options>]",
        discussion: list.help(
            """
            Flags: S simultaneous, B broadcast, D decapsulation by the mobile node, M minimal encapsulation, G GRE, T reverse tunnel.

            Examples:
              mip-mib bindings
              mip-mib bindings --home-address 10.0.0.0/8 --output json
              mip-mib bindings --where 'timeRemaining<60' --sort timeRemaining
              mip-mib bindings --columns homeAddress,careOfAddress,expires --output csv
            """))
    static let list = RowList.bindings

    @OptionGroup var source: SourceOptions
    @OptionGroup var nodes: NodeOptions
    @OptionGroup var listing: ListOptions

    func conditions() throws -> [RowCondition] { try nodes.conditions() }
}

struct VisitorsCommand: ListCommand {
    static let configuration = CommandConfiguration(
        commandName: "visitors", abstract: "List the visitors of foreign agents.", usage: "mip-mib visitors [<options>]",
        discussion: list.help(
            """
            Examples:
              mip-mib visitors
              mip-mib visitors --where homeAgent=192.0.2.1 --output wide
            """))
    static let list = RowList.visitors

    @OptionGroup var source: SourceOptions
    @OptionGroup var nodes: NodeOptions
    @OptionGroup var listing: ListOptions

    func conditions() throws -> [RowCondition] { try nodes.conditions() }
}

struct PendingCommand: ListCommand {
    static let configuration = CommandConfiguration(
        commandName: "pending", abstract: "List visitors' requests that the home agent has not answered yet.",
        usage: "mip-mib pending [<options>]",
        discussion: list.help(
            """
            Examples:
              mip-mib pending --sort sent
            """))
    static let list = RowList.pending

    @OptionGroup var source: SourceOptions
    @OptionGroup var nodes: NodeOptions
    @OptionGroup var listing: ListOptions

    func conditions() throws -> [RowCondition] { try nodes.conditions() }
}

struct AssociationsCommand: ListCommand {
    static let configuration = CommandConfiguration(
        commandName: "associations", abstract: "List the mobility security associations of agents; keys are never shown.",
        usage: "mip-mib associations [<options>]",
        discussion: list.help(
            """
            Examples:
              mip-mib associations --where peerRole=foreignAgent
            """))
    static let list = RowList.associations

    @OptionGroup var source: SourceOptions
    @OptionGroup var listing: ListOptions
}

struct ViolationsCommand: ListCommand {
    static let configuration = CommandConfiguration(
        commandName: "violations", abstract: "List who violated security, how often, and the latest violation of each.",
        usage: "mip-mib violations [<options>]",
        discussion: list.help(
            """
            Examples:
              mip-mib violations --sort -count --limit 10
            """))
    static let list = RowList.violations

    @OptionGroup var source: SourceOptions
    @OptionGroup var listing: ListOptions
}

struct MobileNodesCommand: ListCommand {
    static let configuration = CommandConfiguration(
        commandName: "mobile-nodes", abstract: "Show what home agents have done for each mobile node.",
        usage: "mip-mib mobile-nodes [<options>]",
        discussion: list.help(
            """
            Examples:
              mip-mib mobile-nodes --sort -denied --limit 10
            """))
    static let list = RowList.mobileNodes

    @OptionGroup var source: SourceOptions
    @OptionGroup var listing: ListOptions
}

struct TunnelsCommand: ListCommand {
    static let configuration = CommandConfiguration(
        commandName: "tunnels", abstract: "List the tunnels of agents and mobile nodes, and their traffic.",
        usage: "mip-mib tunnels [<options>]",
        discussion: list.help(
            """
            The counts are those of the datagrams inside the tunnel, without its headers.

            Examples:
              mip-mib tunnels --sort -octetsSent
            """))
    static let list = RowList.tunnels

    @OptionGroup var source: SourceOptions
    @OptionGroup var listing: ListOptions
}

struct TrafficCommand: ListCommand {
    static let configuration = CommandConfiguration(
        commandName: "traffic", abstract: "Show the traffic forwarded for each mobile node.",
        usage: "mip-mib traffic [<options>]",
        discussion: list.help(
            """
            Examples:
              mip-mib traffic --sort -octetsToNode --limit 10
            """))
    static let list = RowList.traffic

    @OptionGroup var source: SourceOptions
    @OptionGroup var listing: ListOptions
}

struct AdvertisementsCommand: ListCommand {
    static let configuration = CommandConfiguration(
        commandName: "advertisements", abstract: "List the interfaces on which agents advertise themselves.",
        usage: "mip-mib advertisements [<options>]",
        discussion: list.help(
            """
            Flags: R registration required, B busy, H home agent, F foreign agent, M minimal encapsulation, G GRE, \
            T reverse tunnel, U UDP tunnel, X revocation, I regional registration.

            Examples:
              mip-mib advertisements --output wide
            """))
    static let list = RowList.advertisements

    @OptionGroup var source: SourceOptions
    @OptionGroup var listing: ListOptions
}

struct NodeCommand: ListCommand {
    static let configuration = CommandConfiguration(
        commandName: "node", abstract: "Show the mobile nodes on this machine, and where each believes it is.",
        usage: "mip-mib node [<options>]",
        discussion: list.help(
            """
            State: home, registered, pending, isolated or unknown (mnState).

            Examples:
              mip-mib node --output yaml
            """))
    static let list = RowList.node

    @OptionGroup var source: SourceOptions
    @OptionGroup var listing: ListOptions
}

struct RegistrationsCommand: ListCommand {
    static let configuration = CommandConfiguration(
        commandName: "registrations", abstract: "List the registrations of mobile nodes on this machine.",
        usage: "mip-mib registrations [<options>]",
        discussion: list.help(
            """
            Examples:
              mip-mib registrations --where isAccepted=false
            """))
    static let list = RowList.registrations

    @OptionGroup var source: SourceOptions
    @OptionGroup var listing: ListOptions
}

struct ForeignAgentsCommand: ListCommand {
    static let configuration = CommandConfiguration(
        commandName: "foreign-agents", abstract: "List the foreign agents that mobile nodes on this machine hear.",
        usage: "mip-mib foreign-agents [<options>]",
        discussion: list.help(
            """
            Examples:
              mip-mib foreign-agents
            """))
    static let list = RowList.foreignAgents

    @OptionGroup var source: SourceOptions
    @OptionGroup var listing: ListOptions
}

struct ExchangesCommand: ListCommand {
    static let configuration = CommandConfiguration(
        commandName: "exchanges",
        abstract: "List the revocations and notifications that agents and mobile nodes have sent or received.",
        usage: "mip-mib exchanges [<options>]",
        discussion: list.help(
            """
            State: waiting for an acknowledgment, acknowledged, refused, unanswered, superseded by another registration, sent without \
            asking for an acknowledgment, or received from the peer. An agent remembers the latest exchanges that have ended. Delay \
            is the time until the acknowledgment.

            Examples:
              mip-mib exchanges --sort -number --limit 20
              mip-mib exchanges --home-address 10.0.0.7 --output wide
              mip-mib exchanges --where state=unanswered
              mip-mib exchanges --where kind=notification
            """))
    static let list = RowList.exchanges

    @OptionGroup var source: SourceOptions
    @OptionGroup var nodes: NodeOptions
    @OptionGroup var listing: ListOptions

    func conditions() throws -> [RowCondition] { try nodes.conditions() }
}

struct ExtensionsCommand: ListCommand {
    static let configuration = CommandConfiguration(
        commandName: "extensions",
        abstract: "List the vendor and experimental extensions that home and foreign agents have received.",
        usage: "mip-mib extensions [<options>]",
        discussion: list.help(
            """
            Types 38 and 134 are vendor extensions (RFC 3115), 127 and 255 experimental ones (RFC 4064), 0 experimental messages. \
            A row with vendor 4294967295 and number 65535 counts those of its type for which there was no room.

            Examples:
              mip-mib extensions --sort -seen
              mip-mib extensions --where isKnown=false --output wide
              mip-mib extensions --where vendor=9 --where 'refused>0'
            """),
        // The name of the list in the JSON API.
        aliases: ["extension-uses"])
    static let list = RowList.extensionUses

    @OptionGroup var source: SourceOptions
    @OptionGroup var listing: ListOptions
}

struct HistoryCommand: ListCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "List bindings and visits that have ended, and why.",
        usage: "mip-mib history [<options>]",
        discussion: list.help(
            """
            Only a management daemon keeps a history of an agent, for as long as it follows the agent. Without --url and --snmp, \
            the mip-mibd on this machine is read.

            Examples:
              mip-mib history --home-address 10.0.0.7
              mip-mib history --snmp 127.0.0.1 --where endReason=expired --sort -ended --limit 10
            """))
    static let list = RowList.history

    @OptionGroup var source: SourceOptions
    @OptionGroup var nodes: NodeOptions
    @OptionGroup var listing: ListOptions

    func conditions() throws -> [RowCondition] { try nodes.conditions() }
}

struct AgentsCommand: ListCommand {
    static let configuration = CommandConfiguration(
        commandName: "agents",
        abstract: "List agents with their version, their start time and how current their data is.",
        usage: "mip-mib agents [<options>]",
        discussion: list.help(
            """
            Examples:
              mip-mib agents --output wide
            """))
    static let list = RowList.agents

    @OptionGroup var source: SourceOptions
    @OptionGroup var listing: ListOptions
}
