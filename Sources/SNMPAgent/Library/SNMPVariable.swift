import CNetSNMP
import MIPMIB
import MobileIPv4

/// Values in the library's representation: integers as `long`, addresses as four octets in network order.
enum SNMPVariable {
    static func set(_ value: MIBValue, on variable: UnsafeMutablePointer<netsnmp_variable_list>) {
        switch value {
        case .integer(let value): set(Int(value), ASN_INTEGER, on: variable)
        case .unsigned(let value): set(Int(value), ASN_UNSIGNED, on: variable)
        case .gauge(let value): set(Int(value), ASN_GAUGE, on: variable)
        case .counter(let value): set(Int(value), ASN_COUNTER, on: variable)
        case .counter64(let value):
            var parts = counter64(high: UInt(value >> 32), low: UInt(value & 0xFFFF_FFFF))
            snmp_set_var_typed_value(variable, UInt8(ASN_COUNTER64), &parts, MemoryLayout<counter64>.size)
        case .timeTicks(let value): set(Int(value), ASN_TIMETICKS, on: variable)
        case .ipAddress(let address):
            var octets = address.rawValue.bigEndian
            snmp_set_var_typed_value(variable, UInt8(ASN_IPADDRESS), &octets, 4)
        case .octets(let octets):
            octets.withUnsafeBytes {
                // A null pointer would mean "no value" rather than an empty string.
                var nothing: UInt8 = 0
                if let start = $0.baseAddress, !$0.isEmpty {
                    _ = snmp_set_var_typed_value(variable, UInt8(ASN_OCTET_STR), start, $0.count)
                } else {
                    _ = snmp_set_var_typed_value(variable, UInt8(ASN_OCTET_STR), &nothing, 0)
                }
            }
        }
    }

    private static func set(
        _ value: Int, _ type: some BinaryInteger, on variable: UnsafeMutablePointer<netsnmp_variable_list>
    ) {
        var value = value
        snmp_set_var_typed_value(variable, UInt8(type), &value, MemoryLayout<Int>.size)
    }
}
