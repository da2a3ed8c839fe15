import DaemonSupport
import MobilityAgent

extension ExperimentalRule {
    /// Reads an element of the list `experimental` of a role.
    init(_ section: ConfigurationSection) {
        let kind = section.value("type", .anyWord(standIn: Kind.skippable))
        if kind != .message, !section.has("subtype") {
            section.missing("subtype", "add 'subtype:' with a whole number 0 to 255")
        }
        self.init(
            kind, subtype: section.value("subtype", .integer(in: 0...UInt8.max), default: 0),
            section.value("action", .anyWord(standIn: .refuse)))
    }
}
