import AgentModel
import JSON
import MobileIPv4

// Records that remove rows, where the key alone is not enough.

/// The key of a binding or visit, and why it ended.
struct EndedRow<Key: Record & Codable>: Record, Codable {
    var key: Key
    var reason: EndReason

    static var typeName: String { Key.typeName }
    static var blank: EndedRow { EndedRow(key: .blank, reason: .expired) }

    mutating func visit(_ visitor: inout some RecordVisitor) throws(NotCanonical) {
        try key.visit(&visitor)
        try visitor.member("reason", &reason)
    }
}

struct ViolatorRemoved: Record, Codable {
    var violator: PeerIdentity

    static var typeName: String { "SecurityViolationRemoved" }
    static var blank: ViolatorRemoved { ViolatorRemoved(violator: .address(.zero)) }

    mutating func visit(_ visitor: inout some RecordVisitor) throws(NotCanonical) {
        try visitor.member("violator", &violator)
    }
}

struct NodeRemoved: Record, Codable {
    var homeAddress: IPv4Address

    static var typeName: String { "MobileNodeServiceRemoved" }
    static var blank: NodeRemoved { NodeRemoved(homeAddress: .zero) }

    mutating func visit(_ visitor: inout some RecordVisitor) throws(NotCanonical) {
        try visitor.member("homeAddress", &homeAddress)
    }
}

struct AdvertisingRemoved: Record, Codable {
    var address: IPv4Address

    static var blank: AdvertisingRemoved { AdvertisingRemoved(address: .zero) }

    mutating func visit(_ visitor: inout some RecordVisitor) throws(NotCanonical) {
        try visitor.member("address", &address)
    }
}
