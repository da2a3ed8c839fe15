import AgentControl
import DaemonSupport
import Foundation

extension ControlError {
    /// What went wrong at this control socket, and what to do about it.
    func sentence(about path: String) -> String {
        switch self {
        case .timedOut: return "the agent at '\(path)' did not answer in time; is it stopped or overloaded?"
        case .closed:
            return "the agent at '\(path)' closed the connection; it may have too many connections, or have stopped: see its log"
        case .unexpected(let text):
            // A decoding error names the place in its first words, followed by a long description.
            let cause = text.components(separatedBy: " Debug description")[0].replacing("DecodingError.", with: "")
            return
                "the reply from '\(path)' is not from an agent, or is from an agent of another version: \(String(cause.prefix(200)).printable)"
        // The text may contain words from the agent.
        default: return description.printable
        }
    }
}
