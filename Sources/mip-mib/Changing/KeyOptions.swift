import AgentModel
import ArgumentParser
import Foundation

/// Where the key of an association is read: never from the command line, which other users can see.
struct KeyOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("File with the key; '-' for standard input. Asked for at a terminal without it.", valueName: "file"))
    var keyFile: String?

    @Flag(help: "The key is given in hexadecimal; otherwise its characters are the key.") var hex = false

    /// - Parameter isNeeded: whether to ask for it when no file is named.
    func key(isNeeded: Bool) throws -> SecretOctets? {
        let text: String
        switch keyFile {
        case "-"?:
            text = String(decoding: FileHandle.standardInput.readDataToEndOfFile().prefix(4096), as: UTF8.self)
        case let file?:
            guard let data = FileManager.default.contents(atPath: file) else {
                throw CommandFailure.usage("the key file '\(file)' cannot be read")
            }
            text = String(decoding: data.prefix(4096), as: UTF8.self)
        case nil:
            guard isNeeded else { return nil }
            guard isatty(0) == 1 else {
                throw CommandFailure.usage("a key is needed; give --key-file FILE, or --key-file - for standard input")
            }
            text = Self.ask()
        }
        let line = text.trimmingCharacters(in: .newlines)
        let key = hex ? SecretOctets(hexadecimal: line) : SecretOctets(Array(line.utf8))
        guard let key, !line.isEmpty else {
            throw CommandFailure.usage(
                hex ? "the key is not hexadecimal; expected an even number of digits 0 to f" : "the key is empty")
        }
        return key
    }

    /// Without an echo.
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
