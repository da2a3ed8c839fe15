import AgentModel
import ArgumentParser
import MobileIPv4

struct NotifyCommand: AsyncParsableCommand {
    /// Who gets the text.
    enum Receivers: String, CaseIterable, ExpressibleByArgument {
        case nodes
        case foreignAgents = "foreign-agents"
        case homeAgents = "home-agents"

        var role: AgentRole {
            switch self {
            case .nodes: .mobileNode
            case .foreignAgents: .foreignAgent
            case .homeAgents: .homeAgent
            }
        }
    }

    static let configuration = CommandConfiguration(
        commandName: "notify", abstract: "Send a text to mobile nodes, or to the agents that serve them.",
        usage: "mip-mib notify [<options>] <target> ... <text>",
        discussion: """
            A target is a home address, a network of home addresses, a network access identifier, a realm such as @example.net, \
            or 'all'. Each mobile node that is \
            registered at the agent gets a notification of its own (RFC 6098); with --to, the foreign agents or home agents that serve \
            these nodes get one each. Only those that share a security association with the agent can.

            With several agents, the home agent sends, or the foreign agent if there is no home agent; to home agents, the foreign \
            agent. --agent chooses another one. A mobile node sends to its own agents.

            Without --wait, 'mip-mib exchanges --where kind=notification' shows who has acknowledged the text. With it, the exit status \
            is 1 if anyone has not. A text cannot be taken back.

            Examples:
              mip-mib notify 10.0.0.7 'Your registration ends at 22:00'
              mip-mib notify 10.1.0.0/16 alice@example.net 'Maintenance at 22:00' --yes --wait 60
              mip-mib notify all 'Restart at 22:00' --to foreign-agents --dry-run
            """)

    @Argument(help: ArgumentHelp("Who gets the text, and at the end the text: 1 to 254 bytes on one line.", valueName: "target"))
    var words: [String]
    @Option(help: ArgumentHelp("Who of those at the targets gets the text.", valueName: "receivers")) var to = Receivers.nodes
    @Flag(help: "Do not ask for acknowledgments; the text is sent once to each.") var noAcknowledgment = false
    @Option(
        help: ArgumentHelp("Wait at most this long for the acknowledgments, and show them.", valueName: "seconds"),
        transform: { try WholeNumber.parse($0, as: Int.self) })
    var wait: Int?
    @OptionGroup var place: TargetOptions
    @OptionGroup var options: ChangeOptions

    func validate() throws {
        if let wait, !(1...3600).contains(wait) {
            throw ValidationError("--wait \(wait) is invalid; expected 1 to 3600 seconds")
        }
    }

    func run() async throws {
        let orders = try makeOrders()
        try options.confirm("Send the text to \(receivers)?")
        let target = try await place.target(for: .notify(orders[0]))
        if options.dryRun {
            try await target.send(orders, validate: true)
            return print("this would be done: the text is sent to \(receivers)")
        }
        guard let wait else {
            try await target.send(orders, validate: false)
            return print(
                "the text is sent to \(receivers); 'mip-mib exchanges --where kind=notification' shows who has acknowledged it")
        }
        let before = try await target.deliveries(after: 0).map(\.number).max() ?? 0
        try await target.send(orders, validate: false)
        var report = DeliveryReport(of: orders[0].text, after: before)
        try await report.follow(target, atMost: .seconds(wait))
    }

    /// An order for each target.
    private func makeOrders() throws -> [NotificationOrder] {
        guard let text = words.last, words.count > 1 else {
            throw CommandFailure.usage("expected a target and a text, as in mip-mib notify 10.0.0.7 'Maintenance at 22:00'")
        }
        return try words.dropLast().map { word in
            var order = NotificationOrder(to: to.role, text: text, acknowledged: !noAcknowledgment)
            if let prefix = IPv4Address(word).map({ IPv4Prefix(host: $0) }) ?? IPv4Prefix(word) {
                order.homeAddresses = prefix
            } else if word.contains("@"), let nai = NetworkAccessIdentifier(word) {
                order.nai = nai
            } else if word != "all" {
                throw CommandFailure.usage(
                    "the target '\(word)' is invalid; expected a home address such as 10.0.0.7, a network such as 10.1.0.0/16, a "
                        + "network access identifier such as alice@example.net, a realm such as @example.net, or all")
            }
            do throws(ChangeRefusal) { try order.check() } catch { throw CommandFailure.usage(error.reason) }
            return order
        }
    }

    /// The receivers in words.
    private var receivers: String {
        let noun =
            switch to {
            case .nodes: "mobile nodes"
            case .foreignAgents: "foreign agents"
            case .homeAgents: "home agents"
            }
        let targets = words.dropLast()
        if targets.contains("all") { return "all \(noun)" }
        return "the \(noun) \(to == .nodes ? "" : "of ")\(targets.joined(separator: ", "))"
    }
}
