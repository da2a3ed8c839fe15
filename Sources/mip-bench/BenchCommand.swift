import ArgumentParser

/// Measurements of the parts, one subcommand each. Build with `-c release` for figures that mean something.
@main
struct BenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mip-bench", abstract: "Measures the parts of mip-mib.",
        subcommands: [EngineBench.self, AnswersBench.self, MirrorBench.self])
}
