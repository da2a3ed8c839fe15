import AgentModel
import Testing

@testable import mip_mib

@Suite("Times in conditions")
struct TimeOperandTests {
    private static let time = "2026-11-29T22:08:51.300Z"

    @Test(
        "A time stands for all times that begin with it, in RFC 3339 and in the form of tables",
        arguments: [
            ("2026", true), ("2026-11", true), ("2026-11-29", true), ("2026-11-29T22", true), ("2026-11-29 22:08", true),
            ("2026-11-29T22:08:51Z", true), ("2026-11-29 22:08:51Z", true), ("2026-11-29 23:08:51+01:00", true),
            ("2026-11-29T22:08:51.3Z", true), ("2026-11-29T22:08:51.300000Z", true), ("2027", false), ("2026-12", false),
            ("2026-11-28", false), ("2026-11-29 22:08:50Z", false), ("2026-11-29T22:08:51.2Z", false),
            ("2026-11-29 22:08:51+01:00", false),
        ])
    func beginning(text: String, isSame: Bool) throws {
        let time = try #require(Timestamp(Self.time))
        let operand = try #require(TimeOperand(text))
        #expect(operand.contains(time) == isSame)
    }

    @Test(
        "Times are ordered by value: a time without seconds stands for its beginning, one with seconds for that second",
        arguments: [
            ("2026", 1), ("2026-11-29T22:08:51Z", 0), ("2026-11-29 22:08:51Z", 0), ("2026-11-29T22:08:51.301Z", -1),
            ("2026-11-29T22:08:51.3Z", 0), ("2026-11-29 22:08:50Z", 1), ("2026-12", -1), ("2026-11-29T21:08:51-02:00", -1),
        ])
    func order(text: String, expected: Int) throws {
        let time = try #require(Timestamp(Self.time))
        let operand = try #require(TimeOperand(text))
        #expect(operand.order(of: time) == expected)
    }

    @Test(
        "Anything else is not a time",
        arguments: [
            "", "yesterday", "26", "2026-", "2026-13", "2026-11-32", "2026-11-29T", "2026-11-29T24", "2026-11-29Z",
            "2026-11-29T22:08:51.Z",
        ])
    func invalid(text: String) {
        let isTime = TimeOperand(text) != nil
        #expect(!isTime)
    }
}
