import AgentModel
import Foundation
import MobileIPv4
import Testing

@Suite("An order to revoke in JSON")
struct RevocationOrderTests {
    private static func read(_ json: String) -> RevocationOrder? {
        try? JSONDecoder().decode(RevocationOrder.self, from: Data(json.utf8))
    }

    @Test("Every member is optional")
    func members() {
        #expect(Self.read("{}") == RevocationOrder())
        let whole = RevocationOrder(
            role: .homeAgent, homeAddresses: IPv4Prefix("10.0.0.0/8"), nai: NetworkAccessIdentifier("alice@example.net"),
            careOfAddress: IPv4Address(192, 0, 2, 1), homeAgent: IPv4Address(198, 51, 100, 1), text: "moved")
        let json =
            #"{"role":"homeAgent","homeAddresses":"10.0.0.0/8","nai":"alice@example.net","careOfAddress":"192.0.2.1","#
            + #""homeAgent":"198.51.100.1","text":"moved"}"#
        #expect(Self.read(json) == whole)
    }

    @Test(
        "An order with a member or a word that is not known is refused, as it could end more than what is meant",
        arguments: [#"{"vendor":7}"#, #"{"role":"relay"}"#, #"{"nai":"alice@example.net","network":"10.0.0.0/8"}"#])
    func unknown(json: String) {
        #expect(Self.read(json) == nil)
    }

    @Test(
        "An order with null is refused: a program that lacks a value would end more than what is meant",
        arguments: ["role", "homeAddresses", "nai", "careOfAddress", "homeAgent", "text"])
    func null(member: String) {
        #expect(Self.read("{\"\(member)\":null}") == nil)
    }
}
