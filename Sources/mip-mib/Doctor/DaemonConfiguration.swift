import DaemonSupport
import Foundation

/// Where mip-mibd listens and connects, as far as its configuration file shows it without being understood completely: it may be of another
/// version, and `mip-mibd --check` is what judges it.
struct DaemonConfiguration: Sendable {
    static let standardPath = "/etc/mip-mib/mip-mibd.yaml"

    /// The Unix socket of the API; nil if it has none.
    private(set) var socket: String?

    /// The URL of the API over TCP; nil if it has none, or one that needs certificates, whose names are not known here.
    private(set) var url: String?

    /// The AgentX master it connects to; nil if SNMP is not served through one.
    private(set) var agentXSocket: String?

    /// Nil if the file cannot be read, or is not YAML.
    init?(_ path: String) {
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        let text = String(decoding: data, as: UTF8.self)
        // A file without settings is a mistake elsewhere; here it says that nothing is served.
        var isRead = text.split(whereSeparator: \.isNewline).allSatisfy { line in
            let start = line.drop { $0 == " " || $0 == "\t" }
            return start.isEmpty || start.hasPrefix("#")
        }
        var own = Self(socket: nil, url: nil, agentXSocket: nil)
        // Mistakes in the rest of the file do not matter here.
        _ = try? ConfigurationFile.read(text: text, named: path) { root in
            isRead = true
            if let http = root.section("http"), http.value("enabled", .bool, default: true) {
                let socket: String? = http.optional("socket", .text)
                own.socket = socket?.isEmpty == false ? socket : nil
                if !http.has("tls") { own.url = Self.url(http) }
            }
            if let agentX = root.section("snmp")?.section("agentx"), agentX.value("enabled", .bool, default: true) {
                let socket = agentX.value("socket", .text, default: "/var/agentx/master")
                own.agentXSocket = socket.hasPrefix("unix:") ? String(socket.dropFirst(5)) : socket
            }
        }
        guard isRead else { return nil }
        self = own
    }

    private init(socket: String?, url: String?, agentXSocket: String?) {
        self.socket = socket
        self.url = url
        self.agentXSocket = agentXSocket
    }

    private static func url(_ http: ConfigurationSection) -> String {
        let address = http.value("address", .text, default: "127.0.0.1")
        let host = ["0.0.0.0", "::"].contains(address) ? "127.0.0.1" : address.contains(":") ? "[\(address)]" : address
        return "http://\(host):\(http.value("port", .port, default: 8044))"
    }
}
