import Foundation

/// The token that the command sends to a management daemon.
enum BearerToken {
    /// The token in the file if one is set, else the one from the environment; nil for none.
    ///
    /// - Throws: A usage `CommandFailure` if the file cannot be used, or if its text cannot be a token. It does not show the text: it may
    ///   have the token in one of several lines.
    static func read(_ settings: Settings) throws -> String? {
        let (text, place): (String, String)
        if let file = settings.tokenFile {
            (text, place) = (try SecretFile.text(file, what: "the token file"), "'\(file)'")
        } else if let token = settings.token {
            (text, place) = (token, "MIP_MIB_TOKEN")
        } else {
            return nil
        }
        let expected = "expected the line of 64 hexadecimal digits that 'mip-mibd token' prints"
        let token = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !token.isEmpty else { throw CommandFailure.usage("the token in \(place) is empty; \(expected)") }
        guard token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw CommandFailure.usage(
                "the token in \(place) (not shown) is not one word of visible ASCII characters; \(expected)")
        }
        return token
    }
}
