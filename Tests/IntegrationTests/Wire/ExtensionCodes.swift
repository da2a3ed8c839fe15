import AgentModel
import Foundation
import MIPTesting
import MobileIPv4
import MobileNode
import NIOConcurrencyHelpers
import Testing

/// A mobile node and the programs of a foreign and a home agent, communicating over UDP on loopback, with an extension that one agent
/// denies.
struct ExtensionCode: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// The codes of the replies that the node gets, in order.
    var codes: [UInt8]
    /// Configuration lines of the agents' roles and files.
    var foreign: [String] = []
    var foreignFile: [String] = []
    var home: [String] = []
    var homeFile: [String] = []
    /// The time to live of the node's requests.
    var timeToLive: Int32 = 255
    var node: @Sendable (inout MobileNodeConfiguration) -> Void = { _ in }

    init(_ testDescription: String, _ codes: [UInt8], _ change: (inout Self) -> Void = { _ in }) {
        self.testDescription = testDescription
        self.codes = codes
        change(&self)
    }

    static let serverKey = AuthenticationKey(octets: Array("aaa-shared-secret".utf8))
    private static let wrongKey = AuthenticationKey(octets: [1, 2, 3])
    private static let server = [
        "authenticationServerAssociations:", "  - {peer: 127.40.0.0/16, spi: 2, key: 6161612d7368617265642d736563726574}",
    ]
    static let challenge = ["challenge: {window: 1, authentication: mobileAAA}"]
    private static func vendor(
        critical isCritical: Bool, for addressee: NodeVendorExtension.Addressee
    ) -> @Sendable (inout MobileNodeConfiguration) -> Void {
        {
            $0.vendorExtensions = [
                NodeVendorExtension(
                    isCritical: isCritical, addressee: addressee, content: VendorSpecific(vendor: 9, vendorType: 1, value: [7]))
            ]
        }
    }

    /// The codes that the programs themselves send.
    static let all: [ExtensionCode] = [
        // RFC 4721
        ExtensionCode("no challenge, then the challenge from the denial", [105, 0]) {
            $0.foreign = challenge
            $0.foreignFile = server
            $0.node = { $0.authenticationServer = NodeAssociation(spi: .chap, key: serverKey) }
        },
        ExtensionCode("a wrong answer, checked by the foreign agent", [105, 108]) {
            $0.foreign = challenge
            $0.foreignFile = server
            $0.node = { $0.authenticationServer = NodeAssociation(spi: .chap, key: wrongKey) }
        },
        ExtensionCode("a wrong answer, checked by the home agent", [105, 144]) {
            $0.foreign = challenge
            $0.homeFile = server
            $0.node = { $0.authenticationServer = NodeAssociation(spi: .chap, key: wrongKey) }
        },
        // RFC 3115
        ExtensionCode("a normal vendor extension for the foreign agent", [0]) {
            $0.node = vendor(critical: false, for: .foreignAgent)
        },
        ExtensionCode("a normal vendor extension for the home agent", [0]) { $0.node = vendor(critical: false, for: .homeAgent) },
        ExtensionCode("a critical vendor extension for the foreign agent", [100]) {
            $0.node = vendor(critical: true, for: .foreignAgent)
        },
        ExtensionCode("a critical vendor extension for the home agent", [140]) {
            $0.node = vendor(critical: true, for: .homeAgent)
        },
        ExtensionCode("known critical vendor extensions", [0]) {
            $0.foreign = ["knownVendorExtensions: [9/1]"]
            $0.node = vendor(critical: true, for: .foreignAgent)
        },
        // RFC 3024
        ExtensionCode("a reverse tunnel where the foreign agent offers none", [74]) {
            $0.foreign = ["reverseTunnel: unavailable"]
            $0.node = { $0.reverseTunnel = .direct }
        },
        ExtensionCode("no reverse tunnel where the foreign agent requires one", [75]) {
            $0.foreign = ["reverseTunnel: mandatory"]
        },
        ExtensionCode("a reverse tunnel from behind a router", [76]) {
            $0.timeToLive = 254
            $0.node = { $0.reverseTunnel = .direct }
        },
        ExtensionCode("encapsulating delivery where it is not offered", [79]) { $0.node = { $0.reverseTunnel = .encapsulating } },
        ExtensionCode("a reverse tunnel where the home agent offers none", [137]) {
            $0.home = ["reverseTunnel: unavailable"]
            $0.node = { $0.reverseTunnel = .direct }
        },
        ExtensionCode("no reverse tunnel where the home agent requires one", [138]) { $0.home = ["reverseTunnel: mandatory"] },
        ExtensionCode("an encapsulation that the foreign agent cannot decapsulate", [72]) { $0.node = { $0.flags.insert(.gre) } },
        ExtensionCode("an encapsulation that the home agent does not support", [139]) {
            $0.foreign = ["encapsulations: [ipInIp, minEnc]"]
            $0.node = { $0.flags.insert(.minEnc) }
        },
        // RFC 2794
        ExtensionCode("no home address where one is required", [96]) {
            $0.foreign = ["requiresHomeAddress: true"]
            $0.node = {
                $0.homeAddress = .zero
                $0.nai = NetworkAccessIdentifier("alice@example.net")
            }
        },
        ExtensionCode("neither home address nor NAI", [97]) { $0.node = { $0.homeAddress = .zero } },
        ExtensionCode("an NAI, to which an address is assigned", [0]) {
            $0.node = {
                $0.homeAddress = .zero
                $0.nai = NetworkAccessIdentifier("alice@example.net")
            }
        },
    ]
}

