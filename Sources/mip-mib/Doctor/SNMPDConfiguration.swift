import Foundation

/// What snmpd's configuration says about AgentX and views, as far as MIP-MIB needs it.
struct SNMPDConfiguration: Sendable {
    /// The directives of all files, each split into words.
    private var directives: [[String]] = []
    private var isReadable = true

    /// Reads the file and the files it includes.
    static func read(_ path: String) -> SNMPDConfiguration {
        var configuration = SNMPDConfiguration()
        configuration.isReadable = configuration.add(path, depth: 0)
        return configuration
    }

    private mutating func add(_ path: String, depth: Int) -> Bool {
        guard depth < 8, let data = FileManager.default.contents(atPath: path) else { return false }
        for line in String(decoding: data, as: UTF8.self).split(separator: "\n") {
            let words = line.prefix { $0 != "#" }.split { $0 == " " || $0 == "\t" }.map(String.init)
            guard let name = words.first?.lowercased() else { continue }
            if name == "includefile", words.count > 1 {
                _ = add(words[1], depth: depth + 1)
            } else if name == "includedir", words.count > 1 {
                let files = (try? FileManager.default.contentsOfDirectory(atPath: words[1])) ?? []
                for file in files.sorted() where file.hasSuffix(".conf") { _ = add("\(words[1])/\(file)", depth: depth + 1) }
            } else {
                directives.append([name] + words.dropFirst())
            }
        }
        return true
    }

    private func values(_ name: String) -> [[String]] { directives.filter { $0[0] == name }.map { Array($0.dropFirst()) } }

    var isMaster: Bool { values("master").contains { $0.first?.lowercased() == "agentx" } }

    /// Where snmpd listens for AgentX.
    var agentXSocket: String {
        values("agentxsocket").last?.first?.split(separator: ",").first.map(String.init) ?? "/var/agentx/master"
    }

    var firstView: String { values("view").first?.first ?? "systemonly" }

    /// Whether a manager may see MIP-MIB: without a view it sees everything, else only what a view includes.
    var showsMIPMIB: Bool {
        let limited = (values("rocommunity") + values("rwcommunity") + values("rouser") + values("rwuser")).contains {
            $0.contains("-V")
        }
        let isViewed = limited || !values("access").isEmpty
        guard isViewed else { return true }
        return values("view").contains { view in
            guard view.count >= 3, view[1].lowercased() == "included" else { return false }
            let oid = view[2].hasPrefix(".") ? String(view[2].dropFirst()) : view[2]
            return "1.3.6.1.2.1.44.".hasPrefix(oid + ".")
        }
    }

    func findings(_ path: String) -> [Finding] {
        guard isReadable else {
            return [
                Finding(
                    "snmpd", "cannot read its configuration '\(path)'",
                    "run this command as root, or give --snmpd-conf or --standalone")
            ]
        }
        guard isMaster else { return [Finding("snmpd", "AgentX is not enabled", "add to \(path): master agentx")] }
        let socket = agentXSocket
        guard socket.hasPrefix("/") else { return [] }
        var status = stat()
        guard stat(socket, &status) == 0 else {
            // By default only root can enter the directory.
            guard errno == EACCES else { return [] }
            return [Finding("AgentX", "only root can enter the directory of the socket '\(socket)'", Self.permissions(path))]
        }
        guard status.st_mode & 0o060 == 0o060 else {
            return [Finding("AgentX", "only its owner can use the socket '\(socket)'", Self.permissions(path))]
        }
        return []
    }

    private static func permissions(_ path: String) -> String { "add to \(path): agentXPerms 0660 0755 root Debian-snmp" }
}
