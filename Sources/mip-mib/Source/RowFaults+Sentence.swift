import AgentControl
import AgentModel
import DaemonSupport

extension RowFaults {
    /// Which rows of an agent are missing and why, and which program sent them; nil if every row could be read.
    func sentence(from agent: String, _ information: AgentInformation?, at path: String) -> String? {
        guard let fault = first.first else { return nil }
        let number = count == 1 ? "1 row" : "\(count) rows"
        let sender = information.map { "\($0.version), process \($0.processID)," } ?? "the program"
        return "\(agent): \(number) left out, such as \(fault); \(sender) at \(path) sent it".printable
    }
}
