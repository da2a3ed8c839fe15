import AgentControl
import AgentModel
import HTTPTypes

extension Problem {
    /// A body that can be read and says something wrong.
    static func wrongBody(_ detail: String, field: String?) -> Problem {
        Problem(status: .unprocessableContent, title: "The body is wrong", detail: detail, field: field)
    }

    /// Why an agent did not make a change.
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
                status: status, title: "The agent refused the change", detail: "'\(agent)' refused it: \(refusal.reason)",
                field: refusal.field)
        case .bindingNotFound, .refused:
            self.init(status: .conflict, title: "The agent refused the change", detail: "'\(agent)' refused it: \(error)")
        case .timedOut:
            self.init(
                status: .serviceUnavailable, title: "The agent does not answer",
                detail: "'\(agent)' did not answer in time, so it is not known whether the change is made; read the row again",
                headers: [.retryAfter: "5"])
        case .unreachable, .closed, .invalidParameter, .invalidTopic, .unexpected:
            self.init(
                status: .serviceUnavailable, title: "The agent does not answer",
                detail: "'\(agent)' did not take the change: \(error)", headers: [.retryAfter: "5"])
        }
    }
}
