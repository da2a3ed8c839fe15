import ArgumentParser
import MobileIPv4

/// Whole numbers among the arguments, in the form that configuration files require as well.
enum WholeNumber {
    /// - Throws: `ValidationError`, which the argument parser precedes with the argument and its value.
    static func parse<Number: FixedWidthInteger>(_ text: String, as type: Number.Type) throws -> Number {
        guard let number = DecimalNumber.parse(text, as: type) else {
            if DecimalNumber.parse(text, as: UInt64.self) != nil {
                throw ValidationError("expected a whole number of at most \(Number.max)")
            }
            throw ValidationError("expected a whole number without a sign and without leading zeros")
        }
        return number
    }
}
