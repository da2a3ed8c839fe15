/// What a daemon is in Mobile IP (`mipEntities`).
public enum AgentRole: String, Hashable, Sendable, CaseIterable, Codable {
    case mobileNode, foreignAgent, homeAgent
}
