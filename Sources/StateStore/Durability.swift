/// What a committed batch survives. Raw values are those of the configuration.
package enum Durability: String, CaseIterable, Hashable, Sendable {
    /// Committed at once and written within 100 ms: the end of the process may lose the last 100 ms.
    case memory
    /// Written before the commit is reported: survives the end of the process at any moment. A power failure may lose the last 100
    /// ms.
    case process
    /// On disk before the commit is reported: survives a power failure.
    case disk
}
