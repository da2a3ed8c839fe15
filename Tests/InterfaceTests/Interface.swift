/// Where facts are shown.
enum Interface: String, CaseIterable, Sendable {
    /// The published description of the control interface.
    case varlink
    /// What agents and the API say.
    case json
    /// `/openapi.json`.
    case openAPI
    /// The objects that the SNMP agent serves, and the notifications.
    case mib
    /// What `mip-mib --snmp` makes of them.
    case snmpMapping
    case metrics
    /// The lists and words of `mip-mib`.
    case command
    /// `/v1/vocabulary`, which the dashboard shows.
    case vocabulary
    /// The manual pages and `docs`.
    case docs
}

/// Facts that an interface does not show because of what the interface is.
struct Exception: Sendable {
    let interface: Interface
    let kinds: Set<Fact.Kind>
    /// Nil for all facts of the kinds.
    var names: (@Sendable (Fact) -> Bool)?
    let reason: String

    func covers(_ fact: Fact, _ interface: Interface) -> Bool {
        interface == self.interface && kinds.contains(fact.kind) && (names?(fact) ?? true)
    }
}
