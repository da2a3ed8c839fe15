package import AgentModel
import MobileIPv4

extension Binding: CanonicalRow {
    package static var blank: Binding {
        Binding(
            homeAddress: .zero, careOfAddress: .zero, homeAgent: .zero, sourceAddress: .zero, sourcePort: 0, nai: nil, flags: [],
            identification: Identification(rawValue: 0), lifetimeGranted: 0, created: .blank, renewed: .blank, expires: nil,
            renewals: 0, encapsulation: .ipInIp, spi: .blank)
    }

    package mutating func visit(_ text: inout some CanonicalText) throws(NotCanonical) {
        try text.member("homeAddress", &homeAddress)
        try text.member("careOfAddress", &careOfAddress)
        try text.member("homeAgent", &homeAgent)
        try text.member("sourceAddress", &sourceAddress)
        try text.member("sourcePort", &sourcePort)
        try text.member("nai", &nai)
        try text.member("flags", &flags)
        try text.member("identification", &identification)
        try text.member("lifetimeGranted", &lifetimeGranted)
        try text.member("created", &created)
        try text.member("renewed", &renewed)
        try text.member("expires", &expires)
        try text.member("renewals", &renewals)
        try text.member("handoffs", &handoffs)
        try text.member("encapsulation", &encapsulation)
        try text.member("reverseTunnel", &reverseTunnel)
        try text.member("spi", &spi)
    }
}

extension Visitor: CanonicalRow {
    package static var blank: Visitor {
        Visitor(
            sourceAddress: .zero, sourcePort: 0, homeAddress: .zero, homeAgent: .zero, careOfAddress: .zero, nai: nil, flags: [],
            identification: Identification(rawValue: 0), state: .pending, lifetimeRequested: 0, lifetimeGranted: 0,
            created: .blank, expires: nil)
    }

    package mutating func visit(_ text: inout some CanonicalText) throws(NotCanonical) {
        try text.member("sourceAddress", &sourceAddress)
        try text.member("sourcePort", &sourcePort)
        try text.member("homeAddress", &homeAddress)
        try text.member("homeAgent", &homeAgent)
        try text.member("careOfAddress", &careOfAddress)
        try text.member("nai", &nai)
        try text.member("flags", &flags)
        try text.member("reverseTunnel", &reverseTunnel)
        try text.member("identification", &identification)
        try text.member("state", &state)
        try text.member("lifetimeRequested", &lifetimeRequested)
        try text.member("lifetimeGranted", &lifetimeGranted)
        try text.member("created", &created)
        try text.member("expires", &expires)
    }
}

extension MobileNodeService: CanonicalRow {
    package static var blank: MobileNodeService { MobileNodeService(homeAddress: .zero, nai: nil) }

    package mutating func visit(_ text: inout some CanonicalText) throws(NotCanonical) {
        try text.member("homeAddress", &homeAddress)
        try text.member("nai", &nai)
        try text.member("requestsReceived", &requestsReceived)
        try text.member("accepted", &accepted)
        try text.member("denied", &denied)
        try text.member("serviceTime", &serviceTime)
        try text.member("servingSince", &servingSince)
        try text.member("recentAccepted", &recentAccepted)
        try text.member("recentDenied", &recentDenied)
        try text.member("recentDeniedCode", &recentDeniedCode)
    }
}

extension SecurityAssociation: CanonicalRow {
    package static var blank: SecurityAssociation {
        SecurityAssociation(
            peer: .address(.zero), peerRole: .mobileNode, spi: .blank, algorithm: .hmacMD5, replayMethod: .timestamps,
            replayTolerance: 0)
    }

    package mutating func visit(_ text: inout some CanonicalText) throws(NotCanonical) {
        try text.member("peer", &peer)
        try text.member("peerRole", &peerRole)
        try text.member("spi", &spi)
        try text.member("algorithm", &algorithm)
        try text.member("replayMethod", &replayMethod)
        try text.member("replayTolerance", &replayTolerance)
        try text.member("storage", &storage)
        try text.member("use", &use)
    }
}

extension AssociationUse: CanonicalRow {
    package static var blank: AssociationUse { AssociationUse() }

    package mutating func visit(_ text: inout some CanonicalText) throws(NotCanonical) {
        try text.member("lastUsed", &lastUsed)
        try text.member("accepted", &accepted)
        try text.member("authenticationFailures", &authenticationFailures)
        try text.member("replayFailures", &replayFailures)
        try text.member("clockOffset", &clockOffset)
    }
}

extension ForwardedTraffic: CanonicalRow {
    package static var blank: ForwardedTraffic { ForwardedTraffic(role: .homeAgent, homeAddress: .zero) }

    package mutating func visit(_ text: inout some CanonicalText) throws(NotCanonical) {
        try text.member("role", &role)
        try text.member("homeAddress", &homeAddress)
        try text.member("packetsToNode", &packetsToNode)
        try text.member("octetsToNode", &octetsToNode)
        try text.member("packetsFromNode", &packetsFromNode)
        try text.member("octetsFromNode", &octetsFromNode)
    }
}

extension Timestamp {
    fileprivate static var blank: Timestamp { Timestamp(milliseconds: 0) }
}

extension SecurityParameterIndex {
    fileprivate static var blank: SecurityParameterIndex { SecurityParameterIndex(rawValue: 0) }
}
