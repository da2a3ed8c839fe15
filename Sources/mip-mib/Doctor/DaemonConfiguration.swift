import Foundation

/// Where mip-mibd listens and connects, as far as its configuration file shows it without being understood completely: it may be of another
/// version, and `mip-mibd --check` is what judges it.
struct DaemonConfiguration: Sendable {
    static let standardPath = "/etc/mip-mib/mip-mibd.yaml"

    /// Values by path, such as `http.socket`.
    private var values: [String: String] = [:]
    private var sections: Set<String> = []

    /// Nil if the file cannot be read.
    init?(_ path: String) {
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        var stack: [(indent: Int, name: String)] = []
        for line in String(decoding: data, as: UTF8.self).split(separator: "\n") {
            let text = line.drop { $0 == " " }
            let indent = line.count - text.count
            guard let colon = text.firstIndex(of: ":"), !text.hasPrefix("#"), !text.hasPrefix("-") else { continue }
            stack.removeAll { $0.indent >= indent }
            stack.append((indent, String(text[..<colon])))
            let name = stack.map(\.name).joined(separator: ".")
            let value = text[text.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            if value.isEmpty || value.hasPrefix("#") {
                sections.insert(name)
            } else {
                values[name] = String(value.prefix { $0 != " " }).trimmingCharacters(in: CharacterSet(charactersIn: "'\""))
            }
        }
    }

    /// The Unix socket of the API; nil if it has none.
    var socket: String? { values["http.socket"] }

    /// The URL of the API over TCP; nil if it has none, or one that needs certificates, whose names are not known here.
    var url: String? {
        guard sections.contains("http") || values["http"] != nil else { return nil }
        guard !sections.contains("http.tls"), values["http.tls"] == nil else { return nil }
        let address = values["http.address"] ?? "127.0.0.1"
        let host = ["0.0.0.0", "::"].contains(address) ? "127.0.0.1" : address.contains(":") ? "[\(address)]" : address
        return "http://\(host):\(values["http.port"] ?? "8044")"
    }

    /// The AgentX master it connects to; nil if SNMP is not served through one.
    var agentXSocket: String? {
        guard sections.contains("snmp.agentx") || values["snmp.agentx"] != nil else { return nil }
        let socket = values["snmp.agentx.socket"] ?? "/var/agentx/master"
        return socket.hasPrefix("unix:") ? String(socket.dropFirst(5)) : socket
    }
}
