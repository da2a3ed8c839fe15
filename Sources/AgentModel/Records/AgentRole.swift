/// The role of a daemon in Mobile IP (`mipEntities`).
public enum AgentRole: String, Hashable, Sendable, CaseIterable, Codable {
    case mobileNode, foreignAgent, homeAgent
}
