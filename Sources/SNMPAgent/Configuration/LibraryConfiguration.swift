import MobileIPv4

/// Configuration that libnetsnmp would read from snmpd.conf, as lines for `netsnmp_config`. Passphrases reach the library in no other way.
enum LibraryConfiguration {
    /// The engine's identity, for lines that must come before users.
    static func engine(id: [UInt8], boots: UInt32) -> [String] {
        let digits = "0x" + Hexadecimal.text(id)
        // The library itself counts the boots if the identifier is unchanged.
        return ["exactEngineID \(digits)", "oldEngineID \(digits)", "engineBoots \(boots)"]
    }

    /// The users, and the access rights of communities and users.
    static func access(_ configuration: StandaloneConfiguration) -> [String] {
        var lines = ["view all included .1"]
        for community in configuration.communities {
            let directive = community.access == .readWrite ? "rwcommunity" : "rocommunity"
            // The library has a list for each family; `default` means all of one family.
            for family in families(community.source) {
                lines.append(
                    "\(directive)\(family) \(word(community.name)) \(word(community.source)) -V all"
                        + (community.context.map { " \(word($0))" } ?? ""))
            }
        }
        for user in configuration.users {
            lines.append(createUser(user))
            lines.append("\(user.access == .readWrite ? "rwuser" : "rouser") \(word(user.name)) \(user.level) -V all")
        }
        return lines
    }

    /// A receiver of notifications.
    static func sink(_ sink: NotificationSink) -> String {
        let inform = sink.inform ? " -Ci" : ""
        switch sink.security {
        case .v1(let community): return "trapsess -v 1 -c \(word(community)) \(word(sink.address))"
        case .v2c(let community): return "trapsess\(inform) -v 2c -c \(word(community)) \(word(sink.address))"
        case .v3(let user):
            var options = "-v 3 -u \(word(user.name))"
            let level = user.privacy != nil ? "authPriv" : user.authentication != nil ? "authNoPriv" : "noAuthNoPriv"
            options += " -l \(level)"
            if let (name, passphrase) = user.authentication { options += " -a \(name.rawValue) -A \(word(passphrase.value))" }
            if let (name, passphrase) = user.privacy { options += " -x \(name.rawValue) -X \(word(passphrase.value))" }
            return "trapsess\(inform) \(options) \(word(sink.address))"
        }
    }

    private static func createUser(_ user: SNMPUser) -> String {
        var line = "createUser \(word(user.name))"
        if let (name, passphrase) = user.authentication { line += " \(name.rawValue) \(word(passphrase.value))" }
        if let (name, passphrase) = user.privacy { line += " \(name.rawValue) \(word(passphrase.value))" }
        return line
    }

    /// A word in quotes, as the library's `copy_nword` reads it.
    static func word(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }

    /// The endings of the directives for a source.
    private static func families(_ source: String) -> [String] {
        source == "default" ? ["", "6"] : [source.contains(":") ? "6" : ""]
    }
}
