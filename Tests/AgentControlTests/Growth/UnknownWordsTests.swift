import AgentModel
import Foundation
import JSON
import MIPTesting
import MobileIPv4
import NIOCore
import Testing

@testable import AgentControl

@Suite("What a reader does not know")
struct UnknownWordsTests {
    static func frame(_ change: String) -> String {
        #"{"parameters":{"phase":"live","firstSequence":1,"sequence":1,"time":"2023-11-14T22:13:20.000Z","changes":["#
            + change + #"]},"continues":true}"#
    }

    /// Reads an update that contains one change in both ways: with the rest in the canonical form, and as JSON in any form.
    static func read(_ change: Any) throws -> SubscriptionUpdate {
        let text = String(decoding: try JSONSerialization.data(withJSONObject: change), as: UTF8.self)
        let frame = Self.frame(text)
        let coding = MessageCoding()
        let read = try #require(try coding.decodeUpdate(from: ByteBuffer(string: frame)))
        let (reply, unknown) = try coding.decode(
            MessageCoding.Reply<SubscriptionUpdate>.self, from: ByteBuffer(string: " " + frame),
            as: Vocabulary.own.reply(to: .subscribe))
        #expect(reply?.parameters?.changes == read.changes)
        #expect(unknown == read.unknown)
        return read
    }

