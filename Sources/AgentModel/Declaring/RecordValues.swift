public import JSON
public import MobileIPv4

// The values of members, as they appear in JSON.

extension SecurityParameterIndex: RecordValue {
    public static var form: ValueForm { .whole(isSigned: false) }
    @inlinable public init(from reader: inout CanonicalReader) throws(NotCanonical) { self.init(rawValue: try reader.number()) }
    @inlinable public func write(to writer: inout CanonicalWriter) { writer.write(UInt64(rawValue)) }

    static var blank: SecurityParameterIndex { SecurityParameterIndex(rawValue: 0) }
}

extension IPv4Address: RecordValue {
    public static var form: ValueForm { .text(.address) }
    @inlinable public init(from reader: inout CanonicalReader) throws(NotCanonical) {
        self = try reader.string { IPv4Address(text: $0) }
    }
    @inlinable public func write(to writer: inout CanonicalWriter) { writer.writeString { appendText(to: &$0) } }
}

extension Timestamp: RecordValue {
    public static var form: ValueForm { .text(.time) }
    @inlinable public init(from reader: inout CanonicalReader) throws(NotCanonical) {
        self = try reader.string { Timestamp(text: $0) }
    }
    @inlinable public func write(to writer: inout CanonicalWriter) { writer.writeString { appendText(to: &$0) } }

    static var blank: Timestamp { Timestamp(milliseconds: 0) }
}

extension Identification: RecordValue {
    public static var form: ValueForm { .text(.hexadecimal(digits: 16)) }
    @inlinable public init(from reader: inout CanonicalReader) throws(NotCanonical) {
        self = try reader.string { Identification(text: $0) }
    }
    @inlinable public func write(to writer: inout CanonicalWriter) { writer.writeString { appendText(to: &$0) } }
}

extension NetworkAccessIdentifier: RecordValue {
    public static var form: ValueForm { .text(.any) }
    @inlinable public init(from reader: inout CanonicalReader) throws(NotCanonical) {
        self = try reader.string { text in text.withUnsafeBufferPointer { NetworkAccessIdentifier(octets: $0) } }
    }
    @inlinable public func write(to writer: inout CanonicalWriter) { writer.write(text: octets) }
}

extension ServiceIdentifier: RecordValue {
    public static var form: ValueForm { .text(.any) }
    public init(from reader: inout CanonicalReader) throws(NotCanonical) {
        self = try reader.string { text in text.withUnsafeBufferPointer { ServiceIdentifier(octets: $0) } }
    }
    public func write(to writer: inout CanonicalWriter) { writer.write(value) }
}

extension PeerIdentity: RecordValue {
    public static var form: ValueForm { .text(.any) }
    public init(from reader: inout CanonicalReader) throws(NotCanonical) {
        self = try reader.string { text in
            if let address = IPv4Address(text: text) { return .address(address) }
            return text.withUnsafeBufferPointer { String(validating: $0, as: UTF8.self) }.flatMap { PeerIdentity($0) }
        }
    }
    public func write(to writer: inout CanonicalWriter) {
        if case .address(let address) = self { address.write(to: &writer) } else { writer.write(description) }
    }
}

extension RegistrationFlags: RecordFlags {}
extension AdvertisementFlags: RecordFlags {}

// The stand-in for an unknown word is the one that claims least. Roles, kinds of event, authentication algorithms and replay methods have
// no stand-in: showing another word would be wrong.

extension AgentRole: RecordWord { public static var isClosed: Bool { true } }
extension AgentEventKind: RecordWord {}
extension AuthenticationAlgorithm: RecordWord {}
extension ReplayMethod: RecordWord {}
extension Encapsulation: RecordWord { public static var standIn: Encapsulation? { .ipInIp } }
extension ReverseTunnel: RecordWord { public static var standIn: ReverseTunnel? { ReverseTunnel.none } }
extension VisitorState: RecordWord { public static var standIn: VisitorState? { .pending } }
extension RequestKind: RecordWord { public static var standIn: RequestKind? { .initial } }
extension EndReason: RecordWord { public static var standIn: EndReason? { .expired } }
extension RevocationAgreement: RecordWord { public static var standIn: RevocationAgreement? { RevocationAgreement.none } }
extension ExchangeKind: RecordWord {}
extension ExchangeState: RecordWord { public static var standIn: ExchangeState? { .waiting } }
extension ViolationReason: RecordWord { public static var standIn: ViolationReason? { .other } }
extension MobileNodeState: RecordWord { public static var standIn: MobileNodeState? { .unknown } }
extension HomeAgentSearchState: RecordWord { public static var standIn: HomeAgentSearchState? { .unanchored } }
extension HomeAgentSource: RecordWord { public static var standIn: HomeAgentSource? { .configured } }
extension ChangeProblem: RecordWord { public static var standIn: ChangeProblem? { .commitFailed } }
/// Used only by optional members, so it needs no stand-in.
extension StorageType: RecordWord {}
