import AgentModel
import MobileIPv4
import Testing

@Suite("Peer identities")
struct PeerIdentityTests {
    @Test(
        "A text is read as the kind of identity it looks like, and written unchanged",
        arguments: ["10.0.0.1", "10.0.0.0/8", "0.0.0.0/0", "alice@example.net", "alice"])
    func text(text: String) throws {
        let identity = try #require(PeerIdentity(text))
        #expect(identity.description == text)
        switch identity {
        case .address: #expect(!text.contains("/") && text.contains("."))
        case .prefix: #expect(text.contains("/"))
        case .nai: #expect(text.hasPrefix("alice"))
        }
    }

    @Test("The order is addresses, then prefixes, then NAIs, each by value")
    func order() throws {
        let words = ["9.255.0.1", "10.0.0.1", "10.0.0.0/8", "10.0.0.0/16", "bob@example.net", "alice@example.net"]
        let identities = try words.map { try #require(PeerIdentity($0)) }
        let sorted = identities.reversed().sorted().map(\.description)
        #expect(sorted.prefix(4) == words.prefix(4))
        #expect(Set(sorted.suffix(2)) == Set(words.suffix(2)))
    }
}
