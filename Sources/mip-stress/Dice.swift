/// Random decisions that are the same in every run with the same seed (SplitMix64).
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// True once in `count` times on average.
    mutating func once(in count: Int) -> Bool { number(1...count) == 1 }

    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

    mutating func octet() -> UInt8 { UInt8(truncatingIfNeeded: next()) }

    mutating func octets(_ count: Int) -> [UInt8] { (0..<count).map { _ in octet() } }

    /// One of the values, of which there is at least one.
    mutating func pick<Value>(_ values: [Value]) -> Value { values[number(0...values.count - 1)] }
}
