/// The interfaces in which facts are shown.
enum Interface: String, CaseIterable, Sendable {
    /// The published description of the control interface.
    case varlink
    /// The JSON of agents and of the API.
    case json
    /// `/openapi.json`.
    case openAPI
    /// The objects served by the SNMP agent, and the notifications.
    case mib
    /// What `mip-mib --snmp` makes of these objects.
    case snmpMapping
    case metrics
    /// The lists and words of `mip-mib`.
    case command
    /// `/v1/vocabulary`, which the dashboard shows.
    case vocabulary
    /// The manual pages and `docs`.
    case docs
}

/// Facts that an interface does not show because of its nature.
struct Exception: Sendable {
    let interface: Interface
    let kinds: Set<Fact.Kind>
    /// Nil for all facts of these kinds.
    var names: (@Sendable (Fact) -> Bool)?
    let reason: String

    func covers(_ fact: Fact, _ interface: Interface) -> Bool {
        interface == self.interface && kinds.contains(fact.kind) && (names?(fact) ?? true)
    }
}
