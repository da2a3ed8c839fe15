import AgentModel
import Hummingbird
import JSON
import Logging
import NIOCore

/// Records every change made through the API: a line in the log and an event in the stream.
struct AuditTrail: Sendable {
    let journal: EventJournal
    let logger: Logger

    /// - Parameters:
    ///   - agent: whose state was changed.
    ///   - before: the resource before the change; nil when it did not exist.
    ///   - after: the resource after the change; nil when it no longer exists. Neither has a member for a key.
    func changed(_ agent: String, by request: Request, _ context: APIContext, before: JSONValue?, after: JSONValue?) {
        let record = AuditRecord(
            actor: context.actor.name, from: context.origin, request: "\(request.method.rawValue) \(request.uri.path)",
            before: before, after: after)
        logger.notice(
            "changed",
            metadata: [
                "agent": "\(agent)", "actor": "\(record.actor)", "from": "\(record.from)", "request": "\(record.request)",
                "before": "\(Self.text(before))", "after": "\(Self.text(after))",
            ])
        journal.append(
            ManagementEvent(
                time: .now, kind: .changed, message: "\(record.actor) made the change \(record.request)", audit: record),
            of: agent)
    }

    private static func text(_ value: JSONValue?) -> String { value?.json ?? "nothing" }
}
