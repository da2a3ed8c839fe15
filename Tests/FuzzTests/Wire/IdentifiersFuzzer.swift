import FuzzSupport

@testable import MobileIPv4

/// Network access identifiers, realms, and the names of services, which are compared in forms of their own.
enum IdentifiersFuzzer: FuzzTarget {
    static let name = "identifiers"
    static let about = "equal identifiers have one hash and one place in the order, and only the case of a realm may differ"

    static func run(_ input: [UInt8]) throws {
        let parts = input.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
        let (first, second) = (Array(parts[0]), Array(parts.count > 1 ? parts[1] : []))
        if let identifier = NetworkAccessIdentifier(octets: first) {
            try check(identifier, first)
            if let other = NetworkAccessIdentifier(octets: second) {
                try compare(identifier, other)
                try requireEqual(identifier == other, identifier.comparedOctets == other.comparedOctets, "equality")
            }
        }
        if let service = ServiceIdentifier(octets: first) {
            try requireEqual(service.octets, first, "octets of a service")
            try requireEqual(ServiceIdentifier(service.value), service, "normal form of a service")
            if let other = ServiceIdentifier(octets: second) { try compare(service, other) }
        }
        let text = String(decoding: first, as: UTF8.self)
        if let realm = Realm(text) { try requireEqual(Realm(realm.description), realm, "a realm as text") }
    }

    private static func check(_ identifier: NetworkAccessIdentifier, _ octets: [UInt8]) throws {
        try requireEqual(identifier.octets, octets, "octets of an identifier")
        try requireEqual(NetworkAccessIdentifier(identifier.value), identifier, "an identifier as text")
        let start = identifier.realmStart ?? octets.count
        for index in octets.indices where isLetter(octets[index]) {
            var turned = octets
            turned[index] ^= 0x20
            guard let other = NetworkAccessIdentifier(octets: turned) else { throw Finding("\(turned) is not an identifier") }
            try requireEqual(other == identifier, index >= start, "equality after a change of case at \(index)")
            try compare(identifier, other)
        }
        let realm = Realm(of: identifier)
        try requireEqual(realm == nil, start >= octets.count, "whether there is a realm")
        guard let realm, let small = NetworkAccessIdentifier(octets: identifier.comparedOctets) else { return }
        try requireEqual(Realm(of: small), realm, "realm in small letters")
    }

    private static func compare<Value: Hashable & Comparable>(_ a: Value, _ b: Value) throws {
        try require([a < b, b < a, a == b].count { $0 } == 1, "\(a) and \(b) have no order")
        if a == b { try requireEqual(a.hashValue, b.hashValue, "hash of \(a)") }
    }

    private static func isLetter(_ octet: UInt8) -> Bool { (0x61...0x7A).contains(octet | 0x20) && octet < 0x80 }
}
