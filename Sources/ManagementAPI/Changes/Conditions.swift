import AgentModel
import HTTPTypes
import Hummingbird

/// What a client makes its change depend on (RFC 9110 §13.1).
struct Conditions {
    private let match: EntityTagList?
    private let noneMatch: EntityTagList?

    init(_ request: Request) throws(Problem) {
        match = try EntityTagList(request, .ifMatch)
        noneMatch = try EntityTagList(request, .ifNoneMatch)
    }

    /// Compares with the row as it is.
    ///
    /// - Returns: what must be there for the agent to make the change; stricter than `rule` where a condition says so.
    func check(_ tag: EntityTag?, _ rule: CreationRule) throws(Problem) -> CreationRule {
        var rule = rule
        if let match {
            guard let tag else {
                throw Self.failed("If-Match is given and there is no such row; leave it out to make one")
            }
            guard match.names(tag, strongly: true) else {
                throw Self.failed("the row has changed: its ETag is \(tag.text), If-Match was \(match); read it again")
            }
            rule = .mustExist
        }
        if let noneMatch {
            if let tag, noneMatch.names(tag) {
                throw Self.failed("If-None-Match was \(noneMatch) and the row is there, with the ETag \(tag.text)")
            }
            if tag == nil, rule == .mayExist { rule = .mustNotExist }
        }
        return rule
    }

    private static func failed(_ detail: String) -> Problem {
        Problem(status: .preconditionFailed, title: "The condition does not hold", detail: detail)
    }
}
