import AgentControl
import AgentModel
import HTTPTypes

extension Problem {
    /// A body that can be parsed but has invalid content.
    static func invalidBody(_ detail: String, field: String?) -> Problem {
        Problem(status: .unprocessableContent, title: "Invalid body", detail: detail, field: field)
    }

    /// The reason why an agent did not make a change.
    init(_ error: ControlError, of agent: String) {
        switch error {
        case .changeRefused(let refusal):
            let status: HTTPResponse.Status =
                switch refusal.problem {
                case .notFound: .notFound
                case .alreadyExists, .invalidValue, .inconsistent, .notPermitted, .resourceUnavailable: .conflict
                case .commitFailed: .serviceUnavailable
                }
            self.init(
                status: status, title: "The agent refused the change", detail: "agent '\(agent)' refused it: \(refusal.reason)",
                field: refusal.field)
        case .bindingNotFound, .refused:
            self.init(status: .conflict, title: "The agent refused the change", detail: "agent '\(agent)' refused it: \(error)")
        case .timedOut:
            self.init(
                status: .serviceUnavailable, title: "The agent does not answer",
                detail:
                    "agent '\(agent)' did not answer in time, so the change may or may not have been made; read the row again",
                headers: [.retryAfter: "5"])
        case .unreachable, .closed, .invalidParameter, .invalidTopic, .unexpected:
            self.init(
                status: .serviceUnavailable, title: "The agent does not answer",
                detail: "agent '\(agent)' did not accept the change: \(error)", headers: [.retryAfter: "5"])
        }
    }
}
