import DaemonSupport
import Foundation
import SNMPClient

/// The credentials for an SNMP agent, from a file or the environment: never the command line, which other users can see.
enum SNMPCredentials {
    /// The credentials in the file if one is given; else `MIP_MIB_COMMUNITY`, or `MIP_MIB_SNMP_USER` and its related variables; else the
    /// community `public`.
    static func read(_ file: String?, environment: [String: String] = ProcessInfo.processInfo.environment) throws -> Credentials {
        if let file { return try read(file: file) }
        func value(_ name: String) -> String? { environment["MIP_MIB_\(name)"].flatMap { $0.isEmpty ? nil : $0 } }
        if let name = value("SNMP_USER") {
            let hash = value("SNMP_AUTHENTICATION") ?? "sha256"
            guard let hash = AuthenticationProtocol(rawValue: hash) else {
                throw CommandFailure.usage("MIP_MIB_SNMP_AUTHENTICATION '\(hash)' is invalid; expected sha256 or sha1")
            }
            return .user(
                SecurityUser(
                    name: name, authentication: value("SNMP_AUTHENTICATION_PASSWORD").map { (hash, $0) },
                    privacyPassword: value("SNMP_PRIVACY_PASSWORD"), context: value("SNMP_CONTEXT") ?? ""))
        }
        return .community(value("COMMUNITY") ?? "public")
    }

    private static func read(file: String) throws -> Credentials {
        let secret = ConfigurationType<String>("a text", standIn: "", isSecret: true) { $0.isEmpty ? nil : $0 }
        let password = ConfigurationType<String>("at least 8 characters", standIn: "", isSecret: true) { $0.count < 8 ? nil : $0 }
        do {
            return try ConfigurationFile.read(file) { root in
                let community = root.optional("community", secret)
                let name = root.optional("user", .text)
                let hash = root.value("authentication", .anyWord(standIn: AuthenticationProtocol.sha256), default: .sha256)
                let authentication = root.optional("authenticationPassword", password)
                let privacy = root.optional("privacyPassword", password)
                let context = root.value("context", .text, default: "")
                if (community == nil) == (name == nil) {
                    root.mistake(
                        "exactly one of 'community' and 'user' is required", "keep 'community' for SNMPv2c, or 'user' for SNMPv3")
                }
                if privacy != nil && authentication == nil {
                    root.mistake(
                        about: "privacyPassword", "privacy requires authentication", "add 'authenticationPassword'")
                }
                guard let name else { return .community(community ?? "") }
                return .user(
                    SecurityUser(
                        name: name, authentication: authentication.map { (hash, $0) }, privacyPassword: privacy, context: context)
                )
            }
        } catch {
            throw CommandFailure.usage("\(error)")
        }
    }
}
