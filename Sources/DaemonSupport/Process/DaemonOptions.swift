public import ArgumentParser
import Foundation
public import Logging
import Synchronization

/// The options that all daemons have: `--config FILE`, `--check`, `--log-level LEVEL`.
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

    /// Whether to only check the file.
    @Flag(name: .customLong("check"), help: "Check the configuration and exit: status 0 if it is valid, 2 if not.")
    public var checkOnly = false

    @Option(
        name: .customLong("log-level"),
        help: ArgumentHelp(
            "The lowest level to log: trace, debug, info, notice, warning, error or critical.", valueName: "level"),
        transform: DaemonOptions.level)
    /// The lowest level that is logged.
    public var logLevel: Logger.Level = .info

    public init() {}

    /// Warnings about the configuration, to be logged.
    private static let warnings = Mutex<[String]>([])

    /// Reads the configuration file, and looks at the places that it names. If it has mistakes, prints all of them to standard error and
    /// ends the process with status 2. With `--check` and no mistakes, says so, prints warnings, and ends the process with status 0.
    public func readConfiguration<Value>(_ body: (ConfigurationSection) -> Value) -> Value {
        do {
            let value = try ConfigurationFile.read(
                configurationPath, looksAtPlaces: true, starts: !checkOnly,
                warnings: { Self.keep($0, of: $1, prints: checkOnly) }, body)
            if checkOnly {
                print("\(configurationPath.printable): the configuration is valid")
                Foundation.exit(ExitStatus.stopped)
            }
            return value
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            Foundation.exit(ExitStatus.badConfiguration)
        }
    }

    /// Makes every `Logger` write lines of `logLevel` and above to standard error, and logs warnings about the configuration. Call once,
    /// before the first logger is created.
    public func startLogging() {
        LineLogHandler.bootstrap(level: logLevel)
        let logger = Logger(label: "configuration")
        for warning in Self.warnings.withLock({ $0 }) { logger.warning("\(warning)") }
    }

    private static func keep(_ warnings: [ConfigurationMistake], of count: Int, prints: Bool) {
        if prints {
            FileHandle.standardError.write(Data(printed(warnings, of: count).utf8))
        } else {
            Self.warnings.withLock { $0 = logged(warnings, of: count) }
        }
    }

    /// Warnings as `--check` prints them.
    static func printed(_ warnings: [ConfigurationMistake], of count: Int) -> String {
        let rest = count - warnings.count
        return warnings.map { "warning: \($0)\n" }.joined() + (rest > 0 ? "and \(rest) more warnings\n" : "")
    }

    /// Warnings as they are logged: with the line about further ones, as many as the log takes at once (`LogRate`).
    static func logged(_ warnings: [ConfigurationMistake], of count: Int) -> [String] {
        let first = warnings.prefix(LogRate.Limit.usual.second - 1)
        let rest = count - first.count
        return first.map(\.description) + (rest > 0 ? ["there are \(rest) more warnings; '--check' prints them"] : [])
    }

    private static func level(_ text: String) throws -> Logger.Level {
        guard let level = Logger.Level(rawValue: text.lowercased()) else {
            let levels = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("'\(text)' is not a log level; expected one of \(levels)")
        }
        return level
    }
}
