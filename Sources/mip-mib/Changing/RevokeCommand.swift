import AgentModel
import ArgumentParser
import MobileIPv4

struct RevokeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "End bindings at a home agent, or visits at a foreign agent.",
        usage: "mip-mib revoke [<options>] <target>",
        discussion: """
            The target is a home address, a network of home addresses, a network access identifier, or 'all'. --care-of and \
            --home-agent leave only the registrations through one foreign agent or at one home agent. An agent ends all of them or \
            none; --dry-run shows how many there are.

            With several agents, the home agent that has a binding of the home address is asked, otherwise the foreign agent that has a \
            visit. For other targets it is the home agent, and with --home-agent the foreign agent. --agent chooses another one, and \
            is needed if several can be meant.

            If both ends of a registration agreed on revocation (RFC 3543), they inform each other and the mobile node; \
            'mip-mib exchanges' shows whether that was acknowledged. Otherwise the other agent is not informed; \
            a foreign agent still informs its visitor, a home agent nobody. \
            The text of --text is for the other end, which shows it to its operator, or to the user of a node without a foreign agent.

            Examples:
              mip-mib revoke 10.0.0.7
              mip-mib revoke 10.0.0.7 --care-of 192.0.2.1 --yes
              mip-mib revoke alice@example.net --text 'moved to maintenance'
              mip-mib revoke all --care-of 192.0.2.1 --dry-run
              mip-mib revoke all --home-agent 198.51.100.1 --agent foreign
            """)

    @Argument(help: "Whose registrations end.") var target: String
    @Option(name: .customLong("care-of"), help: ArgumentHelp("Only those with this care-of address.", valueName: "address"))
    var careOf: String?
    @Option(help: ArgumentHelp("Only those at this home agent.", valueName: "address")) var homeAgent: String?
    @Option(help: ArgumentHelp("A text for the other end, 1 to 254 bytes on one line.", valueName: "text")) var text: String?
    @OptionGroup var place: TargetOptions
    @OptionGroup var options: ChangeOptions

    func run() async throws {
        let order = try makeOrder()
        // A change that agents of earlier versions make as well.
        if let home = IPv4Address(target), order.homeAgent == nil, order.text.isEmpty {
            return try await end(home, order.careOfAddress)
        }
        try options.confirm("End \(registrations)?")
        let ended = try await place.target(for: .revoke(order)).revoke(order, validate: options.dryRun)
        let what = "\(RegistrationKind.counted(ended, nil))\(whose)"
        print(options.dryRun ? "this would be done: \(what) \(ended == 1 ? "is" : "are") ended" : "\(what) ended")
    }

    private func end(_ home: IPv4Address, _ careOf: IPv4Address?) async throws {
        let change = AgentChange.endBinding(homeAddress: home, careOfAddress: careOf)
        try options.confirm("End the registration of \(home)?")
        if options.dryRun { return try await options.apply(change, at: place, done: "the registration of \(home) is ended") }
        let ended = try await place.target(for: change).revoke(homeAddress: home, careOfAddress: careOf)
        print("\(RegistrationKind.counted(ended.count, ended.kind)) of \(home) ended")
    }

    private func makeOrder() throws -> RevocationOrder {
        var order = RevocationOrder(
            careOfAddress: try careOf.map { try address($0, named: "--care-of ", example: "192.0.2.1") },
            homeAgent: try homeAgent.map { try address($0, named: "--home-agent ", example: "198.51.100.1") })
        if let prefix = IPv4Address(target).map({ IPv4Prefix(host: $0) }) ?? IPv4Prefix(target) {
            order.homeAddresses = prefix
        } else if target.contains("@"), !target.hasPrefix("@"), let nai = NetworkAccessIdentifier(target) {
            order.nai = nai
        } else if target != "all" {
            throw CommandFailure.usage(
                "'\(target)' is invalid; expected a home address such as 10.0.0.7, a network such as 10.1.0.0/16, a network access "
                    + "identifier such as alice@example.net, or all")
        }
        if let text {
            do throws(ChangeRefusal) { try OperatorText.check(text) } catch { throw CommandFailure.usage(error.reason) }
            order.text = text
        }
        return order
    }

    /// The registrations in words.
    private var registrations: String { (target == "all" ? "all registrations" : "the registrations") + whose }

    /// Whose they are, to follow a noun.
    private var whose: String {
        (target == "all" ? "" : " of \(target)") + (careOf.map { " with care-of address \($0)" } ?? "")
            + (homeAgent.map { " at home agent \($0)" } ?? "")
    }
}
