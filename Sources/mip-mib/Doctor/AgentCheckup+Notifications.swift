import AgentModel
import ManagementCore

extension AgentCheckup {
    /// A text that failed longer ago says little about the receiver now.
    private static let recentTexts: Int64 = 3_600_000

    /// That receivers did not acknowledge texts of this agent in the last hour, or refused them.
    static func notifications(_ state: AgentState, _ name: String) -> [Finding] {
        guard let now = state.agentTime else { return [] }
        let failed = state.exchanges.map(\.row).count { exchange in
            exchange.kind == .notification && (exchange.state == .unanswered || exchange.state == .refused)
                && exchange.ended.map { now.milliseconds(since: $0) < recentTexts } ?? false
        }
        guard failed > 0 else { return [] }
        return [
            Finding(
                "note",
                "\(failed == 1 ? "1 text" : "\(failed) texts") of \(name) got no acknowledgment or a refusal in the last hour",
                "'mip-mib exchanges --where kind=notification' shows the receivers and the codes; compare keys and clocks, and set "
                    + "'notifications: true' there")
        ]
    }
}
