import AgentControl
import Foundation

extension ControlError {
    /// What went wrong at this control socket, and what to do.
    func sentence(about path: String) -> String {
        switch self {
        case .timedOut: return "the agent at '\(path)' did not answer in time; is it stopped, or overloaded?"
        case .closed: return "the agent at '\(path)' closed the connection; its log says why"
        case .unexpected(let text):
            // Decoding errors tell the place on their first words and go on for long.
            let cause = text.components(separatedBy: " Debug description")[0].replacing("DecodingError.", with: "")
            return
                "what '\(path)' answers is not that of an agent, or of one of another version: \(String(cause.prefix(200)).printable)"
        // Some of it is the agent's own words.
        default: return description.printable
        }
    }
}
