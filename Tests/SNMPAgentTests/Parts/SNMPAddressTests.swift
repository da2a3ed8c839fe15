import Testing

@testable import SNMPAgent

@Suite("Addresses in the notation of net-snmp")
struct SNMPAddressTests {
    @Test(
        "AgentX addresses that can work are accepted",
        arguments: [
            "/var/agentx/master", "unix:/var/agentx/master", "unix:/tmp/a:b", "tcp:127.0.0.1:705", "tcp:localhost:705",
            "localhost:705", "udp.example.net:705", "127.0.0.1:705", "tcp6:[::1]:705",
            "tcp6:[fe80::1%eth0]:705", "tcpv6:master.example.net:7050",
        ])
    func agentX(text: String) { #expect(SNMPAddress.isAgentX(text)) }

    @Test(
        "AgentX addresses that cannot work are refused",
        arguments: [
            "", "705", ":705", "udp:127.0.0.1:705", "udp:", "tcp:", "tcp:127.0.0.1", "tcp:127.0.0.1:0", "tcp:127.0.0.1:65536",
            "tcp:127.0.0:705", "tcp::705", "tcp6:::1:705", "tcp:[::1]:705", "master", "run/master", "unix:master", "unix:",
            "unix: /run/master", "/run/agentx/", "local:/run/master", "tcp:a b:705", "ssh:host:22:1", "tcp6:127.0.0.1:705",
            "/" + String(repeating: "a", count: 107), "udp:705", "UDP:705", "udp6:705", "udpv6:705", "udpipv6:705", "ipv6:705",
            "udpshared:705", "tcp6:705", "tcp:705", "alias:705", "std:705", "ssh:705", "tls:705", "tlstcp:705", "dtls:705",
            "dtlsudp:705", "ipx:705", "aal5pvc:705", "pvc:705", "unix:705", "TCP:705", "tcp:127.0.0.1:0705", "tcp:127.0.0.1:+705",
        ])
    func notAgentX(text: String) { #expect(!SNMPAddress.isAgentX(text)) }

    @Test(
        "Transport addresses name an IP transport, a host of its family and a port",
        arguments: [
            ("udp:127.0.0.1:161", true), ("udp6:[::1]:161", true), ("tcp:0.0.0.0:161", true), ("tcp6:[::]:161", true),
            ("udp:trap.example.net:162", true), ("127.0.0.1:161", false), ("udp:161", false), ("udp6:::1:161", false),
            ("udp:[::1]:161", false), ("udp6:127.0.0.1:161", false), ("udp:127.0.0.1:", false), ("udp:300.1.1.1:161", false),
            ("unix:/tmp/x", false), ("udp:127.0.0.1,127.0.0.2:161", false), ("udp:a\"b:161", false),
            ("udp:127.0.0.1:0161", false), ("udp6:[::1]:0161", false),
        ])
    func transport(text: String, isValid: Bool) { #expect(SNMPAddress.isTransport(text) == isValid) }

    @Test(
        "Sources are 'default', an address, or a network without host bits",
        arguments: [
            ("default", true), ("127.0.0.1", true), ("10.0.0.0/8", true), ("0.0.0.0/0", true), ("::1", true),
            ("fd00::/8", true), ("::/0", true), ("2001:db8::/33", true), ("", false), ("10.0.0.0/33", false),
            ("127.0.0.5/8", false), ("::1/0", false), ("fe80::/200", false), ("fd00::/", false), ("!127.0.0.1", false),
            ("nonsense.invalid", false), ("any", false),
            ("10.0.0.0/-1", false), ("Default", false), ("fd00::/08", false), ("fd00::/+8", false), ("10.0.0.0/08", false),
        ])
    func source(text: String, isValid: Bool) { #expect(SNMPAddress.isSource(text) == isValid) }
}
