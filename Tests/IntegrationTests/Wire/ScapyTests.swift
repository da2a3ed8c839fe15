import AgentModel
import Foundation
import MIPTesting
import MobileIPv4
import MobileNode
import Testing

@Suite("scapy as an independent encoder")
struct ScapyTests {
    private struct Message: Decodable {
        var type: UInt8
        var fields: [String: Field]
        var again: String
    }

    private enum Field: Decodable, Equatable {
        case number(UInt64)
        case text(String)

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let number = try? container.decode(UInt64.self) {
                self = .number(number)
            } else {
                self = .text(try container.decode(String.self))
            }
        }
    }

    @Test("It reads the fields that were written, and writes the same bytes from them")
    func messages() async throws {
        var conversation = try Conversation()
        _ = conversation.register()
        _ = conversation.register(through: Conversation.foreignAgent) { $0.lifetime = 65535 }
        _ = conversation.register(Conversation.address(11)) { $0.replayMethod = .nonces }
        let directory = try TemporaryDirectory()
        let lines = conversation.datagrams.map { hexadecimal($0.payload) }
        let file = try directory.write(lines.joined(separator: "\n") + "\n", to: "messages")
        let result = try await ChildProcess.run(BuiltProducts.python, [BuiltProducts.client("scapy_messages.py"), file])
        #expect(result.status == 0, "\(result.errors)")
        let read = try result.output.split(separator: "\n").map { try JSONDecoder().decode(Message.self, from: Data($0.utf8)) }
        try #require(read.count == conversation.datagrams.count)
        for (message, datagram) in zip(read, conversation.datagrams) {
            let bytes = datagram.payload.span.bytes
            if message.type == 1 {
                let request = try RegistrationRequest(decoding: bytes)
                #expect(message.fields["flags"] == .number(UInt64(request.flags.rawValue)))
                #expect(message.fields["lifetime"] == .number(UInt64(request.lifetime.rawValue)))
                #expect(message.fields["homeaddr"] == .text("\(request.homeAddress)"))
                #expect(message.fields["haaddr"] == .text("\(request.homeAgent)"))
                #expect(message.fields["coaddr"] == .text("\(request.careOfAddress)"))
                #expect(message.fields["id"] == .number(request.identification.rawValue))
            } else {
                let reply = try RegistrationReply(decoding: bytes)
                #expect(message.fields["code"] == .number(UInt64(reply.code.rawValue)))
                #expect(message.fields["lifetime"] == .number(UInt64(reply.lifetime.rawValue)))
                #expect(message.fields["homeaddr"] == .text("\(reply.homeAddress)"))
                #expect(message.fields["haaddr"] == .text("\(reply.homeAgent)"))
                #expect(message.fields["id"] == .number(reply.identification.rawValue))
            }
            #expect(hexadecimal(datagram.payload).hasPrefix(message.again))
            #expect(message.again.count == 2 * (message.type == 1 ? 24 : 20))
        }
    }

    @Test(
        "A node made of scapy and Python's hmac registers, and is refused with a wrong key and after a replay",
        arguments: [([], "0 300"), (["--wrong-key"], "131 300"), (["--replay"], "133 300")])
    func registers(options: [String], expected: String) async throws {
        let slice = try Slice()
        try slice.startAgents()
        try await slice.waitForAgents()
        let result = try await ChildProcess.run(
            BuiltProducts.python,
            [
                BuiltProducts.client("scapy_register.py"), "\(slice.homeAgent.address)", "\(slice.homeAgent.port)", Slice.key,
                "127.40.0.9", "192.0.2.9", "300",
            ] + options)
        #expect(result.output.trimmingCharacters(in: .whitespacesAndNewlines) == expected, "\(result.errors)")
        #expect(result.status == 0)
        try await slice.stop()
    }

    private func hexadecimal(_ octets: [UInt8]) -> String {
        octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
