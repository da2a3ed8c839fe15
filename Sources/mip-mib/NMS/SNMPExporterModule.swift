import JSON
import MIPMIB

/// A module of Prometheus' snmp_exporter, in the form of 0.21 that Debian has. A row of a table with a name or a flag in every column
/// would be a series each: only what counts is taken.
enum SNMPExporterModule {
    static func text(_ names: MIBNames) -> String {
        let columns = names.nodes.filter { node in
            guard node.kind == "column", let object = node.object else { return false }
            return object.access.isReadable && [.counter32, .counter64].contains(object.syntax.base) && Self.isAggregate(object)
        }
        let metrics = names.numericScalars + columns
        var text = "# Written by: mip-mib nms snmp-exporter\nmip_mib:\n  walk:\n"
        for node in metrics { text += "  - \(node.oidText)\n" }
        text += "  version: 2\n  auth:\n    community: public\n  metrics:\n"
        for node in metrics { text += metric(node) }
        return text
    }

    /// Tables whose rows do not grow with the number of mobile nodes.
    private static func isAggregate(_ object: MIBObject) -> Bool {
        !object.index.isEmpty && object.index.allSatisfy { [.enumeration, .unsigned32, .integer32].contains($0.syntax.base) }
    }

    private static func metric(_ node: NamedNode) -> String {
        guard let object = node.object else { return "" }
        var text =
            "  - name: \(node.name)\n    oid: \(node.oidText)\n    type: \(object.syntax.isCounter ? "counter" : "gauge")\n"
        text += "    help: \(JSONValue.string("\(object.summary) - \(node.oidText)").json)\n"
        if !object.index.isEmpty {
            text += "    indexes:\n"
            for index in object.index {
                text += "    - labelname: \(index.name)\n      type: gauge\n"
                if !index.syntax.names.isEmpty {
                    text += "      enum_values:\n"
                    for name in index.syntax.names { text += "        \(name.number): \(name.label)\n" }
                }
            }
        }
        if !object.syntax.names.isEmpty {
            text += "    enum_values:\n"
            for name in object.syntax.names { text += "      \(name.number): \(name.label)\n" }
        }
        return text
    }
}

extension MIBSyntax {
    var isCounter: Bool { base == .counter32 || base == .counter64 }

    var isNumber: Bool {
        switch base {
        case .bits, .ipAddress, .octetString: false
        default: true
        }
    }
}
