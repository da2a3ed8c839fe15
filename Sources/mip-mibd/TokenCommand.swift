import ArgumentParser
import DaemonSupport
import ManagementAPI

/// Creates a token for the JSON API. It changes no files: it prints what the daemon needs.
struct TokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Create a token for the JSON API.",
        discussion: """
            Prints the token, which is stored nowhere else, and the lines for 'http.tokens' in the configuration file, which contain only its hash.
            """)

    @Argument(help: "Name of the user of the token, as recorded in the audit.")
    var name: String

    @Option(help: "What the token allows: read or write.", transform: Self.role)
    var role = AccessRole.read

    private static func role(_ text: String) throws -> AccessRole {
        guard let role = AccessRole(rawValue: text) else {
            throw ValidationError("role '\(text)' is invalid; expected read or write")
        }
        return role
    }

    func validate() throws {
        let type = ConfigurationType<String>.name
        guard type.value(of: name) != nil else {
            throw ValidationError("name '\(name)' is invalid; expected \(type.expectation)")
        }
    }

    func run() {
        let (text, token) = AccessToken.make(name: name, role: role)
        print(
            """
            # The token, for its user only:
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
