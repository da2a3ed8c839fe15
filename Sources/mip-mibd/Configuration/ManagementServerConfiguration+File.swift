import DaemonSupport
import Foundation
import ManagementAPI
import MobileIPv4

extension ManagementServerConfiguration {
    /// Reads the section `http`; nil when it is disabled or has errors.
    init?(_ section: ConfigurationSection) {
        let address = section.value("address", .ipv4Address, default: IPv4Address(127, 0, 0, 1))
        let port = section.value("port", .port, default: 8044)
        let tls = section.section("tls").flatMap(Self.identity)
        let tokens = section.sections("tokens").compactMap(Self.token)
        if Set(tokens.map(\.name)).count != tokens.count {
            section.mistake(about: "tokens", "two tokens have the same name", "expected a unique name for each")
        }
        let perRow = section.value("metricsPerRow", .integer(in: 0...100_000), default: 0)
        let requests = section.value("requestsPerSecond", .integer(in: 1...1_000_000), default: 1000)
        let socket = section.socket("socket")
        let hosts = section.list("hosts", Self.host)
        let isEnabled = section.value("enabled", .bool, default: true)
        if !Self.isLoopback(address), let missing = Self.missing(section) {
            section.mistake(
                about: "address", "\(section.path).address '\(address)' is not a loopback address, and \(missing) missing",
                "expected an address in 127.0.0.0/8, or both 'tls:' and 'tokens:' in \(section.path)")
        }
        self.init(address: address, port: port, tls: tls, tokens: tokens)
        guard isEnabled else { return nil }
        version = MIPMIBVersion.current
        metricsPerRow = perRow
        requestsPerSecond = requests
        socketPath = socket
        self.hosts = Set(hosts.map { $0.lowercased() })
    }

    private static var host: ConfigurationType<String> {
        ConfigurationType("a host name or address without scheme and port, such as mib.example.net", standIn: "") { text in
            isHost(text) ? text : nil
        }
    }

    private static func missing(_ section: ConfigurationSection) -> String? {
        switch (section.has("tls"), section.has("tokens")) {
        case (false, false): "TLS and tokens are"
        case (false, true): "TLS is"
        case (true, false): "tokens are"
        case (true, true): nil
        }
    }

    private static func identity(_ section: ConfigurationSection) -> TLSIdentity? {
        let certificate = section.value("certificate", .path)
        let key = section.value("key", .path)
        guard !certificate.isEmpty, !key.isEmpty else { return nil }
        section.look(atFolderOf: section.location(key), about: "key")
        do {
            return try TLSIdentity(certificateFile: section.location(certificate), keyFile: section.location(key))
        } catch {
            let name = error.subject == .certificate ? "certificate" : "key"
            section.mistake(about: name, "\(section.path).\(name): \(error)", error.remedy)
            return nil
        }
    }

    private static func token(_ section: ConfigurationSection) -> AccessToken? {
        let name = section.value("name", .name)
        let role = section.value("role", .anyWord(standIn: AccessRole.read))
        let hash = ConfigurationType<AccessToken?>(
            "'sha256:' and 64 hexadecimal digits, as 'mip-mibd token' prints them", standIn: nil, isHidden: true
        ) { text in AccessToken(name: name, role: role, hash: text).map { .some($0) } }
        return section.value("hash", hash)
    }
}
