import ArgumentParser

/// Benchmarks, one subcommand each. Build with `-c release` for meaningful figures.
@main
struct BenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mip-bench", abstract: "Measures parts of mip-mib.",
        subcommands: [EngineBench.self, AnswersBench.self, MirrorBench.self])
}
