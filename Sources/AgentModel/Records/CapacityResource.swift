/// A kind of object of which an agent can hold many (`mipExtCapacityResource`).
public enum CapacityResource: String, Hashable, Sendable, CaseIterable, Codable {
    case bindings, visitors, pendingRegistrations, associations, violators, mobileNodes, tunnels, registrations, foreignAgents
}
