import CNetSNMP
import MIPMIB
import MobileIPv4

extension SNMPVariable {
    /// The assignment that a manager sent in a SetRequest.
    static func assignment(_ variable: UnsafeMutablePointer<netsnmp_variable_list>) -> MIBAssignment {
        let name = UnsafeBufferPointer(start: variable.pointee.name, count: variable.pointee.name_length)
        return MIBAssignment(oid: name.map { UInt($0 & 0xFFFF_FFFF) }, content: content(variable))
    }

    private static func content(_ variable: UnsafeMutablePointer<netsnmp_variable_list>) -> MIBAssignment.Content {
        let value = variable.pointee.val
        let octets = UnsafeBufferPointer(start: value.string, count: variable.pointee.val_len)
        // The library stores integers of all kinds as `long`.
        func number() -> Int? { variable.pointee.val_len == MemoryLayout<Int>.size ? value.integer?.pointee : nil }
        func unsigned() -> UInt32? { number().flatMap { UInt32(exactly: $0) } }
        switch UInt32(variable.pointee.type) {
        case UInt32(ASN_INTEGER): return number().flatMap { Int32(exactly: $0) }.map { .value(.integer($0)) } ?? .malformed
        // Unsigned32 has the tag of Gauge32.
        case UInt32(ASN_GAUGE): return unsigned().map { .value(.unsigned($0)) } ?? .malformed
        case UInt32(ASN_COUNTER): return unsigned().map { .value(.counter($0)) } ?? .malformed
        case UInt32(ASN_TIMETICKS): return unsigned().map { .value(.timeTicks($0)) } ?? .malformed
        case UInt32(ASN_COUNTER64):
            guard let parts = value.counter64?.pointee else { return .malformed }
            return .value(.counter64(UInt64(parts.high & 0xFFFF_FFFF) << 32 | UInt64(parts.low & 0xFFFF_FFFF)))
        case UInt32(ASN_IPADDRESS):
            guard octets.count == 4 else { return .malformed }
            return .value(.ipAddress(IPv4Address(octets[0], octets[1], octets[2], octets[3])))
        case UInt32(ASN_OCTET_STR): return .value(.octets(Array(octets)))
        default: return .foreign
        }
    }
}
