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

    /// An index part as a value of its object: `10.0.1.1`, `homeAgent` or a text.
    static func plain(_ part: [UInt32], _ syntax: MIBSyntax) -> String {
        guard syntax.base == .octetString else { return text(part, syntax) }
        let octets = part.dropFirst(isFixed(syntax) ? 0 : 1)
        guard octets.allSatisfy({ (0x20..<0x7F).contains($0) }) else { return octets.map(String.init).joined(separator: ".") }
        return String(decoding: octets.map { UInt8(truncatingIfNeeded: $0) }, as: UTF8.self)
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
        guard octets.allSatisfy({ (0x20..<0x7F).contains($0) || (9...13).contains($0) }) else {
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
        return date + ",\(Character(UnicodeScalar(octets[8])))\(octets[9]):\(octets[10])"
    }

    /// Hundredths of a second as days, hours, minutes and seconds.
    static func time(_ ticks: UInt32) -> String {
        func two(_ value: UInt32) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let seconds = ticks / 100
        let clock = "\(seconds / 3600 % 24):\(two(seconds / 60 % 60)):\(two(seconds % 60)).\(two(ticks % 100))"
        let days = seconds / 86400
        return days == 0 ? clock : "\(days) day\(days == 1 ? "" : "s"), \(clock)"
    }

    /// The value for a table cell or for JSON: labels instead of numbers that have one, text without quotes, without types and units.
    func plain(_ value: SNMPValue, of node: NamedNode?) -> JSONValue {
        let syntax = node?.object?.syntax
        switch value {
        case .integer(let number): return syntax?.label(of: Int(number)).map(JSONValue.string) ?? JSONValue(number)
        case .octets(let octets):
            if let syntax, syntax.base == .bits { return .array(Self.labels(octets, syntax).map { .string($0.label) }) }
            if syntax?.convention == "DateAndTime" { return .string(Self.date(octets)) }
            let text = String(decoding: octets, as: UTF8.self)
            return .string(Array(text.utf8) == octets ? text : Self.hexadecimal(octets))
        case .objectIdentifier(let oid): return .string(name(oid))
        case .ipAddress(let octets): return .string(octets.map(String.init).joined(separator: "."))
        case .counter32(let number), .gauge32(let number), .timeTicks(let number): return JSONValue(number)
        case .counter64(let number): return JSONValue(number)
        case .opaque(let octets): return .string(Self.hexadecimal(octets))
        case .null, .noSuchObject, .noSuchInstance, .endOfMibView: return .null
        }
    }
}
