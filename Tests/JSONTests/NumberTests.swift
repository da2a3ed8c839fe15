import Foundation
import JSON
import Testing

@Suite("Numbers as JSON")
struct NumberTests {
    @Test(
        "Real numbers have their shortest text, whole ones all digits, and those that JSON cannot represent are null",
        arguments: [
            (0, "0"), (-0.0, "0"), (1, "1"), (-1, "-1"), (0.1, "0.1"), (100.5, "100.5"), (1e15, "1000000000000000"),
            (1e16, "10000000000000000"), (7.777777777777778e16, "77777777777777776"), (-9.223372036854775808e18, "\(Int64.min)"),
            (-9.3e18, "-9.3e+18"), (1e19, "10000000000000000000"), (18_446_744_073_709_549_568, "18446744073709549568"),
            (18_446_744_073_709_551_616, "1.8446744073709552e+19"), (1e20, "1e+20"),
            (1e-7, "1e-07"), (1.7976931348623157e308, "1.7976931348623157e+308"),
            (.leastNonzeroMagnitude, "5e-324"), (10, "10"), (.infinity, "null"), (-.infinity, "null"), (.nan, "null"),
        ] as [(Double, String)])
    func real(number: Double, text: String) throws {
        #expect(JSONValue.number(number).json == text)
        let encoder = JSONByteEncoder()
        try encoder.write(number)
        #expect(encoder.take { String(decoding: $0, as: UTF8.self) } == text)
        guard number.isFinite else { return }
        let again = try JSONValue(json: text.utf8)
        #expect(again.double == number)
        #expect(again.json == text)
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
