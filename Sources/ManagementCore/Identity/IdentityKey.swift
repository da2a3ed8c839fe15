public import AgentModel
public import MobileIPv4

/// A row's place in the order by entity identity. The rest of the row's key distinguishes rows of the same identity.
public struct IdentityKey<Rest: Hashable & Comparable & Sendable>: Hashable, Comparable, Sendable {
    /// The entity the row is about.
    public let identity: EntityIdentity
    /// What distinguishes rows of one identity.
    public let rest: Rest

    public init(_ identity: EntityIdentity, _ rest: Rest) {
        self.identity = identity
        self.rest = rest
    }

    public static func < (a: Self, b: Self) -> Bool {
        if a.identity < b.identity { return true }
        return b.identity < a.identity ? false : a.rest < b.rest
    }
}

// Two identifiers of more than 64 bytes may share an abbreviation, hence an identity. Each rest therefore includes the row's whole key.

/// The place of an association among those of one identity: by SPI, as in the index of `mipSecurityAssocTable`.
public struct AssociationPlace: Hashable, Comparable, Sendable {
    /// The row's own key.
    public let key: SecurityAssociationKey

    public static func < (a: Self, b: Self) -> Bool { (a.key.spi, a.key.peer) < (b.key.spi, b.key.peer) }
}

/// The place of a visitor among those of one identity: by home address, then by source address.
public struct VisitorPlace: Hashable, Comparable, Sendable {
    /// The row's own key.
    public let key: VisitorKey

    public static func < (a: Self, b: Self) -> Bool {
        a.key.homeAddress == b.key.homeAddress ? a.key < b.key : a.key.homeAddress < b.key.homeAddress
    }
}

/// The place of a pending request among those of one identity: by home address.
public struct PendingPlace: Hashable, Comparable, Sendable {
    /// The row's own key.
    public let key: PendingRegistrationKey

    public static func < (a: Self, b: Self) -> Bool {
        if a.key.homeAddress != b.key.homeAddress { return a.key.homeAddress < b.key.homeAddress }
        switch (a.key.nai, b.key.nai) {
        case (let a?, let b?): return a < b
        case (nil, .some): return true
        default: return false
        }
    }
}

extension IdentityKey<AssociationPlace> {
    init(_ key: SecurityAssociationKey) { self.init(EntityIdentity(key.peer), AssociationPlace(key: key)) }
}

extension IdentityKey<VisitorPlace> {
    init(_ key: VisitorKey) { self.init(EntityIdentity(nai: key.nai, address: key.homeAddress), VisitorPlace(key: key)) }
}

extension IdentityKey<PendingPlace> {
    /// The place of a pending request.
    public init(_ key: PendingRegistrationKey) {
        self.init(EntityIdentity(nai: key.nai, address: key.homeAddress), PendingPlace(key: key))
    }
}

extension IdentityKey<PeerIdentity> {
    init(_ offender: PeerIdentity) { self.init(EntityIdentity(offender), offender) }
}

extension IdentityKey<IPv4Address> {
    init(_ node: MobileNodeService) {
        self.init(EntityIdentity(nai: node.nai, address: node.homeAddress), node.homeAddress)
    }
}