/// The two agents, and the node's end of the conversation.
final class ExtensionConversation {
    private static let digits = "00112233445566778899aabbccddeeff"
    static let key = AuthenticationKey(octets: (0..<16).map { UInt8($0 * 0x11) })
    static let spi = SecurityParameterIndex(rawValue: 256)
    static let homeAddress = IPv4Address(127, 40, 0, 1)

    private let directory: TemporaryDirectory
    private var programs: [ChildProcess] = []
    let home: TransportEndpoint
    private let foreign: TransportEndpoint
    /// The home agent's socket when the test answers in its place.
    private(set) var homeSocket: UDPClient?
    private let socket: UDPClient
    private static let next = NIOLockedValueBox<UInt32>(0)
    private var random = SystemRandomNumberGenerator()
    private let started = ContinuousClock.now
    var node: MobileNode
    /// The replies that have reached the node, and their codes.
    private(set) var codes: [UInt8] = []
    private(set) var replies: [[UInt8]] = []

    /// - Parameter hasHomeAgent: false when the test answers in place of the home agent.
    init(_ example: ExtensionCode, hasHomeAgent: Bool = true) async throws {
        directory = try TemporaryDirectory()
        // Separate loopback addresses, so that no other test takes the ports.
        let number = Self.next.withLockedValue { next in
            next += 1
            return next
        }
        let network = 0x7F80_0000 | (UInt32(bitPattern: getpid()) << 8 & 0x7F_FF00) &+ number << 2
        home = TransportEndpoint(IPv4Address(rawValue: network + 1), port: 4340)
        foreign = TransportEndpoint(IPv4Address(rawValue: network + 2), port: 4340)
        socket = UDPClient(address: IPv4Address(rawValue: network + 3))
        var configuration = MobileNodeConfiguration(
            homeAddress: Self.homeAddress, homeAgent: home, foreignAgent: foreign, careOfAddress: foreign.address, spi: Self.spi,
            key: Self.key)
        configuration.lifetime = 600
        example.node(&configuration)
        node = MobileNode(configuration: configuration)
        socket.setTimeToLive(example.timeToLive)
        try start(
            "foreign",
            """
            foreignAgent:
              addresses: ["\(foreign)"]
              careOfAddresses: [\(foreign.address)]
              homeAgentPort: \(home.port)
              defaultHomeAgent: \(home.address)
            \(example.foreign.map { "  " + $0 }.joined(separator: "\n"))
            \(example.foreignFile.joined(separator: "\n"))
            """)
        if hasHomeAgent {
            try start(
                "home",
                """
                homeAgent:
                  addresses: ["\(home)"]
                  homeNetworks: [127.40.0.0/16]
                  addressPool: [127.40.0.200-127.40.0.220]
                \(example.home.map { "  " + $0 }.joined(separator: "\n"))
                securityAssociations:
                  - {peer: 127.40.0.0/16, spi: 256, key: \(Self.digits)}
                  - {peer: alice@example.net, spi: 256, key: \(Self.digits)}
                \(example.homeFile.joined(separator: "\n"))
                """)
        } else {
            homeSocket = UDPClient(address: home.address, port: home.port)
        }
        for program in programs { try await eventually("an agent") { program.output.contains("serving") } }
    }

