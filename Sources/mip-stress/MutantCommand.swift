import ArgumentParser
import Foundation

/// Attacks the engines of agents and nodes with messages that are wrong and rightly signed. Build with `-c release` for long runs.
struct MutantCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mutants",
        abstract: "Delivers signed mutants of registrations and notifications to the engines and checks everything that follows.",
        discussion: """
            Every world has a seed from which its configuration and all messages follow. After every message the replies, counters, \
            tables, deadlines and a model of the bindings are checked, and every 32 messages the sum of all published changes is compared \
            with a snapshot. The first finding of a world is printed with its seed; --seed N --mutants 1 repeats that world. \
            Without a subcommand, mip-stress does this.
            """)

    @Option(name: .shortAndLong, help: "How many signed mutants to deliver.")
    var mutants = 1_000_000

    @Option(help: "The seed of the first world; the others follow.")
    var seed: UInt64 = 1

    @Option(help: "How many worlds run at once.")
    var threads = 2

    @Option(help: "After how many messages the published changes are compared with a snapshot.")
    var interval = 32

    @Option(help: "A file that receives the seed of each world before it runs, to repeat a crash.")
    var trace: String?

    func validate() throws {
        guard mutants >= 1 else { throw ValidationError("--mutants \(mutants) is invalid; expected at least 1") }
        guard (1...64).contains(threads) else { throw ValidationError("--threads \(threads) is invalid; expected 1 to 64") }
        guard interval >= 1 else { throw ValidationError("--interval \(interval) is invalid; expected at least 1") }
    }

    func run() async throws {
        let start = ContinuousClock.now
        let (count, seed, threads, interval) = (mutants, self.seed, self.threads, self.interval)
        let log = try trace.map(Self.open)
        let results = await withTaskGroup(of: (MutantRun, String?).self) { group in
            for thread in 0..<threads {
                group.addTask {
                    var run = MutantRun()
                    let finding = run.run(
                        mutants: (count + threads - 1) / threads, first: seed &+ UInt64(thread), stride: UInt64(threads),
                        interval: interval
                    ) { seed in log?.write(Data("\(seed)\n".utf8)) }
                    return (run, finding)
                }
            }
            return await group.reduce(into: [(MutantRun, String?)]()) { $0.append($1) }
        }
        var total = StressStatistics()
        for (run, _) in results { total.add(run.statistics) }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let codes = total.codes.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
        print(
            """
            \(total.mutants) signed mutants in \(total.messages) messages, \(results.map(\.0.worlds).reduce(0, +)) worlds, \
            \(Int(seconds)) s (\(Int(Double(total.mutants) / max(0.001, seconds))) a second)
            \(total.relayed) requests relayed; replies by code: \(codes)
            """)
        let findings = results.compactMap(\.1)
        for finding in findings { print("finding: \(finding)") }
        if !findings.isEmpty { throw ExitCode.failure }
    }

    private static func open(_ path: String) throws -> FileHandle {
        guard FileManager.default.createFile(atPath: path, contents: nil), let file = FileHandle(forWritingAtPath: path) else {
            throw ValidationError("cannot write \(path)")
        }
        return file
    }
}
