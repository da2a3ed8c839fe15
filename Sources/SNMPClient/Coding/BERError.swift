/// Octets that are not an SNMP message.
public struct BERError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong and at which octet.
    public let description: String

    init(_ problem: String, at offset: Int) { description = "\(problem) at octet \(offset)" }
}