    private func start(_ name: String, _ lines: String) throws {
        let file = try directory.write(
            "name: \(name)\ncontrol: \(directory.file("\(name).sock"))\n\(lines)\n", to: "\(name).yaml")
        programs.append(
            try ChildProcess(BuiltProducts.path(of: "mip-agentd"), ["--config", file], log: directory.file("\(name).log")))
    }

    private var now: Moment {
        let passed = (ContinuousClock.now - started).components
        return Moment(
            uptime: passed.seconds * 1_000_000_000 + passed.attoseconds / 1_000_000_000,
            wallClock: Int64(Date.now.timeIntervalSince1970 * 1_000_000) * 1000)
    }

    /// Lets the node register; waits until the given number of replies has arrived or the node has decided.
    func register(repliesExpected: Int) async throws -> MobileNode.Outcome? {
        socket.send(node.register(at: now, random: &random), to: foreign)
        return try await finish(repliesExpected: repliesExpected)
    }

    /// Lets the node send a request to the foreign agent; `finish` handles the replies.
    func request() { socket.send(node.register(at: now, random: &random), to: foreign) }

    /// Sends a request of the node to the home agent, with bytes after its authenticator, as a foreign agent would append them.
    func requestThroughTest(appending octets: [UInt8]) {
        socket.send(node.register(at: now, random: &random) + octets, to: home)
    }

    /// Handles replies until the given number has arrived or the node has decided.
    func finish(repliesExpected: Int) async throws -> MobileNode.Outcome? {
        let first = codes.count
        while codes.count - first < repliesExpected {
            let datagram = try await receive()
            let late = node.counters.repliesInvalidID
            var following: [UInt8]?
            let outcome = node.receive(datagram.span.bytes, from: foreign, at: now, request: &following, random: &random)
            // A reply to an earlier request, which the node has sent again meanwhile.
            if node.counters.repliesInvalidID > late { continue }
            replies.append(datagram)
            let reply = try RegistrationReply(decoding: datagram.span.bytes)
            let scan = try ExtensionScan(datagram.span.bytes, from: RegistrationReply.fixedSize)
            // A foreign agent's error about an invalid reply takes precedence over the reply's own code (RFC 4636).
            codes.append(scan.first(.foreignAgentError).map { datagram[$0.data.lowerBound] } ?? reply.code.rawValue)
            if let following { socket.send(following, to: foreign) }
            if let outcome { return outcome }
        }
        return nil
    }

    /// The next reply. A foreign agent denies a node at most once per second; the node sends again what is ignored in between.
    private func receive() async throws -> [UInt8] {
        var datagram: [UInt8]?
        try await eventually("a reply", within: .seconds(10)) {
            if let due = node.nextDeadline, due <= now.uptime, let request = node.advance(to: now, random: &random) {
                socket.send(request, to: node.destination)
            }
            datagram = socket.receiveNow()
            return datagram != nil
        }
        return datagram ?? []
    }

    /// A counter such as `foreignAgent.requestsReceived` of a program.
    func counter(_ path: String, of name: String) async throws -> Int {
        let result = try await ChildProcess.run(
            BuiltProducts.path(of: "mip-mib"), ["counters", "--json", "--socket", directory.file("\(name).sock")])
        var value = (try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [Any])?.first
        for name in path.split(separator: ".") { value = (value as? [String: Any])?[String(name)] }
        return value as? Int ?? 0
    }
}
