import MobileIPv4
import Testing

@Suite("Network access identifiers")
struct NetworkAccessIdentifierTests {
    @Test("Are different when their octets outside the realm's ASCII letters are, however similar they look")
    func octets() throws {
        let composed = try #require(NetworkAccessIdentifier(octets: Array("\u{E9}@example.net".utf8)))
        let decomposed = try #require(NetworkAccessIdentifier(octets: Array("e\u{301}@example.net".utf8)))
        #expect(composed.value == decomposed.value)
        #expect(composed != decomposed)
        #expect((composed < decomposed) != (decomposed < composed))
        #expect(Set([composed, decomposed, composed]).count == 2)
    }

    @Test(
        "Are equal without regard to the case of the realm, and keep their own octets",
        arguments: [
            ("alice@example.net", "alice@EXAMPLE.net"), ("alice@Example.Net", "alice@eXAMPLE.nET"),
            ("@EXAMPLE.NET", "@example.net"), ("a@B@C", "a@B@c"),
            ("alice@\u{E9}.NET", "alice@\u{E9}.net"), ("ALICE@Z", "ALICE@z"),
        ])
    func sameRealm(left: String, right: String) throws {
        let a = try #require(NetworkAccessIdentifier(left))
        let b = try #require(NetworkAccessIdentifier(octets: Array(right.utf8)))
        #expect(a == b && b == a)
        #expect(a.hashValue == b.hashValue)
        #expect(!(a < b) && !(b < a))
        #expect(Set([a, b]).count == 1)
        #expect(a.octets == Array(left.utf8) && b.octets == Array(right.utf8))
        #expect(a.value == left && b.description == right)
    }

    @Test(
        "Are different when the user part, a letter outside ASCII, or anything else differs",
        arguments: [
            ("alice@example.net", "Alice@example.net"), ("alice", "ALICE"), ("a@B@c", "a@b@c"),
            ("alice@\u{E9}.net", "alice@\u{C9}.net"), ("alice@example.net", "alice@example.ne"),
            ("alice@EXAMPLE.NET", "alicE@EXAMPLE.NET"), ("a@[", "a@{"), ("a@@", "a@`"), ("a@", "a"),
        ])
    func others(left: String, right: String) throws {
        let a = try #require(NetworkAccessIdentifier(left))
        let b = try #require(NetworkAccessIdentifier(right))
        #expect(a != b && b != a)
        #expect((a < b) != (b < a))
        #expect(Set([a, b]).count == 2)
    }

    @Test("Are ordered by their octets, with the realm in small letters")
    func order() throws {
        let texts = ["A@x", "Z@X", "a@A", "a@b", "a@C", "b@A"]
        let identifiers = texts.compactMap { NetworkAccessIdentifier($0) }
        #expect(identifiers.shuffled().sorted().map(\.value) == texts)
    }

    @Test(
        "Have the realm that follows the last '@', in small letters",
        arguments: [
            ("alice@Example.NET", "example.net"), ("a@b@C", "c"), ("@x", "x"), ("alice", nil), ("alice@", nil),
        ] as [(String, String?)])
    func realm(text: String, realm: String?) throws {
        let identifier = try #require(NetworkAccessIdentifier(text))
        #expect(Realm(of: identifier)?.description == realm)
        #expect(Realm(of: identifier) == realm.flatMap { Realm($0.uppercased()) })
    }

    @Test("Have the same abbreviation if they are equal, and none if they are short")
    func abbreviation() throws {
        let user = String(repeating: "U", count: 60)
        let capitals = try #require(NetworkAccessIdentifier("\(user)@EXAMPLE.net"))
        let small = try #require(NetworkAccessIdentifier("\(user)@example.net"))
        let other = try #require(NetworkAccessIdentifier("\(user.lowercased())@example.net"))
        #expect(small.abbreviation?.count == 64)
        #expect(capitals.abbreviation == small.abbreviation)
        #expect(other.abbreviation != small.abbreviation)
        #expect(NetworkAccessIdentifier("alice@EXAMPLE.net")?.abbreviation == nil)
    }

    @Test(
        "Are 1 to 255 octets of UTF-8 without control characters",
        arguments: [[], Array(repeating: 0x61, count: 256), [0x61, 0xFF], [0x61, 0x1B], [0x61, 0], [0xC3]] as [[UInt8]])
    func wrong(octets: [UInt8]) {
        #expect(NetworkAccessIdentifier(octets: octets) == nil)
    }

    @Test("Take no more room than a reference, also where they are optional")
    func size() {
        #expect(MemoryLayout<NetworkAccessIdentifier>.size == MemoryLayout<[UInt8]>.size)
        #expect(MemoryLayout<NetworkAccessIdentifier?>.size == MemoryLayout<[UInt8]>.size)
    }
}
