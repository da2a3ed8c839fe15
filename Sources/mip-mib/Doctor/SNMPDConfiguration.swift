import Foundation
import SNMPClient

/// What snmpd's configuration says about AgentX and access, as far as MIP-MIB needs it.
struct SNMPDConfiguration: Sendable {
    /// The file that was read first.
    let path: String
    /// The directives of all files, each split into words.
    private var directives: [[String]] = []
    private(set) var isReadable = true

    /// Reads the file and the files it includes.
    init(_ path: String) {
        self.path = path
        isReadable = add(path, depth: 0)
    }

    private mutating func add(_ path: String, depth: Int) -> Bool {
        guard depth < 8, let data = FileManager.default.contents(atPath: path) else { return false }
        for line in String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline) {
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

    /// Where the files let snmpd listen for AgentX; nil if they do not say it.
    var agentXSocket: String? {
        values("agentxsocket").last?.first?.split(separator: ",").first.map { address in
            address.hasPrefix("unix:") ? String(address.dropFirst(5)) : String(address)
        }
    }

    // MARK: - Views

    /// A limit on what a manager may read.
    private enum Limit: Hashable {
        case view(String)
        case subtree([UInt32])
    }

    /// The view that hides an object from a manager with these credentials, or an empty text if another restriction does; nil if the
    /// object is visible, or the files do not say.
    func viewThatHides(_ object: [UInt32], from credentials: Credentials) -> String? {
        let limits = limits(credentials)
        guard !limits.isEmpty, limits.allSatisfy({ !shows($0, object) }) else { return nil }
        for case .view(let name) in limits { return name }
        return ""
    }

    /// One limit for each line that gives access; empty if a line gives access to everything, or there is none.
    private func limits(_ credentials: Credentials) -> [Limit] {
        let lines: [[String]]
        let names: (own: String, kinds: [String])
        switch credentials {
        case .community(let community): names = (community, ["rocommunity", "rwcommunity", "rocommunity6", "rwcommunity6"])
        case .user(let user): names = (user.name, ["rouser", "rwuser"])
        }
        lines = names.kinds.flatMap(values).filter { $0.contains(names.own) }
        var limits: [Limit] = []
        for line in lines {
            if let option = line.firstIndex(of: "-V"), option + 1 < line.count {
                limits.append(.view(line[option + 1]))
            } else if let subtree = line.dropFirst(2).lazy.compactMap(Self.oid).first {
                limits.append(.subtree(subtree))
            } else {
                return []
            }
        }
        // access GROUP CONTEXT MODEL LEVEL MATCH READ WRITE NOTIFY
        return limits.isEmpty ? values("access").compactMap { $0.count > 5 ? .view($0[5]) : nil } : limits
    }

    private func shows(_ limit: Limit, _ object: [UInt32]) -> Bool {
        switch limit {
        case .subtree(let root): return object.starts(with: root)
        case .view(let name):
            // The longest subtree that contains the object decides (RFC 3415 §5).
            let families = values("view").filter { $0.count >= 3 && $0[0] == name }.compactMap { view in
                Self.oid(view[2]).map { (oid: $0, isIncluded: view[1].lowercased() == "included") }
            }
            return families.filter { object.starts(with: $0.oid) }.max { $0.oid.count < $1.oid.count }?.isIncluded ?? false
        }
    }

    /// An OID in numbers, with or without a leading dot; nil for anything else.
    private static func oid(_ text: String) -> [UInt32]? {
        let parts = text.split(separator: ".")
        let numbers = parts.compactMap { UInt32($0) }
        return text.hasPrefix(".") || text.contains(".") || text == "1" ? (numbers.count == parts.count ? numbers : nil) : nil
    }
}
