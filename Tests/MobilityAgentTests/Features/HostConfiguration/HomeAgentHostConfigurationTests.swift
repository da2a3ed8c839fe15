import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

@Suite("Host configuration at a home agent")
struct HomeAgentHostConfigurationTests {
    /// Vendor extension 134 of vendor 9, type 14, with a Sub-Type of two bytes (RFC 4332 §3).
    private static func part(_ subtype: UInt8, _ value: [UInt8]) -> [UInt8] {
        [134, UInt8(value.count + 10), 0, 0, 0, 0, 0, 9, 0, 14, 0, subtype] + value
    }
    private static let wish = part(0, [0, 0])
    private static let servers = [IPv4Address(192, 0, 2, 53), IPv4Address(192, 0, 2, 54)]

    private static func entry(_ change: (inout HostConfigurationEntry) -> Void = { _ in }) throws -> HostConfigurationEntry {
        var entry = HostConfigurationEntry(
            try #require(Lab.homeNetwork), domainNameServers: servers, defaultGateway: IPv4Address(192, 0, 2, 254),
            domainNameSuffix: "home.example")
        change(&entry)
        return entry
    }

    private static func bench(
        _ entries: [HostConfigurationEntry], _ association: ConfiguredSecurityAssociation = Lab.association()
    ) -> Bench {
        Bench(Lab.homeAgentConfiguration([association]) { $0.hostConfigurations = entries })
    }

    private static func ask(
        _ bench: inout Bench, _ change: (inout Request) -> Void = { _ in }
    ) -> (request: Request, sent: [UInt8]?) {
        let request = Request(bench) {
            $0.before = wish
            change(&$0)
        }
        return (request, bench.receive(request.octets)?.payload)
    }

    /// The reply that a home agent without host configuration would send, with these parts before the node's authenticator.
    private static func expected(
        _ request: Request, _ parts: [UInt8], _ association: ConfiguredSecurityAssociation = Lab.association()
    ) -> [UInt8] {
        var octets = Answer(to: request) { $0.association = nil }.octets + parts
        octets.sign(.mobileHomeAuthentication, association)
        return octets
    }

    private static let prefix = part(1, [0, 24])
    private static let gateway = part(5, [192, 0, 2, 254])
    private static let bothServers = part(2, [192, 0, 2, 53, 192, 0, 2, 54])
    private static let suffix = part(6, Array("home.example".utf8))

    @Test("The published request is answered with prefix length, gateway, servers and suffix, which the authenticator covers")
    func published() throws {
        let request =
            "01020708c000020ac0000201c6336401e90b5a8012345678860c000000000009000e000000002014000001004c85cbd1444cf4da58c75882adb0f110"
        var bench = Self.bench([try Self.entry()], PublishedLab.ofNode)
        let sent = bench.receive(try PublishedLab.octets(request), from: Lab.foreignAgent)
        let asked = Request(bench) { $0.identification = PublishedLab.identification }
        var octets = Answer(to: asked) { ($0.association, $0.lifetime) = (nil, 1800) }.octets
        octets += Self.prefix + Self.gateway + Self.bothServers + Self.suffix
        octets.sign(.mobileHomeAuthentication, PublishedLab.ofNode)
        #expect(sent?.payload == octets)
        #expect(bench.home.hostConfigurationRequests == 1 && bench.home.hostConfigurationAnswers == 1)
        #expect(bench.home.hostConfigurationTruncated == 0)
        #expect(bench.home.normalVendorExtensionsFromMobileNodeIgnored == 0)
    }

