import Foundation
import JSON
import Testing

@Suite("Records as JSON")
struct EncodingTests {
    /// Members of every shape, not in alphabetical order.
    struct Record: Encodable {
        struct Inner: Encodable {
            var z = "last"
            var a: [Int?] = [1, nil, 3]
        }

        enum Word: String, Encodable { case first }

        var name = "zeta"
        var count: UInt64 = 7
        var absent: String?
        var age = 0.25
        var isOn = true
        var word = Word.first
        var inner = Inner()
        var list = [Inner(z: "\n", a: []), Inner()]
        var empty: [String: Int] = [:]
        var counts = ["b": 2, "a": 1]
        var byWord: [[String]] = [[], ["x"]]
    }

    static func text(_ value: some Encodable, fields: Set<String>? = nil) throws -> String {
        let encoder = JSONByteEncoder(fields: fields)
        try encoder.write(value)
        return encoder.take { String(decoding: $0, as: UTF8.self) }
    }

    @Test("A row keeps the order in which its members are encoded; an object sorts them by name")
    func order() throws {
        let row = try Self.text(Record(counts: ["a": 1]))
        let inner = #"{"z":"last","a":[1,null,3]}"#
        #expect(
            row == #"{"name":"zeta","count":7,"age":0.25,"isOn":true,"word":"first","inner":"# + inner
                + #","list":[{"z":"\n","a":[]},"# + inner + #"],"empty":{},"counts":{"a":1},"byWord":[[],["x"]]}"#)
        let object = try JSONObject(encoding: Record())
        #expect(
            object.members.map(\.name)
                == ["age", "byWord", "count", "counts", "empty", "inner", "isOn", "list", "name", "word"])
        #expect(object.member(at: "inner.a") == [1, .null, 3])
        #expect(object.text("inner.z") == "last" && object.count("counts.b") == 2 && object.member(at: "inner.none") == nil)
    }

    @Test("A value and a row have the same content as with Foundation's encoder, and Foundation reads both")
    func foundation() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let expected = try encoder.encode(Record(name: "a/b\u{1}\u{8}\u{1F}é\"\\"))
        let value = try JSONValue(encoding: Record(name: "a/b\u{1}\u{8}\u{1F}é\"\\"))
        #expect(value.bytes == Array(expected))
        #expect(try JSONValue(json: expected) == value)
        #expect(try encoder.encode(value) == expected)
        let objects = try [Data(value.bytes), Data(Self.text(Record(name: "a/b\u{1}\u{8}\u{1F}é\"\\")).utf8), expected].map {
            try #require(JSONSerialization.jsonObject(with: $0) as? NSDictionary)
        }
        #expect(objects[0] == objects[2] && objects[1] == objects[2])
    }

    @Test("Only the requested members of a row are written, with everything nested in them")
    func fields() throws {
        #expect(try Self.text(Record(), fields: ["inner", "count"]) == #"{"count":7,"inner":{"z":"last","a":[1,null,3]}}"#)
        #expect(try Self.text(Record(), fields: []) == "{}")
    }

    /// A record that writes itself piece by piece.
    struct Pieces: Encodable {
        enum Name: String, CodingKey { case object, array, own, more }

        func encode(to encoder: any Encoder) throws {
            var members = encoder.container(keyedBy: Name.self)
            var object = members.nestedContainer(keyedBy: Name.self, forKey: .object)
            try object.encodeNil(forKey: .own)
            var array = members.nestedUnkeyedContainer(forKey: .array)
            try array.encode(1)
            var first = array.nestedContainer(keyedBy: Name.self)
            try first.encode("in", forKey: .own)
            var second = array.nestedUnkeyedContainer()
            try second.encode(true)
            try array.encodeNil()
            try 2.5.encode(to: array.superEncoder())
            try "own".encode(to: members.superEncoder(forKey: .own))
            // The same container once more.
            var again = encoder.container(keyedBy: Name.self)
            try again.encode(UInt8(9), forKey: .more)
        }
    }

    @Test("Nested containers are closed where the next member begins, and omitted completely if not requested")
    func pieces() throws {
        let text = #"{"object":{"own":null},"array":[1,{"own":"in"},[true],null,2.5],"own":"own","more":9}"#
        #expect(try Self.text(Pieces()) == text)
        #expect(try JSONValue(encoding: Pieces()) == JSONValue(json: text.utf8))
        #expect(try Self.text(Pieces(), fields: ["own", "more"]) == #"{"own":"own","more":9}"#)
    }

    struct Broken: Encodable {
        enum Name: CodingKey { case first }
        struct Wrong: Error {}

        func encode(to encoder: any Encoder) throws {
            var members = encoder.container(keyedBy: Name.self)
            try members.encode(1, forKey: .first)
            throw Wrong()
        }
    }

    @Test("The partial output of a row that cannot be encoded is removed")
    func takenBack() throws {
        let encoder = JSONByteEncoder()
        try encoder.write([1])
        #expect(throws: Broken.Wrong.self) { try encoder.write(Broken()) }
        encoder.write(json: "\n")
        try encoder.write([2])
        #expect(encoder.take { String(decoding: $0, as: UTF8.self) } == "[1]\n[2]")
        #expect(encoder.count == 0)
        #expect(throws: EncodingError.self) { try JSONObject(encoding: [1]) }
    }

    @Test("Five hundred nested arrays are written and read")
    func deep() throws {
        var value: JSONValue = .null
        for _ in 0..<500 { value = [value] }
        #expect(value.json == String(repeating: "[", count: 500) + "null" + String(repeating: "]", count: 500))
        #expect(try JSONValue(json: value.bytes) == value)
        #expect(try JSONValue(encoding: value) == value)
    }

    @Test("Setting, replacing and removing members keeps the order of names")
    func members() {
        var object: JSONObject = ["b": 1, "a": 2, "b": 3]
        #expect(object == ["a": 2, "b": 3])
        object["c"] = "x"
        object["a"] = nil
        object["none"] = nil
        #expect(JSONValue.object(object).json == #"{"b":3,"c":"x"}"#)
        #expect(object.merging(["b": 4, "a": 5]) == ["a": 5, "b": 4, "c": "x"])
        #expect(JSONValue.object(object).adding(["d": true]) == ["b": 3, "c": "x", "d": true])
        #expect(JSONValue.integer(1).adding(["d": true]) == 1)
    }
}
