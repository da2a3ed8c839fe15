import AgentModel
import ArgumentParser
import MobileIPv4

struct EnableCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enable", abstract: "Enable registration.", usage: "mip-mib enable [<options>]",
        discussion: "Example: mip-mib enable")
    @OptionGroup var place: TargetOptions
    @OptionGroup var options: ChangeOptions

    func run() async throws {
        // Enabling loses nothing, so there is no confirmation.
        if options.dryRun { return try await options.apply(.enabled(true), at: place, done: "registration is enabled") }
        let target = try await place.target()
        _ = try await target.apply(.enabled(true), validate: false)
        print("registration is enabled")
        await ChangeOptions.warnIfLost(at: target)
    }
}

struct DisableCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "disable", abstract: "Disable registration; revoke what can be revoked, and let the rest expire.",
        usage: "mip-mib disable [<options>]",
        discussion: "Example: mip-mib disable --yes")
    @OptionGroup var place: TargetOptions
    @OptionGroup var options: ChangeOptions

    func run() async throws {
        try options.confirm("Refuse all registrations from now on?")
        if options.dryRun {
            return try await options.apply(.enabled(false), at: place, done: "registration is disabled")
        }
        let target = try await place.target()
        _ = try await target.apply(.enabled(false), validate: false)
        print("registration is disabled")
        await ChangeOptions.warnIfLost(at: target)
    }
}

struct UndoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo", abstract: "Undo a change within 60 seconds, with the token it printed.",
        usage: "mip-mib undo [<options>] <token>",
        discussion: """
            Only the agent can undo a change: this needs its control socket, and does not work with --url.

            Example: mip-mib undo 5f2c --socket /run/mip-mib/home.sock
            """)

    @Argument(help: "The token that the change printed.") var token: String
    @OptionGroup var place: TargetOptions

    func run() async throws {
        try await place.target().undo(token)
        print("the change is undone")
    }
}

struct CareOfCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "care-of", abstract: "Change the care-of addresses that a foreign agent offers.",
        discussion: "Care-of addresses in the agent's configuration file can be changed only there.",
        subcommands: [Add.self, Remove.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Offer a care-of address.", usage: "mip-mib care-of add [<options>] <address>",
            discussion: "Example: mip-mib care-of add 192.0.2.1")
        @Argument(help: "The address.") var address: String
        @OptionGroup var place: TargetOptions
        @OptionGroup var options: ChangeOptions

        func run() async throws {
            let own = try mip_mib.address(address, example: "192.0.2.1")
            try options.confirm("Offer the care-of address \(own)?")
            try await options.apply(.addCareOfAddress(own), at: place, done: "the care-of address \(own) is offered")
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Stop offering a care-of address; visits that use it stay until they expire.",
            usage: "mip-mib care-of remove [<options>] <address>",
            discussion: "Example: mip-mib care-of remove 192.0.2.1 --dry-run")
        @Argument(help: "The address.") var address: String
        @OptionGroup var place: TargetOptions
        @OptionGroup var options: ChangeOptions

        func run() async throws {
            let own = try mip_mib.address(address, example: "192.0.2.1")
            try options.confirm("Stop offering the care-of address \(own)?")
            try await options.apply(
                .removeCareOfAddress(own), at: place, done: "the care-of address \(own) is no longer offered")
        }
    }
}

/// An address from the command line.
func address(_ text: String, named name: String = "", example: String) throws -> IPv4Address {
    guard let address = IPv4Address(text) else {
        throw CommandFailure.usage("\(name)'\(text)' is invalid; expected an IPv4 address such as \(example)")
    }
    return address
}
