import AgentModel
import MIPMIB
import MIPTesting
import MobileIPv4
import Testing

@Suite("A mobile node's home agent and host configuration in MIPV4-EXT-MIB")
struct NodeDiscoveryTests {
    static let prefixes = ["mipExtMnSearch", "mipExtMnHost"]

    /// The instances about the search and host configuration, without the counters.
    static func instances(_ values: [String: MIBValue]) -> [String: MIBValue] {
        values.filter { name, _ in !name.hasPrefix("mipExtMnHostConfig") && prefixes.contains { name.hasPrefix($0) } }
    }

    @Test("A node with a fixed home agent and without host configuration has no instances about them, and empty names")
    func none() {
        let values = NodeMessageTests.values { _ in }
        #expect(values["mnState.0"] != nil && Self.instances(values).isEmpty)
        for name in ["HomeAgentIdentity", "HomeAAAIdentity", "Service"] { #expect(values["mipExtMn\(name).0"] == .octets([])) }
    }

    @Test("A search is shown with its home agent, how that was found, and who redirected the node")
    func search() {
        let values = NodeMessageTests.values {
            $0.homeAgentSearch = HomeAgentSearch(
                state: .redirected, homeAgent: IPv4Address(10, 0, 0, 9), source: .redirected,
                redirects: [IPv4Address(10, 0, 0, 1), IPv4Address(10, 0, 0, 2)])
        }
        #expect(
            Self.instances(values) == [
                "mipExtMnSearchState.0": .integer(3), "mipExtMnSearchHomeAgent.0": .ipAddress(IPv4Address(10, 0, 0, 9)),
                "mipExtMnSearchSource.0": .integer(3),
                "mipExtMnSearchRedirects.0": .octets(Array("10.0.0.1 10.0.0.2".utf8)),
            ])
    }

    @Test("Host configuration is shown as far as the home agent gave it")
    func hostConfiguration() {
        let least = NodeMessageTests.values { $0.hostConfiguration = ReceivedHostConfiguration(received: Samples.start) }
        #expect(
            Self.instances(least) == [
                "mipExtMnHostNameServers.0": .octets([]), "mipExtMnHostTime.0": .dateAndTime(Samples.start),
            ])
        // Only name servers and a domain can be in use.
        let domain = NodeMessageTests.values {
            $0.hostConfiguration = ReceivedHostConfiguration(domainNameSuffix: "home.example", received: Samples.start)
        }
        #expect(domain["mipExtMnHostApplied.0"] == .integer(2))
        let whole = NodeMessageTests.values { $0.hostConfiguration = Samples.mobileNodeStatus().hostConfiguration }
        #expect(
            Self.instances(whole) == [
                "mipExtMnHostPrefixLength.0": .unsigned(24),
                "mipExtMnHostNameServers.0": .octets(Array("10.0.0.53 10.0.1.53".utf8)),
                "mipExtMnHostDhcpServer.0": .ipAddress(IPv4Address(10, 0, 0, 67)),
                "mipExtMnHostGateway.0": .ipAddress(IPv4Address(10, 0, 1, 254)),
                "mipExtMnHostSuffix.0": .octets(Array("home.example".utf8)),
                "mipExtMnHostURL.0": .octets(Array("https://config.example/".utf8)),
                "mipExtMnHostTime.0": .dateAndTime(Samples.start), "mipExtMnHostApplied.0": .integer(1),
            ])
    }

    @Test("Identities and the service are shown as they are, the service in its normal form")
    func names() throws {
        let values = NodeMessageTests.values {
            $0.homeAgentIdentity = NetworkAccessIdentifier("ha1@Example.NET")
            $0.homeAAAIdentity = NetworkAccessIdentifier("aaa@example.net")
            $0.service = ServiceIdentifier("voip.example.com")
        }
        #expect(values["mipExtMnHomeAgentIdentity.0"] == .octets(Array("ha1@Example.NET".utf8)))
        #expect(values["mipExtMnHomeAAAIdentity.0"] == .octets(Array("aaa@example.net".utf8)))
        #expect(values["mipExtMnService.0"] == .octets(Array("voip.example.com".utf8)))
    }

    @Test("Bindings and visitors show their service, or nothing")
    func services() {
        var (binding, visitor) = (Samples.binding(1), Samples.visitor(1))
        let plain = ExchangeTests.reading([.binding(binding), .visitor(visitor)])
        #expect(plain["mipExtBindingService.10.0.1.1.192.0.2.1"] == .octets([]))
        #expect(plain["mipExtVisitorService.2.4.10.0.2.1"] == .octets([]))
        (binding.service, visitor.service) = (ServiceIdentifier("ims"), ServiceIdentifier("müll"))
        let selected = ExchangeTests.reading([.binding(binding), .visitor(visitor)])
        #expect(selected["mipExtBindingService.10.0.1.1.192.0.2.1"] == .octets(Array("ims".utf8)))
        #expect(selected["mipExtVisitorService.2.4.10.0.2.1"] == .octets(Array("müll".utf8)))
    }
}
