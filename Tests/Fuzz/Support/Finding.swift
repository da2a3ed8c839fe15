/// Something that must hold for every input and did not.
package struct Finding: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}

/// Throws a finding unless the condition holds.
package func require(_ condition: Bool, _ finding: @autoclosure () -> String) throws(Finding) {
    guard condition else { throw Finding(finding()) }
}

/// Throws a finding unless both values are equal.
package func requireEqual<Value: Equatable>(_ a: Value, _ b: Value, _ what: @autoclosure () -> String) throws(Finding) {
    guard a == b else { throw Finding("\(what()): \(a) is not \(b)") }
}
