import AgentModel
import MobileIPv4
import MobileNode
import Testing

@Suite("Host configuration at a mobile node")
struct HostConfigurationTests {
    private static let request =
        "01020708c000020ac0000201c6336401e90b5a8012345678860c000000000009000e000000002014000001004c85cbd1444cf4da58c75882adb0f1"
        + "10"
    private static let answer =
        "03000708c000020ac0000201e90b5a8012345678860c000000000009000e000100188612000000000009000e0002c0000235c0000236860e000000"
        + "000009000e0005c00002fe8616000000000009000e0006686f6d652e6578616d706c652014000001001254c3a887c2adc08e3b7df799a4be36"

    private static func octets(_ values: [HostConfiguration]) -> [UInt8] {
        values.flatMap { extensionOctets(NormalVendorSpecific($0.vendorSpecific)) }
    }

    /// A node that asks, and has sent a request.
    private static func asking() -> VisitingNode {
        let visiting = VisitingNode { $0.asksForHostConfiguration = true }
        visiting.attach()
        return visiting
    }

    @Test("E2, E3: the node asks, and takes what the home agent answers")
    func answered() throws {
        let visiting = VisitingNode.ofExample { $0.asksForHostConfiguration = true }
        #expect(Hexadecimal.text(visiting.request) == Self.request)
        #expect(try visiting.deliver(hexadecimal: Self.answer) == .accepted(.accepted, lifetime: 1800))
        #expect(
            visiting.status.hostConfiguration
                == ReceivedHostConfiguration(
                    prefixLength: 24, domainNameServers: [IPv4Address(192, 0, 2, 53), IPv4Address(192, 0, 2, 54)],
                    defaultGateway: IPv4Address(192, 0, 2, 254), domainNameSuffix: "home.example", received: Place.start))
        #expect(visiting.counters.hostConfigurations == 1)
        #expect(visiting.counters.hostConfigurationsIgnored == 0)
        #expect(visiting.counters.normalVendorExtensionsIgnored == 0)
    }

    @Test("A node that does not ask ignores what it is given", arguments: [true, false])
    func notAsked(isConfigured: Bool) throws {
        let visiting = VisitingNode.ofExample {
            $0.asksForHostConfiguration = isConfigured
            $0.discovery.hostConfiguration = !isConfigured
        }
        #expect(try visiting.sentTypes == [32])
        #expect(try visiting.deliver(hexadecimal: Self.answer) == .accepted(.accepted, lifetime: 1800))
        #expect(visiting.node.hostConfiguration == nil)
        #expect(visiting.counters.hostConfigurations == 0)
        #expect(visiting.counters.normalVendorExtensionsIgnored == 4)
    }

    @Test("A deregistration does not ask")
    func deregistration() throws {
        let visiting = Self.asking()
        #expect(visiting.deliver() == .accepted(.accepted, lifetime: 100))
        visiting.disable()
        #expect(try visiting.sentTypes == [32])
    }

    @Test("What the home agent has not signed, or says with a denial, is not used")
    func unsigned() throws {
        let values = Self.octets([.homeNetworkPrefixLength(24)])
        let visiting = Self.asking()
        #expect(visiting.deliver { $0.after = values } == .accepted(.accepted, lifetime: 100))
        #expect(visiting.node.hostConfiguration == nil)
        let denied = Self.asking()
        #expect(denied.deliver { ($0.code, $0.before) = (130, values) } == .denied(.haInsufficientResources))
        #expect(denied.node.hostConfiguration == nil)
        #expect(denied.counters.hostConfigurations == 0)
    }

    /// Values of which some cannot be used.
    struct Values: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var octets: [UInt8]
        var ignored: UInt64
        /// What is left.
        var isUsed: @Sendable (NodeHostConfiguration?) -> Bool

        init(
            _ description: String, _ values: [HostConfiguration], ignored: UInt64,
            _ isUsed: @escaping @Sendable (NodeHostConfiguration?) -> Bool = { $0 == nil }
        ) {
            testDescription = description
            octets = HostConfigurationTests.octets(values)
            self.ignored = ignored
            self.isUsed = isUsed
        }

        static func value(_ octets: [UInt8]) -> [UInt8] {
            extensionOctets(NormalVendorSpecific(VendorSpecific(vendor: 9, vendorType: 14, value: octets)))
        }

        static let bad: [Values] = [
            Values("a prefix of 33 bits", [.homeNetworkPrefixLength(33)], ignored: 1),
            Values(
                "one name server", [.domainNameServers(primary: IPv4Address(192, 0, 2, 53), secondary: .zero)], ignored: 0
            ) { $0?.domainNameServers == [IPv4Address(192, 0, 2, 53)] },
            Values(
                "a group as second name server",
                [.domainNameServers(primary: IPv4Address(192, 0, 2, 53), secondary: IPv4Address(224, 0, 0, 1))], ignored: 1
            ) { $0?.domainNameServers == [IPv4Address(192, 0, 2, 53)] },
            Values(
                "two name servers of no use",
                [.domainNameServers(primary: IPv4Address(127, 0, 0, 53), secondary: .limitedBroadcast)], ignored: 2),
            Values("no name servers", [.domainNameServers(primary: .zero, secondary: .zero)], ignored: 0),
            Values("a DHCP server 0.0.0.0", [.dhcpServer(.zero)], ignored: 1),
            Values("a group as gateway", [.defaultGateway(IPv4Address(224, 0, 0, 1))], ignored: 1),
            Values("a suffix with a line break", [.domainNameSuffix("example.com\nnameserver 192.0.2.66")], ignored: 1),
            Values("a suffix with an empty label", [.domainNameSuffix("home..example")], ignored: 1),
            Values("a suffix that begins with a hyphen", [.domainNameSuffix("-home.example")], ignored: 1),
            Values("a suffix with a label of 64 letters", [.domainNameSuffix(String(repeating: "a", count: 64))], ignored: 1),
            Values("a suffix whose last label is a number", [.domainNameSuffix("home.123")], ignored: 1),
            Values("a suffix in capital letters", [.domainNameSuffix("Home.Example")], ignored: 0) {
                $0?.domainNameSuffix == "home.example"
            },
            Values("a suffix that is a dot", [.domainNameSuffix(".")], ignored: 1),
            Values("a suffix with a dot at its end", [.domainNameSuffix("home.example.")], ignored: 0) {
                $0?.domainNameSuffix == "home.example"
            },
            Values("a URL without encryption", [.configurationURL("http://home.example/")], ignored: 1),
            Values("a URL without a host", [.configurationURL("https:///etc/passwd")], ignored: 1),
            Values("a URL with a user", [.configurationURL("https://home.example@192.0.2.66/")], ignored: 1),
            Values("a URL with a space", [.configurationURL("https://home.example/a b")], ignored: 1),
            Values("a URL with a quotation mark", [.configurationURL("https://home.example/\"")], ignored: 1),
            Values("a URL", [.configurationURL("HTTPS://home.example/config?a=b")], ignored: 0) {
                $0?.configurationURL == "HTTPS://home.example/config?a=b"
            },
            Values("a client identifier", [.dhcpClientIdentifier([1, 2, 3])], ignored: 1),
            Values("a request", [.request(selector: 0)], ignored: 1),
            Values("the same twice", [.homeNetworkPrefixLength(24), .homeNetworkPrefixLength(16)], ignored: 1) {
                $0?.prefixLength == 24
            },
            Values(
                "a bad one among others", [.homeNetworkPrefixLength(24), .dhcpServer(.zero), .defaultGateway(Place.home)],
                ignored: 1
            ) { $0?.prefixLength == 24 && $0?.dhcpServer == nil && $0?.defaultGateway == Place.home },
        ]
    }

    @Test("What cannot be used is ignored and counted, and the rest is used", arguments: Values.bad)
    func values(_ values: Values) throws {
        let visiting = Self.asking()
        #expect(visiting.deliver { $0.before = values.octets } == .accepted(.accepted, lifetime: 100))
        #expect(values.isUsed(visiting.node.hostConfiguration))
        #expect(visiting.counters.hostConfigurationsIgnored == values.ignored)
        #expect(visiting.counters.hostConfigurations == 1)
    }

    @Test(
        "A malformed value is ignored and counted",
        arguments: [[], [0], [0, 1, 24], [0, 2, 192, 0, 2, 53], [0, 9, 1, 1]] as [[UInt8]])
    func malformed(_ octets: [UInt8]) throws {
        let visiting = Self.asking()
        #expect(visiting.deliver { $0.before = Values.value(octets) } == .accepted(.accepted, lifetime: 100))
        #expect(visiting.node.hostConfiguration == nil)
        #expect(visiting.counters.hostConfigurationsIgnored == 1)
    }

    // MARK: - How long it is kept

    @Test("The configuration ends with the registration")
    func ends() throws {
        let values = Self.octets([.homeNetworkPrefixLength(24)])
        let visiting = Self.asking()
        #expect(visiting.deliver { $0.before = values } == .accepted(.accepted, lifetime: 100))
        visiting.disable()
        #expect(visiting.node.hostConfiguration != nil)
        #expect(visiting.deliver { $0.lifetime = 0 } == .accepted(.accepted, lifetime: 0))
        #expect(visiting.node.hostConfiguration == nil)
        let expiring = Self.asking()
        #expect(expiring.deliver { $0.before = values } == .accepted(.accepted, lifetime: 100))
        expiring.pass(until: 100)
        #expect(expiring.node.hostConfiguration == nil)
    }

    private static let renewals: [(Double, UInt16, Bool)] = [(0, 24, false), (70, 24, true), (140, 16, false)]

    @Test("A renewal replaces it; whether it is applied stays known as long as the values are the same")
    func renewed() throws {
        let visiting = Self.asking()
        visiting.node.setHostConfigurationApplied(true)
        #expect(visiting.node.hostConfiguration == nil)
        for (second, length, isApplied) in Self.renewals {
            visiting.pass(until: second)
            let values = Self.octets([.homeNetworkPrefixLength(length)])
            #expect(visiting.deliver { $0.before = values } == .accepted(.accepted, lifetime: 100))
            #expect(visiting.status.hostConfiguration?.prefixLength == UInt8(length))
            #expect(visiting.status.hostConfiguration?.isApplied == isApplied)
            #expect(visiting.status.hostConfiguration?.received == Place.start.adding(milliseconds: Int64(second * 1000)))
            visiting.node.setHostConfigurationApplied(true)
        }
        visiting.pass(until: 210)
        #expect(visiting.deliver() == .accepted(.accepted, lifetime: 100))
        #expect(visiting.node.hostConfiguration == nil)
        #expect(visiting.counters.hostConfigurations == 3)
    }

    @Test("Turning it off and on again brings the configuration back without another request")
    func turnedOn() throws {
        let visiting = Self.asking()
        let values = Self.octets([.homeNetworkPrefixLength(24)])
        #expect(visiting.deliver { $0.before = values } == .accepted(.accepted, lifetime: 100))
        var policy = DiscoveryPolicy()
        policy.hostConfiguration = false
        visiting.node.setDiscovery(policy)
        #expect(visiting.status.hostConfiguration == nil)
        policy.hostConfiguration = true
        visiting.node.setDiscovery(policy)
        #expect(visiting.status.hostConfiguration?.prefixLength == 24)
    }

    @Test("Turned off, the configuration is not used from that moment on")
    func turnedOff() throws {
        let visiting = Self.asking()
        let values = Self.octets([.homeNetworkPrefixLength(24)])
        #expect(visiting.deliver { $0.before = values } == .accepted(.accepted, lifetime: 100))
        var policy = DiscoveryPolicy()
        policy.hostConfiguration = false
        visiting.node.setDiscovery(policy)
        #expect(visiting.node.hostConfiguration == nil)
        visiting.pass(until: 70)
        #expect(try visiting.sentTypes == [32])
    }
}
