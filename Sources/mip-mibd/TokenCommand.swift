import ArgumentParser
import DaemonSupport
import ManagementAPI

/// Makes a token for the JSON API. It changes nothing: what the daemon needs is printed.
struct TokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Make a token for the JSON API.",
        discussion: """
            Prints the token, which is nowhere else, and the lines for 'http.tokens' in the configuration file, which hold only its hash.
            """)

    @Argument(help: "Who will use it, as the audit is to name them.")
    var name: String

    @Option(help: "What it allows: read or write.", transform: Self.role)
    var role = AccessRole.read

    private static func role(_ text: String) throws -> AccessRole {
        guard let role = AccessRole(rawValue: text) else {
            throw ValidationError("'\(text)' is no role; expected read or write")
        }
        return role
    }

    func validate() throws {
        let type = ConfigurationType<String>.name
        guard type.value(of: name) != nil else {
            throw ValidationError("'\(name)' is no name; expected \(type.expectation)")
        }
    }

    func run() {
        let (text, token) = AccessToken.make(name: name, role: role)
        print(
            """
            # The token, for its user alone:
            \(text)
            # For mip-mibd's configuration file:
            http:
              tokens:
                - name: \(name)
                  role: \(role.rawValue)
                  hash: \(token.hash)
            """)
    }
}