    @Test(
        "An unknown kind of change is skipped",
        arguments: [#"{"session":{"a":[1,{}]}}"#, #"{"session":7}"#, #"{"a":{},"b":"}"}"#])
    func change(text: String) throws {
        let read = try Self.read(JSONSerialization.jsonObject(with: Data(text.utf8)))
        #expect(read.changes.isEmpty)
        #expect(read.unknown.changes == 1)
        #expect(read.unknown.members == 0)
    }

    @Test("An unknown member is ignored in any record, wherever it occurs", arguments: EveryChange.all)
    func member(change: StateChange) throws {
        let object = try EveryChange.object(change)
        for path in JSONPlaces.objects(object) {
            let read = try Self.read(JSONPlaces.replacing(object, at: path + ["invented"], by: ["x": [1, 2], "y": "}"]))
            #expect(read.changes == [change], "\(path)")
            #expect(read.unknown.members == 1, "\(path)")
            #expect(read.unknown.rows == 0 && read.unknown.words == 0 && read.unknown.changes == 0)
            #expect(read.unknown.names.first?.hasSuffix(".invented") == true)
        }
    }

    @Test("Counters and numbers in rows that are not sent are 0, and flags are off", arguments: EveryChange.all)
    func absent(change: StateChange) throws {
        let object = try EveryChange.object(change)
        let optionals = ["code", "recentCode", "recentDeniedCode", "sequence", "clockOffset", "delay"]
        let truths = [
            "enabled", "busy", "registrationRequired", "isCurrent", "isAccepted", "isCoLocated", "onlyOnSolicitation",
            "includesPrefixLength", "routesCommonTraffic", "keepsChanges", "revocation", "revocationRequired",
            "revocationInforming", "informsNode", "notifications", "isAuthenticated", "dynamicHomeAgent", "hostConfiguration",
            "serviceSelection", "experimental", "isApplied", "isKnown",
        ]
        // Keys are always sent.
        let keys = ["spi", "number"]
        for path in JSONPlaces.numbers(object) where !path.contains(where: { keys.contains($0) || $0.hasSuffix("ByCode") }) {
            let without = JSONPlaces.replacing(object, at: path, by: nil)
            let read = try Self.read(without)
            let back = try EveryChange.object(try #require(read.changes.first))
            // A mobile node always knows the sequence number of an advertisement that it heard.
            let isHeard = path.first == "foreignAgent" || path.contains("recentAdvertisement")
            // Every text and every error has a code.
            let isReceived = path.contains { ["homeAgentMessage", "foreignAgentMessage", "foreignAgentError"].contains($0) }
            let last = path.last ?? ""
            // A home agent need not give the length of its prefix; an interface always has it.
            let isGiven = last == "prefixLength" && path.contains("hostConfiguration")
            let zero: Any = truths.contains(last) ? false : 0
            let expected =
                optionals.contains(last) && !isHeard && !isReceived || isGiven
                ? without : JSONPlaces.replacing(object, at: path, by: zero)
            #expect((back as NSDictionary) == (expected as? NSDictionary), "\(path)")
            #expect(read.unknown.isEmpty)
        }
    }

    @Test("Groups of counters that are not sent are all 0")
    func absentGroups() throws {
        for group in ["outcomes", "discards", "repliesSentByCode"] {
            let object = try EveryChange.object(.counters(EveryChange.counters))
            let read = try Self.read(JSONPlaces.replacing(object, at: ["counters", "homeAgent", group], by: nil))
            guard case .counters(let counters)? = read.changes.first else { return #expect(Bool(false), "\(group)") }
            #expect(counters.homeAgent?.handoffs == 6)
        }
    }

    enum Effect: Hashable {
        /// Reads as this word.
        case reads(String)
        case absent
        /// Left out of its list.
        case leftOut
        /// The change is skipped.
        case passedOver
        /// The change becomes the one that removes the row.
        case takenAway
    }

    /// The effect of an unknown word, by kind of change and path.
    static let effects: [String: Effect] = [
        "information.roles.0": .leftOut, "information.encapsulations.0": .leftOut, "information.addresses.0.role": .leftOut,
        "binding.flags.0": .leftOut, "binding.encapsulation": .reads("ipInIp"), "binding.reverseTunnel": .reads("none"),
        "binding.revocation": .reads("none"), "visitor.revocation": .reads("none"), "registration.revocation": .reads("none"),
        "bindingRemoved.reason": .reads("expired"),
        "visitor.flags.0": .leftOut, "visitor.reverseTunnel": .reads("none"), "visitor.state": .reads("pending"),
        "visitorRemoved.reason": .reads("expired"),
        "association.peerRole": .takenAway, "association.algorithm": .takenAway, "association.replayMethod": .takenAway,
        "association.storage": .absent,
        "violation.recentReason": .reads("other"),
        "mobileNodeStatus.state": .reads("unknown"), "mobileNodeStatus.recentAdvertisement.flags.0": .leftOut,
        "mobileNodeStatus.homeAgentSearch.state": .reads("unanchored"),
        "mobileNodeStatus.homeAgentSearch.source": .reads("configured"),
        "registration.flags.0": .leftOut, "registration.reverseTunnel": .reads("none"),
        "foreignAgent.flags.0": .leftOut,
        "pending.kind": .reads("initial"),
        "tunnel.encapsulation": .passedOver, "tunnelRemoved.encapsulation": .passedOver,
        "traffic.role": .passedOver, "trafficRemoved.role": .passedOver,
        "advertising.flags.0": .leftOut, "advertising.storage": .absent,
        "exchange.kind": .takenAway, "exchange.role": .takenAway, "exchange.peerRole": .takenAway,
        "exchange.state": .reads("waiting"), "exchange.reason": .absent, "extensionUse.role": .passedOver,
        "event.kind": .passedOver, "event.role": .passedOver, "event.violationReason": .absent,
    ]

    @Test("An unknown word of any enumeration loses as little as possible", arguments: effects.keys.sorted())
    func word(place: String) throws {
        let path = place.split(separator: ".").map(String.init)
        let change = try #require(try EveryChange.all.first { try EveryChange.member($0)?.rawValue == path[0] })
        let object = try EveryChange.object(change)
        let read = try Self.read(JSONPlaces.replacing(object, at: path, by: "invented"))
        let effect = try #require(Self.effects[place])
        switch effect {
        case .reads(let word): #expect(try back(read) == JSONPlaces.replacing(object, at: path, by: word) as? NSDictionary)
        case .absent: #expect(try back(read) == JSONPlaces.replacing(object, at: path, by: nil) as? NSDictionary)
        case .leftOut:
            // The position of the element in its list, and the list's contents.
            let index = try #require(path.lastIndex(of: "0"))
            var list = try #require(value(object, Array(path[..<index])) as? [Any])
            list.removeFirst()
            #expect(try back(read) == JSONPlaces.replacing(object, at: Array(path[..<index]), by: list) as? NSDictionary)
        case .passedOver: #expect(read.changes.isEmpty)
        case .takenAway:
            let removal: StateChange =
                path[0] == "exchange"
                ? .exchangeRemoved(EveryChange.exchange.key) : .associationRemoved(Samples.association(2).key)
            #expect(read.changes == [removal])
        }
        let isRow = [.passedOver, .takenAway].contains(effect) || place == "information.addresses.0.role"
        #expect(read.unknown.rows == (isRow ? 1 : 0))
        #expect(read.unknown.words == (isRow ? 0 : 1))
        #expect(read.unknown.names.count == 1 && read.unknown.names[0].hasSuffix(".invented"))
    }

    private func back(_ read: SubscriptionUpdate) throws -> NSDictionary {
        #expect(read.changes.count == 1)
        return try EveryChange.object(try #require(read.changes.first)) as NSDictionary
    }

    private func value(_ value: Any, _ path: [String]) -> Any? {
        path.reduce(value as Any?) { value, name in
            (value as? [String: Any])?[name] ?? Int(name).flatMap { (value as? [Any])?[$0] }
        }
    }

    @Test("No string that is a word of an enumeration is missed", arguments: EveryChange.all)
    func everyWord(change: StateChange) throws {
        let object = try EveryChange.object(change)
        for path in JSONPlaces.texts(object) {
            // The first element of a list stands for all.
            let place = path.map { Int($0) == nil ? $0 : "0" }.joined(separator: ".")
            let isWord = Self.effects.keys.contains(place)
            do {
                _ = try Self.read(JSONPlaces.replacing(object, at: path, by: "invented"))
            } catch {
                #expect(!isWord, "\(place)")
                #expect(!"\(error)".contains("Cannot initialize"), "\(place) is a word: \(error)")
            }
        }
    }

    @Test("Invalid reply codes and unknown drop and discard reasons are ignored")
    func countedNames() throws {
        let object = try EveryChange.object(.counters(EveryChange.counters))
        let places = [
            ["counters", "homeAgent", "repliesSentByCode", "300"], ["counters", "foreignAgent", "repliesReceivedByCode", "x"],
            ["counters", "forwarding", "drops", "invented"], ["counters", "discards", "invented"],
            ["counters", "homeAgent", "discards", "invented"], ["counters", "mobileNode", "invented"],
        ]
        for path in places {
            let read = try Self.read(JSONPlaces.replacing(object, at: path, by: 5))
            #expect(read.changes == [.counters(EveryChange.counters)], "\(path)")
            #expect(read.unknown.members == 1)
        }
    }

    @Test(
        "Text that is not a change, not JSON, or of another JSON type is an error in either way of reading",
        arguments: [
            "{}", "7", "[]", #"{"binding":[]}"#, #"{"binding":{"homeAddress":"10.0.0.1"}}"#, #"{"session":nonsense}"#,
            #"{"session":{"a":01}}"#, #"{"session":"\q"}"#, #"{"associationRemoved":{"peer":"10.0.0.1"}}"#,
            #"{"tunnelRemoved":{"localAddress":"10.0.0.1","remoteAddress":"10.0.0.2","encapsulation":4}}"#,
            #"{"mobileNodeRemoved":{"homeAddress":"10.0.0.256"}}"#,
        ])
    func malformed(change: String) {
        let frame = Self.frame(change)
        let coding = MessageCoding()
        #expect(throws: (any Error).self) {
            if try coding.decodeUpdate(from: ByteBuffer(string: frame)) == nil { throw NotCanonical() }
        }
        #expect(throws: (any Error).self) {
            try coding.decode(
                MessageCoding.Reply<SubscriptionUpdate>.self, from: ByteBuffer(string: " " + frame),
                as: Vocabulary.own.reply(to: .subscribe))
        }
    }

    @Test("Names from the other side are kept short, few and printable")
    func names() throws {
        var unknown = UnknownVocabulary()
        for number in 0..<20 { unknown.note("a\u{1B}[31m\(number)\n" + String(repeating: "x", count: 500)) }
        #expect(unknown.names.count == UnknownVocabulary.nameLimit)
        #expect(unknown.names.allSatisfy { $0.count <= 64 && $0.allSatisfy { $0.isASCII && !$0.isNewline } })
    }
}
