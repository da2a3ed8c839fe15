/// What an agent holds many of (`mipExtCapacityResource`).
public enum CapacityResource: String, Hashable, Sendable, CaseIterable, Codable {
    case bindings, visitors, pendingRegistrations, associations, violators, mobileNodes, tunnels, registrations, foreignAgents
}
