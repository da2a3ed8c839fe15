package import AgentModel
package import MobileIPv4

extension CanonicalValue where Self: FixedWidthInteger & UnsignedInteger {
    package init(from reader: inout CanonicalReader) throws(NotCanonical) { self = try reader.number() }
    package func write(to writer: inout CanonicalWriter) { writer.write(UInt64(self)) }
}

extension UInt8: CanonicalValue {}
extension UInt16: CanonicalValue {}
extension UInt32: CanonicalValue {}
extension UInt64: CanonicalValue {}

extension Int32: CanonicalValue {
    package init(from reader: inout CanonicalReader) throws(NotCanonical) { self = try reader.signedNumber() }
    package func write(to writer: inout CanonicalWriter) { writer.write(Int64(self)) }
}

extension String: CanonicalValue {
    package init(from reader: inout CanonicalReader) throws(NotCanonical) {
        self = try reader.string { text in text.withUnsafeBufferPointer { String(validating: $0, as: UTF8.self) } }
    }
    package func write(to writer: inout CanonicalWriter) { writer.write(text: utf8) }
}

extension SecurityParameterIndex: CanonicalValue {
    package init(from reader: inout CanonicalReader) throws(NotCanonical) { self.init(rawValue: try reader.number()) }
    package func write(to writer: inout CanonicalWriter) { writer.write(UInt64(rawValue)) }
}

extension IPv4Address: CanonicalValue {
    package init(from reader: inout CanonicalReader) throws(NotCanonical) { self = try reader.string { IPv4Address(text: $0) } }
    package func write(to writer: inout CanonicalWriter) { writer.writeString { appendText(to: &$0) } }
}

extension Timestamp: CanonicalValue {
    package init(from reader: inout CanonicalReader) throws(NotCanonical) { self = try reader.string { Timestamp(text: $0) } }
    package func write(to writer: inout CanonicalWriter) { writer.writeString { appendText(to: &$0) } }
}

extension Identification: CanonicalValue {
    package init(from reader: inout CanonicalReader) throws(NotCanonical) {
        self = try reader.string { Identification(text: $0) }
    }
    package func write(to writer: inout CanonicalWriter) { writer.writeString { appendText(to: &$0) } }
}

extension NetworkAccessIdentifier: CanonicalValue {
    package init(from reader: inout CanonicalReader) throws(NotCanonical) {
        self = try reader.string { text in text.withUnsafeBufferPointer { NetworkAccessIdentifier(octets: $0) } }
    }
    package func write(to writer: inout CanonicalWriter) { writer.write(text: octets) }
}

extension PeerIdentity: CanonicalValue {
    package init(from reader: inout CanonicalReader) throws(NotCanonical) {
        self = try reader.string { text in
            if let address = IPv4Address(text: text) { return .address(address) }
            return text.withUnsafeBufferPointer { String(validating: $0, as: UTF8.self) }.flatMap { PeerIdentity($0) }
        }
    }
    package func write(to writer: inout CanonicalWriter) {
        if case .address(let address) = self { address.write(to: &writer) } else { writer.write(description) }
    }
}

extension RegistrationFlags: CanonicalValue {
    /// The labels in the order of the wire.
    package init(from reader: inout CanonicalReader) throws(NotCanonical) {
        try reader.expect("[")
        var flags = RegistrationFlags()
        if reader.take("]") {
            self = flags
            return
        }
        repeat {
            let flag = try reader.string { text in Self.labels.first { text.spells($0.label) }?.flag }
            // Once each and in order, as they are written.
            guard flag.rawValue < flags.lowestBit else { throw NotCanonical() }
            flags.insert(flag)
        } while reader.take(",")
        try reader.expect("]")
        self = flags
    }

    package func write(to writer: inout CanonicalWriter) {
        writer.literal("[")
        var isFirst = true
        if !isEmpty {
            for (flag, label) in Self.labels where contains(flag) {
                if !isFirst { writer.literal(",") }
                isFirst = false
                writer.write(label)
            }
        }
        writer.literal("]")
    }

    /// The least significant flag; more than every flag when none is set.
    private var lowestBit: UInt16 { isEmpty ? 0x100 : 1 << UInt16(rawValue.trailingZeroBitCount) }
}

/// An enumeration is a string, its case's name in the interface description.
extension CanonicalValue where Self: CaseIterable & RawRepresentable, RawValue == String {
    package init(from reader: inout CanonicalReader) throws(NotCanonical) {
        self = try reader.string { text in Self.allCases.first { text.spells($0.rawValue) } }
    }
    package func write(to writer: inout CanonicalWriter) { writer.write(rawValue) }
}

extension Encapsulation: CanonicalValue {}
extension ReverseTunnel: CanonicalValue {}
extension VisitorState: CanonicalValue {}
extension AgentRole: CanonicalValue {}
extension AuthenticationAlgorithm: CanonicalValue {}
extension ReplayMethod: CanonicalValue {}
extension StorageType: CanonicalValue {}
extension EndReason: CanonicalValue {}
extension SubscriptionUpdate.Phase: CanonicalValue {}

extension AssociationUse: CanonicalValue {
    package init(from reader: inout CanonicalReader) throws(NotCanonical) { self = try reader.row() }
    package func write(to writer: inout CanonicalWriter) { writer.write(self) }
}

extension Span<UInt8> {
    /// Whether these octets are this text.
    fileprivate func spells(_ text: String) -> Bool {
        let octets = text.utf8
        guard octets.count == count else { return false }
        var index = 0
        for octet in octets {
            guard self[index] == octet else { return false }
            index += 1
        }
        return true
    }
}
