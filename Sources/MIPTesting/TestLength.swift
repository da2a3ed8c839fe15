import Foundation

/// How many random cases tests try: few in normal runs, more with `scripts/test --long`. A long run tries the cases of a short one
/// first.
public enum TestLength {
    /// Set by `scripts/test --long`.
    public static let isLong = ProcessInfo.processInfo.environment["MIP_TEST_LONG"] == "1"

    /// How many cases to try.
    public static func cases(_ short: Int, long: Int) -> Int { isLong ? long : short }

    /// Seeds of a `SeededGenerator`, one for each case.
    public static func seeds(_ short: UInt64, long: UInt64) -> ClosedRange<UInt64> { 1...(isLong ? long : short) }
}
