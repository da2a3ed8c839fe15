import Foundation

/// A process of this machine, as /proc shows it.
struct RunningProgram: Sendable {
    let process: Int32
    /// Its words, starting with the program's path.
    let arguments: [String]
    /// Whether a signal has stopped it.
    let isStopped: Bool
    /// The user whose rights it has (its effective user); nil if that cannot be read.
    var user: uid_t?

    /// The processes of a program of this name that share this process's network: those of a container, or of another network namespace,
    /// serve another one.
    static func all(named name: String) -> [RunningProgram] {
        let here = network(of: "self")
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return entries.compactMap(Int32.init).sorted().compactMap { process in
            guard let command = text("/proc/\(process)/comm"), command.trimmingCharacters(in: .newlines) == name.prefix(15),
                let line = text("/proc/\(process)/cmdline")
            else { return nil }
            // That of another user's process is readable only for root.
            if let here, let own = network(of: "\(process)"), own != here { return nil }
            // The state follows the name in parentheses, which may contain any character.
            let state = text("/proc/\(process)/stat").flatMap { stat in
                stat.lastIndex(of: ")").map { stat[$0...].dropFirst(2).first }
            }
            return RunningProgram(
                process: process, arguments: line.split(separator: "\0").map(String.init), isStopped: state == "T",
                user: text("/proc/\(process)/status").flatMap(effectiveUser))
        }
    }

    /// The network namespace of a process, such as `net:[4026531840]`; nil if it cannot be read.
    private static func network(of process: String) -> String? {
        try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(process)/ns/net")
    }

    /// The effective user, which is the second one after `Uid:`.
    private static func effectiveUser(_ status: String) -> uid_t? {
        let words = status.split(separator: "\n").first { $0.hasPrefix("Uid:") }?.split(whereSeparator: \.isWhitespace) ?? []
        return words.count > 2 ? uid_t(words[2]) : nil
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
