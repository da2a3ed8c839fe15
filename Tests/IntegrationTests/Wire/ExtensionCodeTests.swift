import AgentModel
import MIPTesting
import MobileIPv4
import MobileNode
import Testing

// Serialized: a node that waits for more than a second sends its request again, with a challenge that has already been used.
@Suite("Reply codes of extensions, between programs over UDP", .serialized)
struct ExtensionCodeTests {
    @Test(
        "Each code is sent for its meaning, and counted by the agent that sends it, the agent that relays it and the node",
        arguments: ExtensionCode.all)
    func given(_ example: ExtensionCode) async throws {
        let talk = try await ExtensionConversation(example)
        let outcome = try await talk.register(repliesExpected: example.codes.count)
        #expect(talk.codes == example.codes)
        let last = try #require(example.codes.last)
        switch outcome {
        case .accepted(let code, _): #expect(code.rawValue == last)
        case .denied(let code): #expect(code.rawValue == last)
        default: Issue.record("the node has not decided: \(String(describing: outcome))")
        }
        for code in example.codes {
            #expect(talk.node.counters.repliesReceivedByCode[ReplyCode(rawValue: code)] == 1)
            if ReplyCode(rawValue: code).isDeniedByForeignAgent {
                #expect(try await talk.counter("foreignAgent.repliesSentByCode.\(code)", of: "foreign") >= 1)
                #expect(try await talk.counter("homeAgent.repliesSentByCode.\(code)", of: "home") == 0)
            } else {
                #expect(try await talk.counter("homeAgent.repliesSentByCode.\(code)", of: "home") >= 1)
                #expect(try await talk.counter("foreignAgent.repliesReceivedByCode.\(code)", of: "foreign") >= 1)
            }
        }
        let byForeign = example.codes.count { ReplyCode(rawValue: $0).isDeniedByForeignAgent }
        #expect(talk.node.counters.requestsDeniedByForeignAgent == UInt64(byForeign))
        #expect(talk.node.counters.requestsDeniedByHomeAgent == (last >= 128 ? 1 : 0))
        #expect(talk.node.counters.requestsAccepted == (last == 0 ? 1 : 0))
        #expect(talk.node.counters.requestsSent >= UInt64(example.codes.count))
    }

