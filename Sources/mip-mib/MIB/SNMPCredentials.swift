import DaemonSupport
import Foundation
import Persistence
import SNMPClient

/// The credentials for an SNMP agent, from a file or the environment: never the command line, which other users can see.
enum SNMPCredentials {
    /// The credentials in the file if one is given; else `MIP_MIB_COMMUNITY`, or `MIP_MIB_SNMP_USER` and its related variables; else the
    /// community `public`.
    static func read(_ file: String?, environment: [String: String] = ProcessInfo.processInfo.environment) throws -> Credentials {
        if let file { return try read(file: file) }
        func value(_ name: String) -> String? { environment["MIP_MIB_\(name)"].flatMap { $0.isEmpty ? nil : $0 } }
        if let name = value("SNMP_USER") {
            let word = value("SNMP_AUTHENTICATION") ?? AuthenticationProtocol.sha256.rawValue
            guard let hash = AuthenticationProtocol(word: word) else {
                throw CommandFailure.usage("MIP_MIB_SNMP_AUTHENTICATION '\(word)' is invalid; expected \(Self.hashes)")
            }
            let cipher = value("SNMP_PRIVACY") ?? PrivacyProtocol.aes128.rawValue
            guard let privacy = PrivacyProtocol(rawValue: cipher) else {
                throw CommandFailure.usage("MIP_MIB_SNMP_PRIVACY '\(cipher)' is invalid; expected \(Self.ciphers)")
            }
            return .user(
                SecurityUser(
                    name: name, authentication: value("SNMP_AUTHENTICATION_PASSWORD").map { (hash, $0) },
                    privacyPassword: value("SNMP_PRIVACY_PASSWORD"), privacyProtocol: privacy,
                    context: value("SNMP_CONTEXT") ?? ""))
        }
        // A community has neither, so they would be dropped without a word.
        for name in ["SNMP_CONTEXT", "SNMP_AUTHENTICATION_PASSWORD", "SNMP_PRIVACY_PASSWORD"] where value(name) != nil {
            throw CommandFailure.usage(
                "MIP_MIB_\(name) has no effect without MIP_MIB_SNMP_USER; set the user, or unset the variable"
                    + (name == "SNMP_CONTEXT" ? " and set MIP_MIB_COMMUNITY to the community of that agent" : ""))
        }
        return .community(value("COMMUNITY") ?? "public")
    }

    private static let hashes = AuthenticationProtocol.allCases.map(\.rawValue).joined(separator: ", ")
    private static let ciphers = PrivacyProtocol.allCases.map(\.rawValue).joined(separator: ", ")
    private static var hash: ConfigurationType<AuthenticationProtocol> {
        ConfigurationType("one of \(hashes)", standIn: .sha256) { AuthenticationProtocol(word: $0) }
    }
    private static var cipher: ConfigurationType<PrivacyProtocol> {
        ConfigurationType("one of \(ciphers)", standIn: .aes128) { PrivacyProtocol(rawValue: $0) }
    }

    private static func read(file: String) throws -> Credentials {
        let secret = ConfigurationType<String>("a text", standIn: "", isSecret: true) { $0.isEmpty ? nil : $0 }
        let password = ConfigurationType<String>("at least 8 characters", standIn: "", isSecret: true) { $0.count < 8 ? nil : $0 }
        do {
            return try ConfigurationFile.read(file, caller: FileTrust.sudoCaller) { root in
                let community = root.optional("community", secret)
                let name = root.optional("user", .text)
                let hash = root.value("authentication", Self.hash, default: .sha256)
                let cipher = root.value("privacy", Self.cipher, default: .aes128)
                let authentication = root.optional("authenticationPassword", password)
                let privacy = root.optional("privacyPassword", password)
                let context = root.value("context", .text, default: "")
                if (community == nil) == (name == nil) {
                    root.mistake(
                        "exactly one of 'community' and 'user' is required", "keep 'community' for SNMPv2c, or 'user' for SNMPv3")
                }
                if privacy != nil && authentication == nil && community == nil {
                    root.mistake(
                        about: "privacyPassword", "privacy requires authentication", "add 'authenticationPassword'")
                }
                if community != nil, name == nil {
                    // Otherwise they would be dropped without a word.
                    if !context.isEmpty {
                        root.mistake(
                            about: "context", "contexts need 'user'",
                            "with a community use the agent's own, such as 'community: foreign', and remove 'context'")
                    }
                    for (name, value) in [("authenticationPassword", authentication), ("privacyPassword", privacy)]
                    where value != nil {
                        root.mistake(about: name, "a community has no password", "replace 'community' by 'user', or remove it")
                    }
                }
                guard let name else { return .community(community ?? "") }
                return .user(
                    SecurityUser(
                        name: name, authentication: authentication.map { (hash, $0) }, privacyPassword: privacy,
                        privacyProtocol: cipher, context: context)
                )
            }
        } catch {
            throw CommandFailure.usage("\(error)")
        }
    }
}
