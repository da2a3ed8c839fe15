import JSON
import Testing

@Suite("Commas that nothing follows")
struct TrailingCommaTests {
    @Test(
        "They are found in objects and arrays, at any depth",
        arguments: [#"{"a": 1,}"#, "[1, ]", "[{\"a\": [1,\n\t]}]", #"{"a": "\"",}"#])
    func found(json: String) { #expect(JSONTrailingComma.isIn(json.utf8)) }

    @Test(
        "Other commas are not, and neither are those within strings",
        arguments: ["{}", "[]", "[1, 2]", #"{"a": ",}", "b": [",]"]}"#, #"["\",]"]"#, #"["\\", []]"#])
    func notFound(json: String) { #expect(!JSONTrailingComma.isIn(json.utf8)) }
}
