import AgentModel
import JSON
import MIPMIB
import MobileIPv4

// Members that are shown by one object, or by two halves, as the columns and scalars of MIPMIB declare.
extension SNMPMember {
    private static let mib = MIPMIB()

    /// The members shown by the objects below some nodes, which are tables or groups of scalars. If several objects show the same member,
    /// the first one is used.
    ///
    /// - Parameter list: the list whose members are returned; nil for the list the nodes are declared for.
    static func shown(below nodes: [MIBNode], list: String? = nil) -> [SNMPMember] {
        let all = nodes.flatMap(mib.members(below:)).filter { $0.member.list == list }
        var paths: Set<String> = []
        return all.compactMap { shown in
            let path = shown.member.path
            guard paths.insert(path).inserted else { return nil }
            let same = all.filter { $0.member.path == path }
            if let high = same.first(where: { $0.member.form == .high }), let low = same.first(where: { $0.member.form == .low })
            {
                return .identification(path, high: high.node.name, low: low.node.name)
            }
            return SNMPMember(shown)
        }
    }

    private init(_ shown: MIBShownMember) {
        let (path, object) = (shown.member.path, shown.node.name)
        switch shown.member.form {
        case .bySyntax: self.init(path, object, shown.node.text.syntax)
        case .nonZero: self = .nonZero(path, object)
        case .unsigned: self = .unsigned(path, object)
        case .labelled(let label): self = .truth(path, object, is: label)
        case .except(let label): self = .except(path, object, label)
        case .words(let yes, let no): self = .word(path, object, yes: yes, no: no)
        case .only(let condition):
            let condition = condition.name
            self.init(path, [object, condition]) { $0.text(condition) == "true" ? $0[object] : nil }
        case .addresses(let isAbsentIfEmpty): self = .addresses(path, object, isAbsentIfEmpty: isAbsentIfEmpty)
        case .high, .low: self.init(path, object)
        }
    }

    private init(_ path: String, _ object: String, _ syntax: MIBSyntax?) {
        switch syntax?.convention {
        case "DateAndTime": self = .time(path, object)
        case "TimeStamp": self = .stamp(path, object)
        case "TruthValue": self = .truth(path, object)
        // Rows from a configuration file have no storage type.
        case "StorageType": self = .except(path, object, "readOnly")
        case "SnmpAdminString", "MipEntityIdentifierNAI": self = .text(path, object)
        default:
            if let syntax, syntax.base == .bits { self = .flags(path, object, syntax) } else { self.init(path, object) }
        }
    }

    /// The object's label, absent if it is `label`.
    private static func except(_ path: String, _ object: String, _ label: String) -> SNMPMember {
        SNMPMember(path, [object]) { objects in objects.text(object) == label ? nil : objects[object] }
    }

    /// Addresses separated by spaces.
    private static func addresses(_ path: String, _ object: String, isAbsentIfEmpty: Bool) -> SNMPMember {
        SNMPMember(path, [object]) { objects in
            guard let text = objects[object]?.text, !(isAbsentIfEmpty && text.isEmpty) else { return nil }
            return .array(text.split(separator: " ").map { .string(String($0)) })
        }
    }

    /// BITS, in the order of the bits on the wire.
    private static func flags(_ path: String, _ object: String, _ syntax: MIBSyntax) -> SNMPMember {
        let orders = [RegistrationFlags.labels.map(\.label), AdvertisementFlags.labels.map(\.label)]
        let order = orders.first { order in syntax.names.allSatisfy { order.contains($0.label) } } ?? syntax.names.map(\.label)
        return SNMPMember(path, [object]) { objects in
            guard let labels = objects[object]?.array?.compactMap(\.text) else { return nil }
            return .array(order.filter(labels.contains).map(JSONValue.string))
        }
    }
}
