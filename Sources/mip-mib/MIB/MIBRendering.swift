import AgentModel
import DaemonSupport
import JSON
import MIPMIB
import MobileIPv4
import SNMPClient

/// Formats names and values of instances as `snmpwalk` does with the MIB modules loaded.
struct MIBRendering: Sendable {
    let names: MIBNames

    /// `MIP-MIB::mipEnable.0 = INTEGER: enabled(1)`
    func line(_ binding: VariableBinding) -> String {
        "\(name(binding.name)) = \(value(binding.value, of: names.node(for: binding.name)))"
    }

    // MARK: - Names

    /// `MIP-MIB::haMobilityBindingTimeRemaining.10.0.1.1.192.0.2.1`; an OID in neither module stays numeric.
    func name(_ oid: [UInt32]) -> String {
        guard let node = names.node(for: oid) else { return oid.map { ".\($0)" }.joined() }
        return node.qualifiedName + index(Array(oid.dropFirst(node.oid.count)), of: node.object)
    }

    private func index(_ subidentifiers: [UInt32], of object: MIBObject?) -> String {
        guard let object, object.isColumn, let parts = Self.parts(subidentifiers, object.index) else {
            return subidentifiers.map { ".\($0)" }.joined()
        }
        return zip(object.index, parts).map { index, part in "." + Self.text(part, index.syntax) }.joined()
    }

    private static func text(_ part: [UInt32], _ syntax: MIBSyntax) -> String {
        switch syntax.base {
        case .enumeration: return part.first.flatMap { syntax.label(of: Int($0)) } ?? part.map(String.init).joined(separator: ".")
        case .octetString:
            let octets = part.dropFirst(isFixed(syntax) ? 0 : 1)
            return "\""
                + String(decoding: octets.map { (0x20..<0x7F).contains($0) ? UInt8($0) : UInt8(ascii: ".") }, as: UTF8.self)
                + "\""
        default: return part.map(String.init).joined(separator: ".")
        }
    }

