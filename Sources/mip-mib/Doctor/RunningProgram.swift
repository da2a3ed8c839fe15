import Foundation

/// A process of this machine, as /proc shows it.
struct RunningProgram: Sendable {
    let process: Int32
    /// Its words, starting with the program's path.
    let arguments: [String]
    /// Whether a signal has stopped it.
    let isStopped: Bool

    /// The processes of a program of this name.
    static func all(named name: String) -> [RunningProgram] {
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return entries.compactMap(Int32.init).sorted().compactMap { process in
            guard let command = text("/proc/\(process)/comm"), command.trimmingCharacters(in: .newlines) == name.prefix(15),
                let line = text("/proc/\(process)/cmdline")
            else { return nil }
            // The state follows the name in parentheses, which may contain any character.
            let state = text("/proc/\(process)/stat").flatMap { stat in
                stat.lastIndex(of: ")").map { stat[$0...].dropFirst(2).first }
            }
            return RunningProgram(
                process: process, arguments: line.split(separator: "\0").map(String.init), isStopped: state == "T")
        }
    }

    private static func text(_ path: String) -> String? {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The values of an option such as `-c FILE` or `-cFILE`.
    func values(of option: String) -> [String] {
        var values: [String] = []
        for (index, argument) in arguments.enumerated().dropFirst() {
            if argument == option, index + 1 < arguments.count {
                values.append(arguments[index + 1])
            } else if argument.hasPrefix(option), argument.count > option.count, !argument.hasPrefix("--") {
                values.append(String(argument.dropFirst(option.count).drop { $0 == "=" }))
            }
        }
        return values
    }

    /// How to identify it in a sentence.
    var words: String { "process \(process)" }
}
