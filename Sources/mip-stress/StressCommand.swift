import ArgumentParser

/// Attacks on the engines, and load for running agents.
@main
struct StressCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mip-stress", abstract: "Attacks the engines of agents and nodes, or runs many nodes at real agents.",
        subcommands: [MutantCommand.self, FleetCommand.self], defaultSubcommand: MutantCommand.self)
}
