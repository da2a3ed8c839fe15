import HTTPTypes
import ManagementCore

/// Every change that the API takes.
enum Changes {
    static func all(notifications: (any NotificationControl)? = nil) -> [ChangeDeclaration] {
        settings + associations + advertisements + careOfAddresses + homeAgents + bindings
            + Self.notifications(notifications)
    }

    /// What every path of theirs is served for beside GET and HEAD.
    static func methods(_ path: String) -> [HTTPRequest.Method] {
        declared.filter { $0.isAt(path) }.map(\.method)
    }

    private static let declared = all()
}
