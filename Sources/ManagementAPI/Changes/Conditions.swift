import AgentModel
import HTTPTypes
import Hummingbird

/// The preconditions of a change (RFC 9110 §13.1).
struct Conditions {
    private let match: EntityTagList?
    private let noneMatch: EntityTagList?

    init(_ request: Request) throws(Problem) {
        match = try EntityTagList(request, .ifMatch)
        noneMatch = try EntityTagList(request, .ifNoneMatch)
    }

    /// Checks the preconditions against the current row.
    ///
    /// - Returns: what must exist for the agent to make the change; stricter than `rule` where a condition requires it.
    func check(_ tag: EntityTag?, _ rule: CreationRule) throws(Problem) -> CreationRule {
        var rule = rule
        if let match {
            guard let tag else {
                throw Self.failed("If-Match was sent, but the row does not exist; omit it to create the row")
            }
            guard match.names(tag, strongly: true) else {
                throw Self.failed("the row has changed: its ETag is \(tag.text), If-Match was \(match); read it again")
            }
            rule = .mustExist
        }
        if let noneMatch {
            if let tag, noneMatch.names(tag) {
                throw Self.failed("If-None-Match was \(noneMatch), but the row exists with the ETag \(tag.text)")
            }
            if tag == nil, rule == .mayExist { rule = .mustNotExist }
        }
        return rule
    }

    private static func failed(_ detail: String) -> Problem {
        Problem(status: .preconditionFailed, title: "Precondition failed", detail: detail)
    }
}
