public import ArgumentParser
import Foundation
public import Logging

/// The options every daemon has: `--config FILE`, `--check`, `--log-level LEVEL`.
///
/// ```swift
/// @OptionGroup var options: DaemonOptions
/// let configuration = options.readConfiguration { root in … }
/// options.startLogging()
/// ```
public struct DaemonOptions: ParsableArguments {
    /// Path of the YAML file.
    @Option(name: .customLong("config"), help: ArgumentHelp("The configuration file (YAML).", valueName: "file"))
    public var configurationPath: String

    /// Whether to check the file and end.
    @Flag(name: .customLong("check"), help: "Only check the configuration: exit status 0 when it is right, 2 when it is not.")
    public var checkOnly = false

    @Option(
        name: .customLong("log-level"),
        help: ArgumentHelp(
            "The least important log lines wanted: trace, debug, info, notice, warning, error or critical.", valueName: "level"),
        transform: DaemonOptions.level)
    /// The least level that is logged.
    public var logLevel: Logger.Level = .info

    public init() {}

    /// Reads the configuration file. With a mistake in it, prints them all to standard error and ends the process with status 2; with
    /// `--check` and none, says so and ends it with status 0.
    public func readConfiguration<Value>(_ body: (ConfigurationSection) -> Value) -> Value {
        do {
            let value = try ConfigurationFile.read(configurationPath, body)
            if checkOnly {
                print("\(configurationPath): the configuration is right")
                Foundation.exit(ExitStatus.stopped)
            }
            return value
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            Foundation.exit(ExitStatus.badConfiguration)
        }
    }

    /// Makes every `Logger` write to standard error from `logLevel` up. Call once, before the first logger is made.
    public func startLogging() { LineLogHandler.bootstrap(level: logLevel) }

    private static func level(_ text: String) throws -> Logger.Level {
        guard let level = Logger.Level(rawValue: text.lowercased()) else {
            let levels = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("'\(text)' is not a log level; expected one of \(levels)")
        }
        return level
    }
}
