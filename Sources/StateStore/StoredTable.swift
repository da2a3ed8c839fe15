/// The tables of a store. Raw values are part of the format.
package enum StoredTable: UInt8, CaseIterable, Sendable {
    /// One record for each start of the agent.
    case starts = 1
    /// What a home agent knows of a mobile node; the key is the home address.
    case mobileNodes = 2
    /// Home addresses that were assigned.
    case assignments = 3
    /// Operators' changes.
    case changes = 4
}
