import CLinuxNetwork
import Glibc
import MobileIPv4

/// A request to rtnetlink, in the byte order of this machine.
struct NetlinkMessage {
    let type: UInt16
    let flags: UInt16
    /// What follows the netlink header: a structure of the family, then attributes.
    private(set) var body: [UInt8] = []

    init(_ type: CInt, flags: CInt) {
        self.type = UInt16(truncatingIfNeeded: type)
        self.flags = UInt16(truncatingIfNeeded: flags)
        body.reserveCapacity(64)
    }

    /// Appends a C structure of plain members.
    mutating func append<Value: BitwiseCopyable>(_ value: Value) {
        withUnsafeBytes(of: value) { body.append(contentsOf: $0) }
        pad()
    }

    mutating func attribute(_ type: Int, _ octets: some Collection<UInt8>) {
        append(UInt16(truncatingIfNeeded: 4 + octets.count), UInt16(truncatingIfNeeded: type))
        body.append(contentsOf: octets)
        pad()
    }

    mutating func attribute<Value: FixedWidthInteger & BitwiseCopyable>(_ type: Int, _ value: Value) {
        withUnsafeBytes(of: value) { attribute(type, $0) }
    }

    /// Appends a device name, which ends with a zero octet.
    mutating func attribute(_ type: Int, name: String) { attribute(type, Array(name.utf8) + [0]) }

    /// Appends an attribute that contains attributes.
    mutating func nested(_ type: Int, _ content: (inout Self) -> Void) {
        let start = body.count
        append(UInt16(0), UInt16(truncatingIfNeeded: type) | UInt16(NLA_F_NESTED))
        content(&self)
        let length = UInt16(truncatingIfNeeded: body.count - start)
        withUnsafeBytes(of: length) { body.replaceSubrange(start..<start + 2, with: $0) }
    }

    private mutating func append(_ first: UInt16, _ second: UInt16) {
        withUnsafeBytes(of: (first, second)) { body.append(contentsOf: $0) }
    }

    private mutating func pad() { while body.count % 4 != 0 { body.append(0) } }
}

/// One reply of rtnetlink: its type and what follows its header.
struct NetlinkReply {
    let type: UInt16
    let body: [UInt8]

    /// The structure at the beginning of the body; nil when the body is shorter.
    func structure<Value: BitwiseCopyable>(_ type: Value.Type) -> Value? {
        guard body.count >= MemoryLayout<Value>.size else { return nil }
        return body.withUnsafeBytes { $0.loadUnaligned(as: type) }
    }

    /// The attributes after a structure of that type; if an attribute occurs more than once, the last one.
    func attributes<Value>(after type: Value.Type) -> [Int: ArraySlice<UInt8>] {
        var found: [Int: ArraySlice<UInt8>] = [:]
        var offset = (MemoryLayout<Value>.size + 3) & ~3
        while offset + 4 <= body.count {
            let length = Int(body[offset...].integer(UInt16.self) ?? 0)
            let type = Int(body[(offset + 2)...].integer(UInt16.self) ?? 0) & 0x3FFF
            guard length >= 4, offset + length <= body.count else { break }
            found[type] = body[offset + 4..<offset + length]
            offset += (length + 3) & ~3
        }
        return found
    }
}

extension ArraySlice<UInt8> {
    /// The integer at the beginning of the octets, in the byte order of this machine; nil when there are too few.
    func integer<Value: FixedWidthInteger & BitwiseCopyable>(_ type: Value.Type) -> Value? {
        guard count >= MemoryLayout<Value>.size else { return nil }
        return withUnsafeBytes { $0.loadUnaligned(as: type) }
    }

    /// An address in network byte order.
    var address: IPv4Address? { integer(UInt32.self).map { IPv4Address(rawValue: UInt32(bigEndian: $0)) } }

    /// A name up to its zero octet.
    var name: String { String(decoding: prefix { $0 != 0 }, as: UTF8.self) }
}
