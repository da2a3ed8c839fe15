import MobileIPv4
import Testing

@testable import NodeDaemon

@Suite("Values of a host configuration that reach programs and files")
struct DomainNameTests {
    @Test(
        "A domain name is kept in lower case without its final dot",
        arguments: [
            ("home.example", "home.example"), ("Home.EXAMPLE.", "home.example"), ("lan", "lan"), ("a-1.2b.c3", "a-1.2b.c3"),
            (String(repeating: "a", count: 63) + ".b", String(repeating: "a", count: 63) + ".b"),
        ])
    func valid(_ text: String, _ expected: String) {
        #expect(DomainName(text)?.description == expected)
    }

    @Test(
        "Anything that is not a domain name of letters, digits and hyphens is refused",
        arguments: [
            "", ".", "..", ".a", "a..b", "a..", "-a.example", "a-.example", "--help", "a b", "a\nnameserver 192.0.2.1", "a\r",
            "a\t", "a\0b", "~.", "a_b.example", "bücher.example", "a/b", "a%b", "192.0.2.1", "a.1", "\"a\"", "$(a)",
            String(repeating: "a", count: 64) + ".b", String(repeating: "a.", count: 127) + "b",
        ])
    func invalid(_ text: String) {
        #expect(DomainName(text) == nil)
    }

    @Test("Only distinct name servers on other machines are used, at most three")
    func servers() {
        let usable = (1...4 as ClosedRange<UInt8>).map { IPv4Address(192, 0, 2, $0) }
        let unusable = [
            IPv4Address.zero, .limitedBroadcast, IPv4Address(0, 1, 2, 3), IPv4Address(127, 0, 0, 53), IPv4Address(224, 0, 0, 1),
            IPv4Address(240, 0, 0, 1),
        ]
        let settings = ResolverSettings(nameServers: unusable + [usable[0]] + usable, searchDomain: nil)
        #expect(settings?.nameServers == Array(usable[..<3]))
        #expect(ResolverSettings(nameServers: unusable, searchDomain: nil) == nil)
    }
}
