/// A node of the MIB texts, as `scripts/generate-mib-nodes` found it. What the subagent does with an object is in `MIBObject`.
package struct MIBTextNode: Sendable {
    package let module: MIBModule
    package let name: String
    package let oid: [UInt]
    /// `node`, `scalar`, `table`, `row`, `column`, `notification`, `group` or `compliance`.
    package let kind: String
    /// What a number counts; empty where the module does not say.
    package let units: String

    /// Every node of both modules.
    package static let all: [MIBTextNode] = mibNodeTable.split(separator: "\n").compactMap { line in
        let words = line.split(separator: " ", maxSplits: 4).map(String.init)
        guard words.count >= 4, let module = MIBModule(rawValue: words[0]) else { return nil }
        return MIBTextNode(
            module: module, name: words[1], oid: words[2].split(separator: ".").compactMap { UInt($0) }, kind: words[3],
            units: words.count > 4 ? words[4] : "")
    }
}