    @Test(
        "A normal vendor extension is skipped and counted by the agent that it is addressed to", arguments: ["foreign", "home"])
    func passedOver(by agent: String) async throws {
        let example = try #require(
            ExtensionCode.all.first { $0.testDescription == "a normal vendor extension for the \(agent) agent" })
        let talk = try await ExtensionConversation(example)
        _ = try await talk.register(repliesExpected: 1)
        for (name, role) in [("foreign", "foreignAgent"), ("home", "homeAgent")] {
            let ignored = try await talk.counter("\(role).normalVendorExtensionsFromMobileNodeIgnored", of: name)
            #expect((ignored > 0) == (name == agent))
        }
    }

    @Test("A challenge that the foreign agent never issued is unknown (104); one that was already answered is stale (106)")
    func challenges() async throws {
        let example = try #require(ExtensionCode.all.first)
        let talk = try await ExtensionConversation(example)
        talk.node.hear(challenge: [1, 2, 3, 4, 5, 6, 7, 8])
        #expect(try await talk.register(repliesExpected: 2) == .accepted(.accepted, lifetime: 600))
        #expect(talk.codes == [104, 0])
        // The challenge in the denial, which the node has already answered.
        let denial = try #require(talk.replies.first)
        let scan = try ExtensionScan(denial.span.bytes, from: RegistrationReply.fixedSize)
        let used = try #require(scan.first(.challenge).map { Array(denial[$0.data]) })
        let configuration = talk.node.configuration
        talk.node = MobileNode(configuration: configuration)
        talk.node.hear(challenge: used)
        #expect(try await talk.register(repliesExpected: 2) == .accepted(.accepted, lifetime: 600))
        #expect(talk.codes == [104, 0, 106, 0])
        #expect(try await talk.counter("foreignAgent.repliesSentByCode.104", of: "foreign") >= 1)
        #expect(try await talk.counter("foreignAgent.repliesSentByCode.106", of: "foreign") >= 1)
        #expect(try await talk.counter("foreignAgent.challengesAccepted", of: "foreign") >= 2)
        #expect(talk.node.counters.repliesReceivedByCode[.faStaleChallenge] == 1)
        #expect(talk.node.counters.challengesAnswered >= 2)
    }

    @Test("A critical vendor extension added by a foreign agent is refused by the home agent with 141")
    func fromForeignAgent() async throws {
        let talk = try await ExtensionConversation(ExtensionCode("direct", [141]) { $0.node = { $0.foreignAgent = nil } })
        var octets: [UInt8] = []
        try CriticalVendorSpecific(VendorSpecific(vendor: 9, vendorType: 1, value: [7])).encode(into: &octets)
        talk.requestThroughTest(appending: octets)
        #expect(try await talk.finish(repliesExpected: 1) == .denied(.haUnsupportedCVSEFromForeignAgent))
        #expect(try await talk.counter("homeAgent.repliesSentByCode.141", of: "home") >= 1)
        #expect(talk.node.counters.repliesReceivedByCode[.haUnsupportedCVSEFromForeignAgent] == 1)
        #expect(talk.node.counters.requestsDeniedByHomeAgent == 1)
    }

    /// A home agent's mistakes, and the code with which the foreign agent reports each.
    enum Fault: UInt8, CaseIterable, Sendable {
        case noHomeAgent = 98
        case noHomeAddress = 99
        case criticalExtension = 101
        case otherChallenge = 109
    }

    @Test(
        "A home agent's invalid reply reaches the node with code 98, 99, 101 or 109 and is counted by foreign agent and node",
        arguments: Fault.allCases)
    func fromHomeAgent(fault: Fault) async throws {
        let isNamed = fault == .noHomeAgent || fault == .noHomeAddress
        let example = ExtensionCode("scripted", []) {
            $0.node = {
                if isNamed {
                    $0.homeAddress = .zero
                    $0.homeAgent.address = .zero
                    $0.nai = NetworkAccessIdentifier("alice@example.net")
                }
                if fault == .otherChallenge {
                    $0.authenticationServer = NodeAssociation(spi: .chap, key: ExtensionCode.serverKey)
                    $0.foreignAgentErrorWait = 0
                }
            }
            if fault == .otherChallenge { $0.foreign = ExtensionCode.challenge }
        }
        let talk = try await ExtensionConversation(example, hasHomeAgent: false)
        let socket = try #require(talk.homeSocket)
        let home = talk.home.address
        talk.request()
        if fault == .otherChallenge {
            // 105 comes first and carries the challenge.
            #expect(try await talk.finish(repliesExpected: 1) == nil)
        }
        // On a busy machine the node may have sent its request again, and each request is answered.
        let answering = Task {
            while !Task.isCancelled {
                let (request, source) = try await socket.receiveWithSource()
                socket.send(try Self.answer(to: request, from: home, fault), to: source)
            }
        }
        // Until the node has decided.
        let outcome = try await talk.finish(repliesExpected: 5)
        answering.cancel()
        let code = ReplyCode(rawValue: fault.rawValue)
        #expect(talk.codes.last == fault.rawValue)
        #expect(outcome == .denied(code))
        #expect(try await talk.counter("foreignAgent.repliesSentByCode.\(fault.rawValue)", of: "foreign") >= 1)
        #expect(talk.node.counters.repliesReceivedByCode[code] == 1)
        #expect(talk.node.counters.requestsDeniedByForeignAgent >= (fault == .otherChallenge ? 2 : 1))
    }

    /// An acceptance that is valid except for one fault.
    private static func answer(to octets: [UInt8], from homeAgent: IPv4Address, _ fault: Fault) throws -> [UInt8] {
        let request = try RegistrationRequest(decoding: octets.span.bytes)
        let scan = try ExtensionScan(octets.span.bytes, from: RegistrationRequest.fixedSize)
        let homeAddress = request.homeAddress == .zero ? ExtensionConversation.homeAddress : request.homeAddress
        var reply: [UInt8] = []
        RegistrationReply(
            code: .accepted, lifetime: request.lifetime, homeAddress: fault == .noHomeAddress ? .zero : homeAddress,
            homeAgent: fault == .noHomeAgent ? .zero : homeAgent, identification: request.identification
        ).encode(into: &reply)
        if let nai = scan.nai { reply += [131, UInt8(nai.octets.count)] + nai.octets }
        AuthenticationAlgorithm.hmacMD5.appendExtension(
            .mobileHomeAuthentication, spi: ExtensionConversation.spi, key: ExtensionConversation.key, to: &reply)
        if fault == .criticalExtension {
            try CriticalVendorSpecific(VendorSpecific(vendor: 9, vendorType: 1, value: [7])).encode(
                into: &reply)
        }
        if fault == .otherChallenge { reply += [132, 4, 9, 9, 9, 9] }
        return reply
    }
}
