import AgentModel
import ArgumentParser
import DaemonSupport
import Foundation
import MobileIPv4

/// Where the key of an association is read from: never the command line, which other users can see.
struct KeyOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "File with the key; '-' for standard input. Without it, 'add' prompts at the terminal and 'set' keeps the key.",
            valueName: "file")
    )
    var keyFile: String?

    @Flag(help: "The key is in hexadecimal; otherwise its characters are the key.") var hex = false

    /// - Parameter isNeeded: whether to prompt for the key when no file is given.
    func key(isNeeded: Bool) throws -> SecretOctets? {
        let text: String
        switch keyFile {
        case "-"?:
            text = String(decoding: FileHandle.standardInput.readDataToEndOfFile().prefix(4096), as: UTF8.self)
        case let file?:
            text = try SecretFile.text(file, what: "the key file")
        case nil:
            guard isNeeded else { return nil }
            guard isatty(0) == 1 else {
                throw CommandFailure.usage("a key is required; give --key-file FILE, or --key-file - for standard input")
            }
            text = Self.ask()
        }
        let line = text.trimmingCharacters(in: .newlines)
        let key = hex ? SecretOctets(hexadecimal: line) : SecretOctets(Array(line.utf8))
        guard let key, !line.isEmpty else {
            throw CommandFailure.usage(
                hex ? "the key is invalid; expected an even number of hexadecimal digits" : "the key is empty")
        }
        if let (problem, remedy) = Self.warning(line, key, hex: hex) {
            StandardError.write("warning: the key \(problem); \(remedy)")
        }
        return key
    }

    /// What is remarkable about a valid key, and what to do; nil if nothing is. Neither text contains the key.
    static func warning(_ text: String, _ key: SecretOctets, hex: Bool) -> (problem: String, remedy: String)? {
        guard hex else { return KeyStrength.warning(aboutText: text) }
        return KeyStrength.warning(about: key.withOctets { AuthenticationKey(octets: $0) }, digits: text.utf8.count)
    }

    /// Prompts for the key without echo.
    private static func ask() -> String {
        var before = termios()
        tcgetattr(0, &before)
        var silent = before
        silent.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(0, TCSAFLUSH, &silent)
        defer {
            tcsetattr(0, TCSAFLUSH, &before)
            StandardError.put("\n")
        }
        StandardError.put("Key: ")
        return readLine() ?? ""
    }
}
