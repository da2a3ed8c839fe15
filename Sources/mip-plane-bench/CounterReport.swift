import AgentModel
import DataPlane

/// The counters of a data plane as one line of JSON. Absent drop reasons are 0.
struct CounterReport: Codable, Equatable {
    var homes: [String: NodeTraffic]
    var visitors: [String: NodeTraffic]
    var nodes: [String: NodeTraffic]
    /// Keys are `local>remote encapsulation`.
    var tunnels: [String: TunnelTraffic]
    var drops: [String: UInt64]
    var gratuitousARPsSent: UInt64
    var proxyARPsSent: UInt64
    var icmpErrorsSent: UInt64
    var fragmentsSent: UInt64
    var pathMTUErrorsAccepted: UInt64
    var pathMTUErrorsIgnored: UInt64

    init(_ counters: DataPlaneCounters) {
        func byName(_ traffic: some Sequence<(key: some CustomStringConvertible, value: NodeTraffic)>) -> [String: NodeTraffic] {
            Dictionary(uniqueKeysWithValues: traffic.map { ($0.key.description, $0.value) })
        }
        homes = byName(counters.homes)
        visitors = byName(counters.visitors)
        nodes = byName(counters.nodes)
        tunnels = Dictionary(
            uniqueKeysWithValues: counters.tunnels.map {
                ("\($0.key.localAddress)>\($0.key.remoteAddress) \($0.key.encapsulation.rawValue)", $0.value)
            })
        drops = [:]
        for reason in DropReason.allCases where counters.drops[reason] > 0 { drops[reason.rawValue] = counters.drops[reason] }
        gratuitousARPsSent = counters.gratuitousARPsSent
        proxyARPsSent = counters.proxyARPsSent
        icmpErrorsSent = counters.icmpErrorsSent
        fragmentsSent = counters.fragmentsSent
        pathMTUErrorsAccepted = counters.pathMTUErrorsAccepted
        pathMTUErrorsIgnored = counters.pathMTUErrorsIgnored
    }
}
