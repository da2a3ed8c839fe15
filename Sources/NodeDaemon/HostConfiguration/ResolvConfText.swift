import MobileIPv4

/// The contents of a resolv.conf that the node has written (resolv.conf(5)). The first line has a checksum of all others, so that a
/// change by somebody else is noticed, even by a later process.
enum ResolvConfText {
    private static let note =
        "# A mobile node is registered with these settings. The file from before is beside this one, with .mip-node after\n"
        + "# its name, and returns when the registration ends.\n"

    /// - Parameter original: the file from before. Its lines remain in force for what `settings` leaves open.
    static func contents(_ settings: ResolverSettings, original: [UInt8]?) -> [UInt8] {
        var lines =
            settings.nameServers.isEmpty
            ? Self.lines(of: original ?? [], named: ["nameserver"]) : settings.nameServers.map { "nameserver \($0)" }
        if let domain = settings.searchDomain {
            lines.append("search \(domain)")
        } else {
            lines += Self.lines(of: original ?? [], named: ["domain", "search"])
        }
        let rest = Array((note + lines.map { $0 + "\n" }.joined()).utf8)
        return Array(firstLine(rest[...]).utf8) + rest
    }

    /// Whether these are contents that a node has written, unchanged.
    static func isOurs(_ contents: [UInt8]) -> Bool {
        guard let end = contents.firstIndex(of: UInt8(ascii: "\n")) else { return false }
        return contents[...end].elementsEqual(firstLine(contents[(end + 1)...]).utf8)
    }

    private static func firstLine(_ rest: ArraySlice<UInt8>) -> String {
        // It guards against editors and other daemons, not against attackers, who could write anything.
        "# Written by mip-node, checksum \(String(rest.stableHash, radix: 16)).\n"
    }

    private static func lines(of contents: [UInt8], named names: Set<String>) -> [String] {
        contents.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }.filter { line in
            line.split(whereSeparator: \.isWhitespace).first.map { names.contains(String($0)) } ?? false
        }
    }
}
