import JSON

/// Finds options that take one value and were given twice: the argument parser would use the last value without a word.
enum RepeatedOption {
    /// A sentence about the first option that is given twice and takes only one value; nil if there is none.
    ///
    /// - Parameter arguments: the words of the command line, without the program's name.
    static func problem(in arguments: [String]) -> String? {
        var seen: Set<String> = []
        let repeated = names(in: arguments).filter { !seen.insert($0).inserted }
        // The description of all commands is needed only now.
        guard !repeated.isEmpty, var command = root else { return nil }
        for argument in arguments {
            let inner = (command["subcommands"]?.array ?? []).compactMap(\.object).first { subcommand in
                subcommand.text("commandName") == argument
                    || (subcommand["aliases"]?.array ?? []).contains { $0.text == argument }
            }
            command = inner ?? command
        }
        let options = (command["arguments"]?.array ?? []).compactMap(\.object)
        for name in repeated {
            let option = options.first { option in
                (option["names"]?.array ?? []).contains { $0["name"]?.text == name }
            }
            guard let option, option.text("kind") == "option", option["isRepeating"]?.isTrue != true else { continue }
            return "--\(name) is given more than once; give it once"
        }
        return nil
    }

    private static let root = (try? JSONValue(json: Array(ManagementCommand.helpDump.utf8)))?["command"]?.object

    /// The long names of the options in the order of the command line.
    private static func names(in arguments: [String]) -> [String] {
        var names: [String] = []
        var isValue = false
        for argument in arguments {
            if argument == "--" { break }
            defer { isValue = argument == "--sort" }
            // The value of --sort may begin with a dash.
            if isValue { continue }
            if argument.hasPrefix("--") {
                names.append(String(argument.dropFirst(2).prefix { $0 != "=" }))
            } else if argument == "-o" || argument.hasPrefix("-o=") {
                names.append("output")
            }
        }
        return names
    }
}
