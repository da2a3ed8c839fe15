import Foundation
import FoundationXML

/// The contents of the MIB texts in `mibs/`, as read by `smidump` of Debian's smitools, a parser that shares nothing with this product.
public struct MIBText: Sendable {
    /// A scalar or column.
    public struct Object: Hashable, Sendable {
        public var name = ""
        public var module = ""
        public var oid = ""
        /// The base type; if the type is derived from an application-wide type, the name of that type, such as `TimeTicks`.
        public var base = ""
        /// The textual convention, without its module.
        public var convention: String?
        /// Ranges of values or of sizes.
        public var ranges: [ClosedRange<Int64>] = []
        /// Labels of an enumeration or of bits, by number.
        public var names: [Int: String] = [:]
        /// MAX-ACCESS, spelled as in the module.
        public var access = ""
        public var status = ""
        public var units = ""
        /// Names of the index objects; if the row augments a table, those of that table.
        public var index: [String] = []
    }

    /// A notification with the names of its objects.
    public struct Notification: Hashable, Sendable {
        public var name = ""
        public var oid = ""
        public var objects: [String] = []
    }

    /// Every scalar and column of the modules, including those not accessible, by name.
    public var objects: [String: Object] = [:]
    /// Every notification of the modules, by name.
    public var notifications: [String: Notification] = [:]

    /// The repository's folder of MIB modules.
    public static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("mibs").path

    /// Reads the modules. Base modules come from Debian's erlang-snmp, the only package that has them as text.
    public static func read(_ modules: [String]) async throws -> MIBText {
        let base = try TemporaryDirectory()
        let releases = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/erlang/lib")) ?? []
        guard let release = releases.filter({ $0.hasPrefix("snmp-") }).max() else {
            throw TimedOut(description: "the base MIB modules are missing; run scripts/test, which installs erlang-snmp")
        }
        let support = ["SNMPv2-SMI", "SNMPv2-TC", "SNMPv2-CONF", "SNMP-FRAMEWORK-MIB", "INET-ADDRESS-MIB"]
        for module in support {
            try FileManager.default.copyItem(
                atPath: "/usr/lib/erlang/lib/\(release)/mibs/\(module).mib", toPath: base.file(module))
        }
        var text = MIBText()
        let types = TypeBook()
        for module in ["SNMPv2-TC", "SNMP-FRAMEWORK-MIB"] + modules {
            // -k: SNMPv2-TC imports a name that libsmi does not have.
            let (_, output, errors) = try await ChildProcess.run(
                "smidump", ["-c", "/dev/null", "-k", "-f", "xml", module], environment: ["SMIPATH": "\(base.path):\(folder)"])
            let reader = Reader(module: module, types: types)
            let parser = XMLParser(data: Data(output.utf8))
            parser.delegate = reader
            guard parser.parse() else { throw TimedOut(description: "smidump cannot read \(module): \(errors)") }
            guard modules.contains(module) else { continue }
            text.objects.merge(reader.objects) { $1 }
            text.notifications.merge(reader.notifications) { $1 }
            types.rows.merge(reader.rows) { $1 }
        }
        for (name, object) in text.objects { text.objects[name]?.index = types.index(ofRow: object.index.first) }
        return text
    }
}

/// Types and rows that modules refer to in each other.
private final class TypeBook {
    var types: [String: MIBText.Object] = [:]
    /// Index objects of each row, or the row it augments.
    var rows: [String: (index: [String], augments: String?)] = [:]

    /// Types that smidump derives from others although they are base types of SMIv2.
    static let base: Set<String> = [
        "IpAddress", "Counter32", "Counter64", "Gauge32", "TimeTicks", "Unsigned32", "Integer32",
    ]

    func index(ofRow row: String?) -> [String] {
        guard let row, let found = rows[row] else { return [] }
        return found.augments.map { index(ofRow: $0) } ?? found.index
    }
}

private final class Reader: NSObject, XMLParserDelegate {
    let module: String
    let types: TypeBook
    var objects: [String: MIBText.Object] = [:]
    var notifications: [String: MIBText.Notification] = [:]
    var rows: [String: (index: [String], augments: String?)] = [:]

    private var path: [String] = []
    private var object: MIBText.Object?
    private var notification: MIBText.Notification?
    private var row: String?
    private var canCreate = false
    private var text = ""

    init(module: String, types: TypeBook) {
        self.module = module
        self.types = types
    }

    func parser(
        _ parser: XMLParser, didStartElement element: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        text = ""
        let name = attributes["name"] ?? ""
        switch element {
        case "typedef" where path.last == "typedefs":
            object = MIBText.Object(name: name, base: attributes["basetype"] ?? "")
        case "typedef": object?.base = attributes["basetype"] ?? ""
        case "scalar", "column":
            object = MIBText.Object(name: name, module: module, oid: attributes["oid"] ?? "", status: attributes["status"] ?? "")
            if let row { object?.index = [row] }
        case "row":
            row = name
            canCreate = attributes["create"] == "true"
            rows[name] = ([], nil)
        case "index": if let row { rows[row]?.index.append(name) }
        case "augments": if let row { rows[row]?.augments = name }
        case "type": take(name)
        case "parent":
            // A derived type: its own ranges and labels follow.
            if TypeBook.base.contains(name) { object?.base = name } else { object?.convention = name }
        case "range":
            if let low = Int64(attributes["min"] ?? ""), let high = Int64(attributes["max"] ?? "") {
                object?.ranges.append(low...high)
            }
        case "namednumber": if let number = Int(attributes["number"] ?? "") { object?.names[number] = name }
        case "notification": notification = MIBText.Notification(name: name, oid: attributes["oid"] ?? "")
        case "object": notification?.objects.append(name)
        default: break
        }
        path.append(element)
    }

    /// The type of an object by its name: a base type, or a textual convention with its ranges and labels.
    private func take(_ name: String) {
        if TypeBook.base.contains(name) {
            object?.base = name
        } else if let type = types.types[name] {
            object?.base = type.base
            object?.convention = name
            object?.ranges = type.ranges
            object?.names = type.names
        } else {
            object?.base = name
        }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

    func parser(_ parser: XMLParser, didEndElement element: String, namespaceURI: String?, qualifiedName: String?) {
        path.removeLast()
        switch element {
        case "typedef" where path.last == "typedefs":
            if let object { types.types[object.name] = object }
            object = nil
        case "access":
            let spelling = [
                "readonly": "read-only", "readwrite": canCreate && row != nil ? "read-create" : "read-write",
                "noaccess": "not-accessible", "notifyonly": "accessible-for-notify",
            ]
            if object != nil { object?.access = spelling[text] ?? text }
        case "units": object?.units = text
        case "scalar", "column":
            if let object { objects[object.name] = object }
            object = nil
        case "row": row = nil
        case "notification":
            if let notification { notifications[notification.name] = notification }
            notification = nil
        default: break
        }
    }
}
