import Foundation
import JSON
import Testing

@Suite("Numbers as JSON")
struct NumberTests {
    @Test(
        "Real numbers have their shortest text, whole ones no fraction, and those that JSON cannot represent are null",
        arguments: [
            (0, "0"), (-0.0, "-0"), (1, "1"), (-1, "-1"), (0.1, "0.1"), (100.5, "100.5"), (1e15, "1000000000000000"),
            (1e16, "1e+16"), (1e-7, "1e-07"), (1.7976931348623157e308, "1.7976931348623157e+308"),
            (.leastNonzeroMagnitude, "5e-324"), (10, "10"), (.infinity, "null"), (-.infinity, "null"), (.nan, "null"),
        ] as [(Double, String)])
    func real(number: Double, text: String) throws {
        #expect(JSONValue.number(number).json == text)
        let encoder = JSONByteEncoder()
        try encoder.write(number)
        #expect(encoder.take { String(decoding: $0, as: UTF8.self) } == text)
        if number.isFinite { #expect(try JSONValue(json: text.utf8).double == number) }
    }

    @Test(
        "Whole numbers are exact to their extremes",
        arguments: [
            (.integer(.min), "-9223372036854775808"), (.integer(.max), "9223372036854775807"),
            (.unsigned(.max), "18446744073709551615"), (.unsigned(UInt64(Int64.max) + 1), "9223372036854775808"),
            (.integer(0), "0"), (.integer(-1), "-1"), (.integer(9), "9"), (.integer(10), "10"), (.integer(-100), "-100"),
        ] as [(JSONValue, String)])
    func whole(value: JSONValue, text: String) throws {
        #expect(value.json == text)
        #expect(try JSONValue(json: text.utf8) == value)
        #expect(try JSONValue(encoding: value) == value)
    }

    @Test("Every type of whole number is written, and becomes the one case for its value")
    func types() throws {
        struct All: Encodable {
            let a = Int8.min, b = Int16.min, c = Int32.min, d = Int64.min, e = Int.max
            let f = UInt8.max, g = UInt16.max, h = UInt32.max, i = UInt64.max, j = UInt(7)
        }
        let text = """
            {"a":-128,"b":-32768,"c":-2147483648,"d":-9223372036854775808,"e":9223372036854775807,"f":255,"g":65535,\
            "h":4294967295,"i":18446744073709551615,"j":7}
            """
        #expect(try JSONValue(encoding: All()).json == text)
        let encoder = JSONByteEncoder()
        try encoder.write(All())
        #expect(encoder.take { String(decoding: $0, as: UTF8.self) } == text)
        #expect(try JSONObject(encoding: All())["j"] == .integer(7))
        #expect(JSONValue(UInt64.max) == .unsigned(.max) && JSONValue(UInt64(7)) == .integer(7) && JSONValue(-7) == .integer(-7))
    }
}
