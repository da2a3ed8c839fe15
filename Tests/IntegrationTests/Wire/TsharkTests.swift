import AgentModel
import Foundation
import MIPTesting
import MobileIPv4
import MobileNode
import Testing

@Suite("Messages as decoded by tshark")
struct TsharkTests {
    private static func tshark(_ capture: PacketCapture, _ arguments: [String]) async throws -> [String] {
        let directory = try TemporaryDirectory()
        let file = directory.file("messages.pcap")
        try Data(capture.octets).write(to: URL(fileURLWithPath: file))
        // A separate folder for settings: the user's settings must not affect the decoding.
        let result = try await ChildProcess.run(
            "tshark", ["-n", "-r", file] + arguments,
            environment: ["HOME": directory.file("."), "WIRESHARK_CONFIG_DIR": directory.file(".")])
        #expect(result.status == 0, "\(result.errors)")
        return result.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    }

    private static let complaints = ["-Y", "_ws.malformed || _ws.short || _ws.expert.severity >= 0x600000 || !mip"]

    @Test("It decodes every datagram of nodes, foreign agent and home agent correctly and without complaint")
    func conversation() async throws {
        var conversation = try Conversation()
        _ = conversation.register()
        _ = conversation.register(through: Conversation.foreignAgent)
        _ = conversation.register(Conversation.address(11)) { $0.replayMethod = .nonces }
        _ = conversation.register { $0.lifetime = .max }
        // Denied: by the foreign agent (77), and by the home agent (139, 136).
        _ = conversation.register(through: Conversation.foreignAgent) { $0.careOfAddress = Conversation.careOf }
        _ = conversation.register { $0.flags.insert(.gre) }
        for (number, algorithm) in AuthenticationAlgorithm.allCases.enumerated() {
            _ = conversation.register(Conversation.address(20 + UInt8(number))) { $0.algorithm = algorithm }
        }
        var capture = PacketCapture()
        for datagram in conversation.datagrams {
            capture.append(datagram.payload, from: datagram.source, to: datagram.destination)
        }
        #expect(try await Self.tshark(capture, Self.complaints) == [])
        let fields = ["type", "flags", "code", "life", "homeaddr", "haaddr", "coa", "auth.spi"]
        let read = try await Self.tshark(capture, ["-T", "fields"] + fields.flatMap { ["-e", "mip.\($0)"] })
        let meant = try conversation.datagrams.map { datagram -> String in
            let bytes = datagram.payload.span.bytes
            if let request = try? RegistrationRequest(decoding: bytes) {
                let scan = try ExtensionScan(bytes, from: RegistrationRequest.fixedSize)
                let flags = String(request.flags.rawValue, radix: 16)
                return [
                    "1", "0x" + (flags.count < 2 ? "0" : "") + flags, "", "\(request.lifetime.rawValue)",
                    "\(request.homeAddress)", "\(request.homeAgent)", "\(request.careOfAddress)", spis(scan),
                ].joined(separator: "\t")
            }
            let reply = try RegistrationReply(decoding: bytes)
            let scan = try ExtensionScan(bytes, from: RegistrationReply.fixedSize)
            return [
                "3", "", "\(reply.code.rawValue)", "\(reply.lifetime.rawValue)", "\(reply.homeAddress)", "\(reply.homeAgent)",
                "", spis(scan),
            ].joined(separator: "\t")
        }
        #expect(read == meant)
        #expect(read.count > 30)
    }

    private func spis(_ scan: ExtensionScan) -> String {
        [scan.mobileHome, scan.foreignHome, scan.mobileForeign].compactMap { $0.map { "0x" + Self.word($0.spi.rawValue) } }
            .joined(separator: ",")
    }

    private static func word(_ value: UInt32) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }

    /// tshark 4.0 reads these in the short form, although RFC 3957 §6, RFC 6245 §4, RFC 4433 §4 and RFC 4064 §4.1 specify the long form.
    private static let readInShortForm: Set<ExtensionType> = [
        .mobileForeignKeyRequest, .mobileForeignKeyReply, .mobileHomeKeyRequest, .mobileHomeKeyReply, .greKey, .dynamicHomeAgent,
        .nonSkippableExperimental,
    ]

    @Test("It recognises the type of every extension and finds none malformed")
    func extensions() async throws {
        let request = RegistrationRequest(
            flags: .decapsulationByMN, lifetime: .init(rawValue: 600), homeAddress: Conversation.homeAddress,
            homeAgent: Conversation.homeAgent.address, careOfAddress: Conversation.careOf,
            identification: Identification(rawValue: 0xE90B_5A80_1234_5678))
        let reply = RegistrationReply(
            code: .accepted, lifetime: .init(rawValue: 600), homeAddress: Conversation.homeAddress,
            homeAgent: Conversation.homeAgent.address, identification: request.identification)
        var capture = PacketCapture()
        var types: [String] = []
        for (values, isRequest) in [(try ExtensionSamples.requests(), true), (try ExtensionSamples.replies(), false)] {
            for value in values where !Self.readInShortForm.contains(type(of: value).type) {
                var octets: [UInt8] = []
                if isRequest { request.encode(into: &octets) } else { reply.encode(into: &octets) }
                try value.encode(into: &octets)
                // Each extension is followed by another, which is misread if the length of the first one is misread.
                try MobileHomeAuthentication(ExtensionSamples.authentication).encode(into: &octets)
                capture.append(octets, from: Conversation.foreignAgent, to: Conversation.homeAgent)
                types.append("\(type(of: value).type.rawValue),32")
            }
        }
        #expect(try await Self.tshark(capture, Self.complaints) == [])
        #expect(try await Self.tshark(capture, ["-T", "fields", "-e", "mip.ext.type"]) == types)
    }

    @Test("It decodes revocation messages without complaint")
    func revocation() async throws {
        var capture = PacketCapture()
        var octets: [UInt8] = []
        RegistrationRevocation(
            isFromHomeDomain: true, informsMobileNode: true, homeAddress: Conversation.homeAddress,
            homeDomain: Conversation.homeAgent.address, foreignDomain: Conversation.foreignAgent.address, identifier: 0xE90B_5B00
        ).encode(into: &octets)
        AuthenticationAlgorithm.hmacMD5.appendExtension(
            .foreignHomeAuthentication, spi: ExtensionSamples.spi, key: Conversation.key, to: &octets)
        capture.append(octets, from: Conversation.homeAgent, to: Conversation.foreignAgent)
        octets = []
        RevocationAcknowledgment(informedMobileNode: true, homeAddress: Conversation.homeAddress, identifier: 0xE90B_5B00)
            .encode(into: &octets)
        AuthenticationAlgorithm.hmacMD5.appendExtension(
            .foreignHomeAuthentication, spi: ExtensionSamples.spi, key: Conversation.key, to: &octets)
        capture.append(octets, from: Conversation.foreignAgent, to: Conversation.homeAgent)
        #expect(try await Self.tshark(capture, Self.complaints) == [])
        #expect(try await Self.tshark(capture, ["-T", "fields", "-e", "mip.type", "-e", "mip.ext.type"]) == ["7\t34", "15\t34"])
    }
}
