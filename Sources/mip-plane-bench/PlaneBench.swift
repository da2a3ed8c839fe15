import ArgumentParser

@main
struct PlaneBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mip-plane-bench",
        abstract: "Runs and measures the data plane without an agent.",
        subcommands: [RunCommand.self, SendCommand.self, ReceiveCommand.self, MeasureCommand.self])
}
