/// A kind of object that an agent holds in quantity (`mipExtCapacityResource`).
public enum CapacityResource: String, Hashable, Sendable, CaseIterable, Codable {
    case bindings, visitors, pendingRegistrations, associations, violators, mobileNodes, tunnels, registrations, foreignAgents
}
