import HTTPTypes
import ManagementCore

/// Every change that the API offers.
enum Changes {
    static func all(notifications: (any NotificationControl)? = nil) -> [ChangeDeclaration] {
        settings + associations + advertisements + careOfAddresses + homeAgents + bindings + visitors + exchanges + drain
            + Self.notifications(notifications)
    }

    /// The methods served at a path in addition to GET and HEAD.
    static func methods(_ path: String) -> [HTTPRequest.Method] {
        declared.filter { $0.isServed(at: path) }.map(\.method)
    }

    private static let declared = all()
}