    @Test("Each part is sent if the configuration has it, in the order 1, 5, 2, 3, 6, 7")
    func parts() throws {
        let url = "https://home.example/node"
        let entries: [(HostConfigurationEntry, [UInt8])] = [
            (HostConfigurationEntry(try #require(Lab.homeNetwork)), Self.prefix),
            (HostConfigurationEntry(try #require(Lab.homeNetwork), prefixLength: 32), Self.part(1, [0, 32])),
            (
                try Self.entry { $0.domainNameServers = [Self.servers[0]] },
                Self.prefix + Self.gateway + Self.part(2, [192, 0, 2, 53, 0, 0, 0, 0]) + Self.suffix
            ),
            (
                try Self.entry { ($0.dhcpServer, $0.configurationURL) = (Self.servers[1], url) },
                Self.prefix + Self.gateway + Self.bothServers + Self.part(3, [192, 0, 2, 54]) + Self.suffix
                    + Self.part(7, Array(url.utf8))
            ),
        ]
        for (entry, parts) in entries {
            var bench = Self.bench([entry])
            let (request, sent) = Self.ask(&bench)
            #expect(sent == Self.expected(request, parts))
        }
    }

    @Test("The longest network that contains the home address determines the configuration")
    func longestNetwork() throws {
        let entries = ["0.0.0.0/0", "192.0.2.0/28", "192.0.2.0/24", "198.51.100.0/24"].compactMap { IPv4Prefix($0) }.map {
            HostConfigurationEntry($0)
        }
        var bench = Self.bench(entries)
        let (request, sent) = Self.ask(&bench)
        #expect(sent == Self.expected(request, Self.part(1, [0, 28])))
    }

    @Test("A node whose network has no configuration gets none")
    func otherNetwork() throws {
        let network = try #require(IPv4Prefix("198.51.100.0/24"))
        var bench = Self.bench([HostConfigurationEntry(network)])
        let (request, sent) = Self.ask(&bench)
        #expect(sent == Self.expected(request, []))
        #expect(bench.home.hostConfigurationRequests == 1 && bench.home.hostConfigurationAnswers == 0)
    }

    @Test("Any selector, and the Sub-Type of one byte, ask for everything")
    func selectors() throws {
        let wishes = [Self.part(0, [0, 7]), [134, 11, 0, 0, 0, 0, 0, 9, 0, 14, 0, 0, 0]] as [[UInt8]]
        for wish in wishes {
            var bench = Self.bench([try Self.entry()])
            let (request, sent) = Self.ask(&bench) { $0.before = wish }
            #expect(sent == Self.expected(request, Self.prefix + Self.gateway + Self.bothServers + Self.suffix))
        }
    }

    /// A request that gets no host configuration.
    private struct Unanswered: CustomTestStringConvertible, Sendable {
        let testDescription: String
        var isAccepted = true
        var isCounted = false
        let change: @Sendable (inout Request) -> Void
    }

    private static let unanswered = [
        Unanswered(testDescription: "does not ask", change: { $0.before = [] }),
        Unanswered(testDescription: "sends what only replies have", change: { $0.before = prefix }),
        Unanswered(testDescription: "asks after the node's authenticator", change: { ($0.before, $0.after) = ([], wish) }),
        Unanswered(testDescription: "asks another vendor", change: { $0.before[7] = 10 }),
        Unanswered(testDescription: "leaves", isCounted: true, change: { $0.lifetime = 0 }),
        Unanswered(testDescription: "is denied", isAccepted: false, change: { $0.homeAgent = Lab.broadcast }),
    ]

    @Test("Only an acceptance of a request for a binding that asks has host configuration", arguments: unanswered)
    private func notAnswered(_ example: Unanswered) throws {
        var bench = Self.bench([try Self.entry()])
        let (_, sent) = Self.ask(&bench, example.change)
        let reply = try #require(sent)
        #expect((reply[1] == 0) == example.isAccepted)
        #expect(!reply.extensionsOfReply.contains { $0.type == 134 })
        #expect(bench.home.hostConfigurationRequests == (example.isCounted ? 1 : 0))
        #expect(bench.home.hostConfigurationAnswers == 0)
    }

    @Test("Without the setting, the request is ignored as an unknown vendor extension")
    func off() throws {
        var configuration = Lab.homeAgentConfiguration([Lab.association()])
        configuration.homeAgent?.hostConfigurations = [try Self.entry()]
        configuration.settings.discovery.hostConfiguration = false
        var bench = Bench(configuration)
        let (request, sent) = Self.ask(&bench)
        #expect(sent == Self.expected(request, []))
        #expect(bench.home.normalVendorExtensionsFromMobileNodeIgnored == 1)
    }

    @Test("A copy of the request is answered alike, but floods of copies get short replies")
    func copies() throws {
        var bench = Self.bench([try Self.entry()])
        let (request, first) = Self.ask(&bench)
        let counts = (0..<150).count { _ in bench.receive(request.octets)?.payload == first }
        #expect(counts == 100)
        #expect(bench.bindings.count == 1)
        #expect(bench.home.hostConfigurationRequests == 1)
    }

    @Test("A reply that would be longer than 1400 bytes does without the URL", arguments: [false, true])
    func truncated(hasIdentity: Bool) throws {
        let label = String(repeating: "a", count: 60)
        let suffix = [label, label, label, label].joined(separator: ".")
        let url = "https://home.example/" + String(repeating: "u", count: 220)
        let entry = try Self.entry { ($0.domainNameSuffix, $0.configurationURL) = (suffix, url) }
        let long = try #require(NetworkAccessIdentifier(String(repeating: "n", count: 240) + "@example.net"))
        let configuration = Lab.homeAgentConfiguration {
            $0.hostConfigurations = [entry]
            $0.messages = MessageTexts(replies: ReplyTexts([.accepted: String(repeating: "t", count: 254)]))
            ($0.identity, $0.aaaIdentity) = (long, hasIdentity ? long : nil)
        }
        var bench = Bench(configuration)
        let (_, sent) = Self.ask(&bench) { $0.nai = long }
        let reply = try #require(sent)
        let subtypes = reply.extensionsOfReply.filter { $0.type == 134 }.map { $0.data[9] }
        #expect(reply.count <= 1400)
        #expect(subtypes == (hasIdentity ? [1, 5, 2, 6] : [1, 5, 2, 6, 7]))
        #expect(bench.home.hostConfigurationTruncated == (hasIdentity ? 1 : 0))
        #expect(bench.home.hostConfigurationAnswers == 1)
    }

    @Test("A reply that has room for no value counts neither as an answer nor as a shortened one")
    func noRoom() throws {
        let long = try #require(NetworkAccessIdentifier(String(repeating: "n", count: 240) + "@example.net"))
        let service = try #require(ServiceIdentifier(String(repeating: "s", count: 255)))
        let entry = try Self.entry()
        let configuration = Lab.homeAgentConfiguration {
            $0.hostConfigurations = [entry]
            $0.messages = MessageTexts(replies: ReplyTexts([.accepted: String(repeating: "t", count: 254)]))
            ($0.identity, $0.aaaIdentity, $0.services) = (long, long, [ServicePolicy(service)])
        }
        var bench = Bench(configuration)
        let (_, sent) = Self.ask(&bench) {
            $0.nai = long
            $0.before += [151, 255] + service.octets
            $0.before += [132, 255] + [UInt8](repeating: 7, count: 255)
        }
        let reply = try #require(sent)
        #expect(reply[1] == 0 && !reply.extensionsOfReply.contains { $0.type == 134 })
        #expect(bench.home.hostConfigurationRequests == 1 && bench.home.hostConfigurationAnswers == 0)
        #expect(bench.home.hostConfigurationTruncated == 0)
    }
}
