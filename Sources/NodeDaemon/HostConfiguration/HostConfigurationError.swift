/// Why a host configuration cannot be applied or undone: what failed, on what, why, and what to do.
struct HostConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
