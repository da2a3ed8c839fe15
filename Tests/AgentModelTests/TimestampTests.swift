import AgentModel
import Foundation
import Testing

@Suite("Timestamps")
struct TimestampTests {
    @Test(
        "A timestamp is written in UTC with milliseconds, and read back",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"), (951_827_696_789, "2000-02-29T12:34:56.789Z"),
            (1_700_846_592_000, "2023-11-24T17:23:12.000Z"), (4_107_542_399_999, "2100-02-28T23:59:59.999Z"),
            (253_402_300_799_999, "9999-12-31T23:59:59.999Z"), (-62_135_596_800_000, "0001-01-01T00:00:00.000Z"),
        ] as [(Int64, String)])
    func text(milliseconds: Int64, text: String) {
        let time = Timestamp(milliseconds: milliseconds)
        #expect(time.description == text)
        #expect(Timestamp(text) == time)
    }

    @Test("Dates agree with Foundation's calendar since its Gregorian part begins in 1582")
    func calendar() throws {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        for day in stride(from: Int64(-140_000), through: 146_097, by: 97) {
            let time = Timestamp(milliseconds: day * 86_400_000 + 43_200_123)
            #expect(Timestamp(time.description) == time)
            let seconds = try Date(time.description, strategy: style).timeIntervalSince1970
            #expect(abs(seconds * 1000 - Double(time.milliseconds)) < 1)
        }
    }

    @Test(
        "Fractions of any length are read and cut to milliseconds",
        arguments: [
            ("2023-11-24T17:23:12Z", 0), ("2023-11-24T17:23:12.5Z", 500), ("2023-11-24T17:23:12.1239Z", 123),
            ("2023-11-24T17:23:12.123456789Z", 123),
        ] as [(String, Int64)])
    func fractions(text: String, milliseconds: Int64) {
        #expect(Timestamp(text)?.milliseconds == 1_700_846_592_000 + milliseconds)
    }

    @Test(
        "Other forms are refused",
        arguments: [
            "", "2023-11-24", "2023-11-24T17:23:12", "2023-11-24T17:23:12+01:00", "2023-13-24T17:23:12Z", "2023-11-00T17:23:12Z",
            "2023-11-24T24:00:00Z", "2023-11-24T17:60:00Z", "2023-11-24T17:23:12.Z", "2023-11-24T17:23:12.1234567890Z",
            "2023-11-24T17:23:1²Z", "２023-11-24T17:23:12Z", "-023-11-24T17:23:12Z",
        ])
    func wrong(text: String) {
        #expect(Timestamp(text) == nil)
    }
}
