import DataPlane
import MobilityLink

/// Notices which links went and came back, since the kernel drops the routes and neighbours of a link that goes.
final class LinkReturns {
    private let news: LinkNotifications
    private let routes: RouteClient
    private var states: [String: LinkState?]

    init(_ links: [AgentLink]) throws(AgentDaemonError) {
        do {
            news = try LinkNotifications()
            let routes = try RouteClient(protocolNumber: 0)
            self.routes = routes
            states = [:]
            for link in links { states[link.name] = .some(LinkState(of: link.name, routes)) }
        } catch {
            throw AgentDaemonError("links cannot be watched: \(error)")
        }
    }

    /// Readable when there may be something to look at.
    var descriptor: CInt { news.descriptor }

    /// Whether a link has come back since the last look.
    func look() -> Bool {
        var isBack = false
        for (name, earlier) in states {
            let now = LinkState(of: name, routes)
            isBack = isBack || now?.isBack(since: earlier) == true
            states[name] = .some(now)
        }
        return isBack
    }
}
