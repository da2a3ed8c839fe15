import AgentModel
import DaemonSupport
import JSON
import MobileIPv4

/// How far a home agent has got with moving its nodes to other home agents.
struct DrainProgress: Sendable {
    let since: Timestamp
    let homeAgents: [IPv4Address]
    /// Requests that it has redirected since.
    let redirected: UInt64
    /// What revocations and denials say; empty for nothing.
    let text: String
    /// All bindings that it still has.
    let bindings: UInt64
    /// Those among them that it is about to end: their nodes asked for any home agent, and the other end can be informed.
    let movable: UInt64

    /// The resource of the JSON API.
    static let list = RowList("drain", row: "drain", topic: .information, order: [], columns: [], isSingle: true) { _ in [] }

    /// As the home agent reports it.
    init(_ status: DrainStatus) {
        (since, homeAgents, redirected) = (status.since, status.homeAgents, status.redirected)
        (text, bindings, movable) = (status.text, status.bindings, status.movableBindings)
    }

    /// Nil for a row without the members of the resource.
    init?(_ row: Row) {
        guard let since = row.text("since").flatMap(Timestamp.init), let redirected = row.count("redirected"),
            let bindings = row.count("bindings"), let movable = row.count("movableBindings")
        else { return nil }
        self.since = since
        homeAgents = (row.member(at: "homeAgents")?.array ?? []).compactMap { $0.text.flatMap { IPv4Address($0) } }
        (self.redirected, self.bindings, self.movable) = (redirected, bindings, movable)
        text = row.text("text") ?? ""
    }

    /// What is left, in a line.
    var rest: String {
        guard bindings > 0 else { return "no binding is left" }
        let all = bindings == 1 ? "1 binding is left" : "\(bindings) bindings are left"
        if movable == 0 {
            return "\(all), which cannot be moved and \(bindings == 1 ? "lasts until it ends" : "last until they end")"
        }
        return all + (movable == bindings ? "" : ", \(movable) of which can be moved")
    }

    /// Where the nodes go, how many requests have been redirected, and what is said.
    var sentence: String {
        let targets = homeAgents.map(\.description).joined(separator: ", ")
        let requests = redirected == 1 ? "1 request" : "\(redirected) requests"
        let said = text.isEmpty ? "" : ", with the text '\(text.printable)'"
        return "moving nodes to \(targets) since \(ShownTime.text(since, .utc))\(said); \(requests) redirected"
    }
}
