import AgentModel
import Foundation
import MIPTesting
import MobileIPv4
import NIOCore
import Testing

@testable import AgentControl

@Suite("The canonical form of a subscription's replies")
struct CanonicalTests {
    private typealias Reply = MessageCoding.Reply<SubscriptionUpdate>

    private static func frame(_ update: SubscriptionUpdate) throws -> ByteBuffer {
        var buffer = ByteBuffer()
        try MessageCoding().encode(update: update, into: &buffer)
        let end = buffer.readableBytes - 1
        #expect(buffer.getInteger(at: end) == UInt8(0))
        return buffer.getSlice(at: 0, length: end) ?? ByteBuffer()
    }

    private static func object(_ octets: some Sequence<UInt8>) throws -> NSDictionary {
        try #require(JSONSerialization.jsonObject(with: Data(octets)) as? NSDictionary)
    }

    private static func agrees(_ a: SubscriptionUpdate, _ b: SubscriptionUpdate) -> Bool {
        a.phase == b.phase && a.firstSequence == b.firstSequence && a.sequence == b.sequence && a.time == b.time
            && a.changes == b.changes
    }

    @Test("The canonical JSON has exactly the content of the records", arguments: TestLength.seeds(300, long: 6000))
    func sameMembers(seed: UInt64) throws {
        var any = AnyRecord(seed: seed)
        let update = any.update()
        let coded = try JSONEncoder().encode(Reply(parameters: update, continues: true, error: nil))
        #expect(try Self.object(Self.frame(update).readableBytesView) == Self.object(coded))
    }

    @Test(
        "Members are in the order of the interface description",
        arguments: [
            ("Binding", StateChange.binding(Samples.binding(2))), ("Visitor", .visitor(Samples.visitor(1))),
            ("MobileNodeService", .mobileNode(Samples.mobileNode(1, deniedCode: 133))),
            ("SecurityAssociation", .association(Samples.association(1))),
            ("Traffic", .traffic(ForwardedTraffic(role: .homeAgent, homeAddress: .zero))),
        ])
    func order(type: String, change: StateChange) throws {
        let text = InterfaceDescription.agent
        let opening = try #require(text.firstRange(of: "type \(type) ("))
        let described = try #require(text[opening.upperBound...].prefix { $0 != ")" })
            .split(separator: ",").compactMap { $0.split(separator: ":").first?.trimmingCharacters(in: .whitespacesAndNewlines) }
        let update = SubscriptionUpdate(phase: .live, firstSequence: 1, sequence: 1, time: Samples.start, changes: [change])
        let row = try #require(String(buffer: Self.frame(update)).split(separator: "\"changes\":[{").last)
        let written = row.matches(of: /"(\w+)":/).map { String($0.1) }.dropFirst().dropLast()
        #expect(written.count > 3)
        #expect(Array(written) == described.filter(Set(written).contains))
    }

    @Test(
        "What was written is read back unchanged, by the canonical reader and by any JSON reader",
        arguments: TestLength.seeds(300, long: 6000))
    func comesBack(seed: UInt64) throws {
        var any = AnyRecord(seed: seed)
        let update = any.update()
        let frame = try Self.frame(update)
        let read = try #require(try MessageCoding().decodeUpdate(from: frame))
        #expect(Self.agrees(read, update))
        let other = try #require(try MessageCoding().decode(Reply.self, from: frame).parameters)
        #expect(Self.agrees(other, update))
    }

    @Test(
        "Damaged text is never read as anything other than what any JSON reader reads",
        arguments: TestLength.seeds(40, long: 1000))
    func damage(seed: UInt64) throws {
        var any = AnyRecord(seed: seed)
        let coding = MessageCoding()
        for _ in 0..<50 {
            let octets = any.damaged(Array(try Self.frame(any.update()).readableBytesView))
            guard let read = try? coding.decodeUpdate(from: ByteBuffer(bytes: octets)) else { continue }
            let other = try? coding.decode(
                Reply.self, from: ByteBuffer(bytes: octets), as: Vocabulary.own.reply(to: .subscribe))
            let agrees = other?.message?.parameters.map { Self.agrees(read, $0) } == true && read.unknown == other?.unknown
            #expect(agrees, "\(String(decoding: octets, as: UTF8.self))")
        }
    }

    @Test("The general reader takes over if members are in another order, have white space or escapes, or are new")
    func otherForms() throws {
        let binding = Samples.binding(2)
        let update = SubscriptionUpdate(
            phase: .live, firstSequence: 1, sequence: 1, time: Samples.start, changes: [.binding(binding)])
        let text = String(buffer: try Self.frame(update))
        let member = #""homeAddress":"\#(binding.homeAddress)","#
        let forms = [
            text.replacingOccurrences(of: "\"binding\":{" + member, with: "\"binding\":{ " + member),
            text.replacingOccurrences(of: member, with: "").replacingOccurrences(
                of: "\"homeAgent\"", with: member + "\"homeAgent\""),
            text.replacingOccurrences(of: "@example", with: #"\u0040example"#),
            text.replacingOccurrences(of: "\"binding\":{", with: "\"binding\":{\"new\":[{}],"),
            text.replacingOccurrences(of: ",\"changes\"", with: ", \"changes\""),
        ]
        for form in forms {
            #expect(form != text)
            let frame = ByteBuffer(string: form)
            let read = try MessageCoding().decodeUpdate(from: frame) ?? MessageCoding().decode(Reply.self, from: frame).parameters
            #expect(read?.changes == [.binding(binding)], "\(form)")
        }
    }

    @Test(
        "A malformed change is an error that names it",
        arguments: [
            #"{"nonsense":x}"#, #"{"binding":{"homeAddress":"10.0.0.1"}}"#, #"{"binding":[]}"#, "{}",
            #"{"bindingRemoved":{"homeAddress":"10.0.0.256","careOfAddress":"10.0.0.1","reason":"expired"}}"#,
        ])
    func nonsense(change: String) throws {
        let update = SubscriptionUpdate(phase: .live, firstSequence: 1, sequence: 1, time: Samples.start, changes: [])
        let text = String(buffer: try Self.frame(update)).replacingOccurrences(of: "[]", with: "[\(change)]")
        #expect(throws: DecodingError.self) { try MessageCoding().decodeUpdate(from: ByteBuffer(string: text)) }
    }
}
