/// How many rows an agent's tables have, known without reading them.
public struct TableCounts: Hashable, Sendable, Codable {
    /// Mobility bindings.
    public var bindings: Int
    /// Visitors, including pending ones.
    public var visitors: Int
    /// Security associations.
    public var associations: Int
    /// Violators.
    public var violations: Int

    public init(bindings: Int = 0, visitors: Int = 0, associations: Int = 0, violations: Int = 0) {
        self.bindings = bindings
        self.visitors = visitors
        self.associations = associations
        self.violations = violations
    }
}