    /// The sub-identifiers of each index object (RFC 2578 §7.7); nil if they do not match the index.
    static func parts(_ subidentifiers: [UInt32], _ index: [MIBIndexObject]) -> [[UInt32]]? {
        var rest = subidentifiers[...]
        var parts: [[UInt32]] = []
        for object in index {
            let count: Int
            switch object.syntax.base {
            case .ipAddress: count = 4
            case .octetString:
                if isFixed(object.syntax) {
                    count = Int(object.syntax.ranges[0].lowerBound)
                } else {
                    guard let length = rest.first, length < 128 else { return nil }
                    count = Int(length) + 1
                }
            default: count = 1
            }
            guard rest.count >= count else { return nil }
            parts.append(Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        return rest.isEmpty ? parts : nil
    }

    private static func isFixed(_ syntax: MIBSyntax) -> Bool {
        syntax.ranges.count == 1 && syntax.ranges[0].lowerBound == syntax.ranges[0].upperBound
    }

    /// The index objects of a row as members: `10.0.1.1`, `homeAgent` or a text; empty if the sub-identifiers do not match the index.
    ///
    /// - Parameter hasNumbers: whether numbers become numbers; they become text otherwise.
    static func members(_ subidentifiers: [UInt32], _ index: [MIBIndexObject], hasNumbers: Bool) -> Row {
        guard let parts = parts(subidentifiers, index) else { return Row() }
        var row = Row()
        for (object, part) in zip(index, parts) {
            if hasNumbers, part.count == 1, object.syntax.names.isEmpty {
                row[object.name] = JSONValue(part[0])
                continue
            }
            guard object.syntax.base == .octetString else {
                row[object.name] = .string(text(part, object.syntax))
                continue
            }
            let octets = part.dropFirst(isFixed(object.syntax) ? 0 : 1).map { UInt8(truncatingIfNeeded: $0) }
            let isIdentifier = object.syntax.convention == Self.identifier
            row[object.name] = .string(plain(octets, isIdentifier: isIdentifier, type: row.text(object.name + "Type")))
        }
        return row
    }

    /// The convention for the identity of a peer or a mobile node, whose form another object of the row states: that object's name is the
    /// name of the identifier, followed by `Type`.
    private static let identifier = "MipEntityIdentifier"

    /// A binary value for people: an address, text, or hexadecimal digits.
    ///
    /// - Parameters:
    ///   - isIdentifier: whether they identify a peer or a mobile node.
    ///   - type: the label of the type of the identifier; nil if it is unknown.
    private static func plain(_ octets: [UInt8], isIdentifier: Bool, type: String?) -> String {
        let text = isText(octets) ? String(decoding: octets, as: UTF8.self) : nil
        // Without a type, four bytes that are not text can only be an address.
        if isIdentifier, octets.count == 4, type == "ipaddress" || type == nil && text == nil {
            return octets.map(String.init).joined(separator: ".")
        }
        return text ?? octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: ":")
    }

    /// Whether bytes are UTF-8 without control characters. Binary values may be UTF-8 by chance.
    private static func isText(_ octets: [UInt8]) -> Bool {
        guard let text = String(validating: octets, as: UTF8.self) else { return false }
        return text.unicodeScalars.allSatisfy {
            $0.properties.generalCategory != .control || "\t\n\r".unicodeScalars.contains($0)
        }
    }

    // MARK: - Values

    /// The value, preceded by its type.
    func value(_ value: SNMPValue, of node: NamedNode?) -> String {
        let syntax = node?.object?.syntax
        let units = node.map { $0.units.isEmpty ? "" : " \($0.units)" } ?? ""
        switch value {
        case .integer(let number):
            if let label = syntax?.label(of: Int(number)) { return "INTEGER: \(label)(\(number))" }
            return "INTEGER: \(number)\(units)"
        case .octets(let octets): return text(octets, syntax)
        case .objectIdentifier(let oid): return "OID: \(name(oid))"
        case .ipAddress(let octets): return "IpAddress: " + octets.map(String.init).joined(separator: ".")
        case .counter32(let number): return "Counter32: \(number)\(units)"
        case .gauge32(let number): return "Gauge32: \(number)\(units)"
        case .counter64(let number): return "Counter64: \(number)\(units)"
        case .timeTicks(let ticks): return "Timeticks: (\(ticks)) \(Self.time(ticks))"
        case .opaque(let octets): return "OPAQUE: " + Self.hexadecimal(octets)
        case .null: return "NULL"
        case .noSuchObject: return "No Such Object available on this agent at this OID"
        case .noSuchInstance: return "No Such Instance currently exists at this OID"
        case .endOfMibView: return "No more variables left in this MIB View (It is past the end of the MIB tree)"
        }
    }

    private func text(_ octets: [UInt8], _ syntax: MIBSyntax?) -> String {
        if let syntax, syntax.base == .bits {
            return "BITS: " + Self.hexadecimal(octets) + Self.labels(octets, syntax).map { "\($0.label)(\($0.number)) " }.joined()
        }
        switch syntax?.convention {
        case "SnmpAdminString", "MipEntityIdentifierNAI": return "STRING: " + String(decoding: octets, as: UTF8.self).printable
        case "DateAndTime": return "STRING: " + Self.date(octets)
        default: break
        }
        if octets.isEmpty { return "\"\"" }
        // A tab and a line feed only: a carriage return, for example, would overwrite the line.
        guard octets.allSatisfy({ (0x20..<0x7F).contains($0) || $0 == 9 || $0 == 10 }) else {
            return "Hex-STRING: " + Self.hexadecimal(octets)
        }
        return "STRING: \"" + String(decoding: octets, as: UTF8.self).replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            + "\""
    }

    /// The bits that are set (RFC 2578 §7.1.4).
    static func labels(_ octets: [UInt8], _ syntax: MIBSyntax) -> [MIBSyntax.NamedNumber] {
        syntax.names.filter { name in
            octets.indices.contains(name.number / 8) && octets[name.number / 8] & (0x80 >> (name.number % 8)) != 0
        }
    }

    /// Sixteen bytes per line.
    private static func hexadecimal(_ octets: [UInt8]) -> String {
        octets.enumerated().map { index, octet in
            (index > 0 && index.isMultiple(of: 16) ? "\n" : "") + (octet < 16 ? "0" : "")
                + String(octet, radix: 16, uppercase: true) + " "
        }.joined()
    }

    /// A DateAndTime in the form of its display hint (RFC 2579): `2026-11-23,9:12:49.0,+0:0`.
    static func date(_ octets: [UInt8]) -> String {
        guard octets.count >= 8 else { return hexadecimal(octets) }
        let year = Int(octets[0]) << 8 | Int(octets[1])
        let date = "\(year)-\(octets[2])-\(octets[3]),\(octets[4]):\(octets[5]):\(octets[6]).\(octets[7])"
        guard octets.count >= 11 else { return date }
        // Any other direction from UTC may be a character that moves the cursor.
        guard [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(octets[8]) else { return hexadecimal(octets) }
        return date + ",\(Character(UnicodeScalar(octets[8])))\(octets[9]):\(octets[10])"
    }

    /// A DateAndTime (RFC 2579); nil if it is invalid or means never, which is a year 0. Without a time zone it is taken for UTC.
    static func timestamp(_ octets: [UInt8]) -> Timestamp? {
        guard octets.count == 8 || octets.count == 11 else { return nil }
        func two(_ octet: UInt8) -> String { octet < 10 ? "0\(octet)" : "\(octet)" }
        let year = Int(octets[0]) << 8 | Int(octets[1])
        guard (1...9999).contains(year), octets[7] < 10 else { return nil }
        let digits = String(repeating: "0", count: 4 - String(year).count) + String(year)
        guard
            let time = Timestamp(
                "\(digits)-\(two(octets[2]))-\(two(octets[3]))T\(two(octets[4])):\(two(octets[5])):\(two(octets[6])).\(octets[7])Z"
            )
        else { return nil }
        guard octets.count == 11 else { return time }
        let ahead = (Int64(octets[9]) * 60 + Int64(octets[10])) * 60_000
        return time.adding(milliseconds: octets[8] == UInt8(ascii: "-") ? ahead : -ahead)
    }

    /// Hundredths of a second as days, hours, minutes and seconds.
    static func time(_ ticks: UInt32) -> String {
        func two(_ value: UInt32) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let seconds = ticks / 100
        let clock = "\(seconds / 3600 % 24):\(two(seconds / 60 % 60)):\(two(seconds % 60)).\(two(ticks % 100))"
        let days = seconds / 86400
        return days == 0 ? clock : "\(days) day\(days == 1 ? "" : "s"), \(clock)"
    }

    /// The value for a table cell or for JSON: labels instead of numbers that have one, text without quotes, times in RFC 3339, without
    /// types and units.
    ///
    /// - Parameter row: what is known of the row already, for identifiers, whose form another object states.
    func plain(_ value: SNMPValue, of node: NamedNode?, in row: Row = Row()) -> JSONValue {
        let syntax = node?.object?.syntax
        switch value {
        case .integer(let number): return syntax?.label(of: Int(number)).map(JSONValue.string) ?? JSONValue(number)
        case .octets(let octets):
            if let syntax, syntax.base == .bits { return .array(Self.labels(octets, syntax).map { .string($0.label) }) }
            switch syntax?.convention {
            case "DateAndTime": return Self.timestamp(octets).map { .string("\($0)") } ?? .null
            case "SnmpAdminString", "MipEntityIdentifierNAI": return .string(String(decoding: octets, as: UTF8.self))
            default:
                let isIdentifier = syntax?.convention == Self.identifier
                return .string(Self.plain(octets, isIdentifier: isIdentifier, type: row.text((node?.name ?? "") + "Type")))
            }
        case .objectIdentifier(let oid): return .string(name(oid))
        case .ipAddress(let octets): return .string(octets.map(String.init).joined(separator: "."))
        case .counter32(let number), .gauge32(let number), .timeTicks(let number): return JSONValue(number)
        case .counter64(let number): return JSONValue(number)
        case .opaque(let octets): return .string(Self.hexadecimal(octets))
        case .null, .noSuchObject, .noSuchInstance, .endOfMibView: return .null
        }
    }
}
