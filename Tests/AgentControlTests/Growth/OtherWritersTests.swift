import AgentModel
import Foundation
import MIPTesting
import NIOCore
import Testing

@testable import AgentControl

@Suite("How other programs write JSON")
struct OtherWritersTests {
    /// Reads a change given as text, in both ways.
    private static func read(text: String) throws -> SubscriptionUpdate {
        let frame = UnknownWordsTests.frame(text)
        let coding = MessageCoding()
        let read = try #require(try coding.decodeUpdate(from: ByteBuffer(string: frame)))
        let (reply, unknown) = try coding.decode(
            MessageCoding.Reply<SubscriptionUpdate>.self, from: ByteBuffer(string: " " + frame),
            as: Vocabulary.own.reply(to: .subscribe))
        #expect(reply?.parameters?.changes == read.changes)
        #expect(unknown == read.unknown)
        return read
    }

    @Test("A change is unaffected by null for every other kind of change", arguments: EveryChange.all)
    func nullKinds(change: StateChange) throws {
        var object = try EveryChange.object(change)
        for member in ChangeKind.allCases where object[member.rawValue] == nil { object[member.rawValue] = NSNull() }
        let read = try UnknownWordsTests.read(object)
        #expect(read.changes == [change])
        #expect(read.unknown.isEmpty)
    }

    @Test("An unknown kind next to null for the known ones is skipped")
    func nullBesideUnknown() throws {
        let read = try UnknownWordsTests.read(["binding": NSNull(), "visitor": NSNull(), "session": ["a": 1]])
        #expect(read.changes.isEmpty)
        #expect(read.unknown.changes == 1 && read.unknown.members == 0)
    }

    @Test(
        "null for a member that need not be sent is the same as not sending it",
        arguments: ["nai", "expires", "flags", "handoffs", "encapsulation"])
    func nullMembers(member: String) throws {
        let object = try EveryChange.object(.binding(EveryChange.binding))
        let null = try UnknownWordsTests.read(JSONPlaces.replacing(object, at: ["binding", member], by: NSNull()))
        let absent = try UnknownWordsTests.read(JSONPlaces.replacing(object, at: ["binding", member], by: nil))
        #expect(null.changes == absent.changes && null.changes.count == 1)
    }

    @Test("A name or a word that is not valid Unicode is unknown")
    func surrogates() throws {
        let binding = try text(of: .binding(EveryChange.binding))
        let named = try Self.read(text: binding.replacing("{\"binding\":{", with: "{\"binding\":{\"\\ud800\":1,"))
        #expect(named.changes == [.binding(EveryChange.binding)])
        #expect(named.unknown.members == 1)
        let worded = try Self.read(text: binding.replacing("\"gre\"", with: "\"\\udc00\""))
        guard case .binding(let row)? = worded.changes.first else { return #expect(Bool(false), "no binding") }
        #expect(row.encapsulation == .ipInIp)
        #expect(worded.unknown.words == 1)
    }

    @Test("An unknown value may be nested as deeply as a frame allows")
    func nested() throws {
        let deep = String(repeating: "[{\"a\":", count: 20_000) + "1" + String(repeating: "}]", count: 20_000)
        let binding = try text(of: .binding(EveryChange.binding))
        let read = try Self.read(text: binding.replacing("{\"binding\":{", with: "{\"binding\":{\"deep\":\(deep),"))
        #expect(read.changes == [.binding(EveryChange.binding)])
        #expect(read.unknown.members == 1)
    }

    @Test("A reply code is only accepted in one spelling", arguments: ["05", "+5", "5 ", "-0"])
    func codes(name: String) throws {
        let object = try EveryChange.object(.counters(EveryChange.counters))
        let path = ["counters", "homeAgent", "repliesSentByCode", name]
        let read = try UnknownWordsTests.read(JSONPlaces.replacing(object, at: path, by: 5))
        #expect(read.changes == [.counters(EveryChange.counters)])
        #expect(read.unknown.members == 1)
    }

    private func text(of change: StateChange) throws -> String {
        String(decoding: try JSONSerialization.data(withJSONObject: try EveryChange.object(change)), as: UTF8.self)
    }
}
