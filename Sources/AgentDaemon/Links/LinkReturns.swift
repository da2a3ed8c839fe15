import DataPlane
import MobilityLink

/// Detects links that disappeared and returned, because the kernel drops the routes and neighbours of a link that disappears.
final class LinkReturns {
    private let notifications: LinkNotifications
    private let routes: RouteClient
    private var states: [String: LinkState?]

    init(_ links: [AgentLink]) throws(AgentDaemonError) {
        do {
            notifications = try LinkNotifications()
            let routes = try RouteClient(protocolNumber: 0)
            self.routes = routes
            states = [:]
            for link in links { states[link.name] = .some(LinkState(of: link.name, routes)) }
        } catch {
            throw AgentDaemonError("cannot monitor links: \(error)")
        }
    }

    /// Readable if links may have changed.
    var descriptor: CInt { notifications.descriptor }

    /// Whether a link has returned since the last call.
    func hasReturnedLink() -> Bool {
        var isBack = false
        for (name, earlier) in states {
            let now = LinkState(of: name, routes)
            isBack = isBack || now?.isBack(since: earlier) == true
            states[name] = .some(now)
        }
        return isBack
    }
}
