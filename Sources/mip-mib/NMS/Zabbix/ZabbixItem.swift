import JSON
import MIPMIB

/// An item, or an item prototype of a discovery rule.
struct ZabbixItem {
    enum Source {
        /// An instance of an SNMP object.
        case snmp(String)
        /// Something that the Zabbix server knows by itself.
        case server
        case calculated(String)
        case trap
    }

    /// How often it is read: the interval of an agent's items, or the longer one of rows.
    static let interval = "{$MIP.INTERVAL}"
    static let rowInterval = "{$MIP.ROWS.INTERVAL}"

    let key: String
    /// What the identifier is made from; it stays the same in all versions of the template.
    let identity: String
    let name: String
    let source: Source
    let component: String
    var description = ""
    /// `UNSIGNED` (Zabbix's default), `FLOAT`, `CHAR` or `LOG`.
    var valueType = "UNSIGNED"
    var units = ""
    /// The syntax whose labels show the value in words.
    var labels: MIBSyntax?
    /// The value map, where there is no such syntax.
    var namedLabels: String?
    var isRate = false
    /// By what the value is multiplied; nil for nothing.
    var factor: String?
    /// Whether it has no value for a while although all is well, as when the row that it belongs to has ended. The item then stays
    /// supported.
    var mayLackValue = false
    var delay = interval

    /// The value of an object of the MIB.
    ///
    /// - Parameters:
    ///   - index: the instance: 0, or a macro that discovery replaces.
    ///   - name: nil for the object's summary.
    init(_ node: NamedNode, index: String, key: String, name: String? = nil, component: String) {
        let summary = node.object?.summary ?? node.name
        self.key = key
        identity = index == "0" ? node.name : "item \(key)"
        let text = summary.hasSuffix(".") ? String(summary.dropLast()) : summary
        self.name = name ?? "\(text) (\(node.name))"
        source = .snmp("\(node.oidText).\(index)")
        self.component = component
        description = "\(node.qualifiedName): \(summary)"
        guard let syntax = node.object?.syntax else { return }
        if syntax.isCounter { (isRate, valueType) = (true, "FLOAT") }
        if !syntax.isNumber { valueType = "CHAR" }
        if syntax.base == .integer32 { valueType = "FLOAT" }
        if syntax.base == .enumeration { labels = syntax }
        // An exclamation mark keeps Zabbix from writing 1,000 as 1K.
        units =
            switch (node.units, isRate) {
            case ("", _): ""
            case ("octets", true): "Bps"
            case ("octets", false): "B"
            case ("seconds", false): "s"
            case ("milliseconds", false): "!ms"
            case (let unit, let isRate): isRate ? "!\(unit)/s" : "!\(unit)"
            }
    }

    init(key: String, name: String, source: Source, component: String) {
        identity = "item \(key)"
        (self.key, self.name, self.source, self.component) = (key, name, source, component)
    }

    func json(of template: String = ZabbixTemplate.agent) -> JSONValue {
        var object: JSONObject = [
            "uuid": ZabbixTemplate.uuid(template == ZabbixTemplate.agent ? identity : "\(template) \(identity)"),
            "name": .string(name),
        ]
        switch source {
        case .snmp(let oid): object = object.merging(["type": "SNMP_AGENT", "snmp_oid": .string(oid)])
        case .server: object["type"] = "INTERNAL"
        case .calculated(let formula): object = object.merging(["type": "CALCULATED", "params": .string(formula)])
        case .trap: object["type"] = "SNMP_TRAP"
        }
        object["key"] = .string(key)
        if case .trap = source {} else { object["delay"] = .string(delay) }
        if valueType != "UNSIGNED" { object["value_type"] = .string(valueType) }
        if valueType == "CHAR" || valueType == "LOG" { object["trends"] = "0" }
        // The time in the lines of snmptt.
        if valueType == "LOG" { object["logtimefmt"] = "hh:mm:sszyyyy/MM/dd" }
        if !units.isEmpty { object["units"] = .string(units) }
        if !description.isEmpty { object["description"] = .string(description) }
        if let map = namedLabels ?? labels.map(ZabbixValueMap.name) { object["valuemap"] = ["name": .string(map)] }
        var steps: [JSONValue] = []
        if mayLackValue { steps.append(["type": "CHECK_NOT_SUPPORTED", "parameters": [""], "error_handler": "DISCARD_VALUE"]) }
        if let factor { steps.append(["type": "MULTIPLIER", "parameters": [.string(factor)]]) }
        if isRate { steps.append(["type": "CHANGE_PER_SECOND", "parameters": [""]]) }
        if !steps.isEmpty { object["preprocessing"] = .array(steps) }
        object["tags"] = [["tag": "component", "value": .string(component)]]
        return .object(object)
    }
}

/// The labels of enumerations.
enum ZabbixValueMap {
    /// The textual convention, or the labels themselves.
    static func name(_ syntax: MIBSyntax) -> String {
        syntax.convention ?? syntax.names.map(\.label).joined(separator: ", ")
    }

    static func json(used items: [ZabbixItem]) -> JSONValue {
        let syntaxes = Dictionary(items.compactMap(\.labels).map { (name($0), $0) }) { first, _ in first }
        let maps = syntaxes.sorted { $0.key < $1.key }.map { map(name: $0.key, $0.value.names.map { ($0.number, $0.label) }) }
        return .array(maps + [map(name: availability, availabilities)])
    }

    /// What the server knows about an interface.
    static let availability = "Availability"
    static let availabilities = [(0, "not available"), (1, "available"), (2, "unknown")]

    static func map(name: String, of template: String = ZabbixTemplate.agent, _ mappings: [(Int, String)]) -> JSONValue {
        [
            "uuid": ZabbixTemplate.uuid("valuemap \(template) \(name)"), "name": .string(name),
            "mappings": .array(mappings.map { ["value": .string("\($0.0)"), "newvalue": .string($0.1)] }),
        ]
    }
}
