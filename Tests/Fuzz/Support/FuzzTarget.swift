/// A parser under test, and what must hold for every input.
///
/// `scripts/fuzz` runs a target on inputs that libFuzzer makes; `FuzzTests` runs it on the inputs kept in `Tests/Fuzz`.
package protocol FuzzTarget: Sendable {
    /// The name in `scripts/fuzz`, and of the folders of inputs.
    static var name: String { get }
    /// What it asserts, in one sentence.
    static var about: String { get }
    /// Length in bytes of the longest input that the fuzzer makes.
    static var maximumLength: Int { get }

    /// Runs the parser on one input.
    ///
    /// - Throws: `Finding` if something that must hold for every input does not hold.
    static func run(_ input: [UInt8]) throws
}

extension FuzzTarget {
    package static var maximumLength: Int { 1024 }
}
