import HTTPTypes
import Hummingbird
import ManagementCore

/// `/metrics`: for Prometheus and other programs that read its formats.
struct MetricsEndpoint: Sendable {
    private let agents: [ManagedAgent]
    private let families: [MetricFamily]
    private let process: ProcessMetrics

    /// - Parameters:
    ///   - perRow: maximum number of rows of each table that get series of their own; 0 for aggregates only.
    ///   - notifications: what counts the notifications about the agents; nil when there are none.
    init(agents: [ManagedAgent], perRow: Int, notifications: (any NotificationControl)?, process: ProcessMetrics) {
        self.agents = agents
        families =
            AgentMetrics.families + CounterMetrics.families + NotificationMetrics.families(notifications)
            + NodeMetrics(limit: perRow).families
        self.process = process
    }

    func respond(_ request: Request) throws -> Response {
        _ = try Query(request, allowed: [])
        let kind = try Accepted.choose(request, from: [.prometheus, .openMetrics])
        var exposition = Exposition(kind == .openMetrics ? .openMetrics : .prometheus)
        let states = agents.map { $0.state() }
        for family in families {
            exposition.write(family, label: "agent", states.map { ($0.name, family.samples($0)) })
        }
        for (family, samples) in process.families { exposition.write(family, label: "", [("", samples)]) }
        exposition.end()
        return Response(
            status: .ok, headers: [.contentType: kind.rawValue], body: ResponseBody(byteBuffer: exposition.buffer))
    }
}
