import JSON
import Testing

@Suite("Members that an object has more than once")
struct DuplicateTests {
    @Test(
        "The first repeated name is found with its path, at any depth and however it is written",
        arguments: [
            (#"{"a": 1, "a": 2}"#, "a"), (#"{"a": 1, "b": 2, "\u0061": 3}"#, "a"),
            (#"{"a": {"b": 1, "c": {"d": 1, "d": 1}}}"#, "a.c.d"),
            (#"[{"a": 1}, {"a": 1, "a": 2}]"#, "1.a"), (#"{"a": [[], {"b": 1, "b": 2}]}"#, "a.1.b"), (#"{"": 1, "": 2}"#, ""),
            (#"{"a\"b": 1, "a\"b": 2}"#, "a\"b"), (#"{"a": "x,\"a\":", "b": 1, "b": 2}"#, "b"), (#"{"\\": 1, "\\": 2}"#, "\\"),
        ])
    func found(json: String, path: String) { #expect(JSONDuplicates.first(in: json.utf8) == path) }

    @Test(
        "Names of different objects, values and elements are no repetition",
        arguments: [
            "{}", "[]", "1", #""a""#, #"{"a": "a", "b": "a"}"#, #"{"a": {"a": {"a": 1}}, "b": {"a": 1}}"#, #"["a", "a"]"#,
            #"[{"a": 1}, {"a": 1}]"#, #"{"a": "{\"a\": 1, \"a\": 1}"}"#, #"{"a": 1, "A": 2}"#, #"{"\\": "\\", "b": "\\\\"}"#,
        ])
    func notFound(json: String) { #expect(JSONDuplicates.first(in: json.utf8) == nil) }
}
