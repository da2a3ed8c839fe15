import Foundation
import ManagementCore

/// The position where a page of a list ended: the sort, and the last row's value, agent and key.
struct Cursor: Codable {
    let sort: String?
    let value: SortValue
    let agent: String
    /// The key as JSON, in an array of one element.
    let key: Data

    private enum CodingKeys: String, CodingKey { case sort = "s", value = "v", agent = "a", key = "k" }

    static var invalid: Problem {
        .badRequest(
            "the cursor is invalid; expected the one in the Link header of the previous page, with the same limit and sort")
    }

    init(sort: String?, value: SortValue, agent: String, key: Data) throws {
        self.sort = sort
        self.value = value
        self.agent = agent
        self.key = key
    }

    /// Parses the form that `text` produces; nil for anything else.
    init?(_ text: String) {
        let standard = text.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 }
        let padding = String(repeating: "=", count: (4 - standard.count % 4) % 4)
        guard let data = Data(base64Encoded: String(standard) + padding),
            let read = try? JSONDecoder().decode(Cursor.self, from: data)
        else { return nil }
        self = read
    }

    /// The cursor in the URL-safe Base64 alphabet.
    var text: String {
        get throws {
            try JSONEncoder().encode(self).base64EncodedString().filter { $0 != "=" }
                .map { $0 == "+" ? "-" : $0 == "/" ? "_" : String($0) }.joined()
        }
    }

    /// The position in these states.
    func start<Key: Codable & Comparable & Sendable>(_: Key.Type, _ states: [AgentState]) throws(Problem) -> Start<Key> {
        guard let agent = states.firstIndex(where: { $0.name == agent }),
            let key = try? JSONDecoder().decode([Key].self, from: key).first
        else { throw Self.invalid }
        return Start(value: value, agent: agent, key: key)
    }

    struct Start<Key: Comparable & Sendable>: Sendable {
        let value: SortValue
        let agent: Int
        let key: Key

        /// Whether a row comes after this position.
        func precedes(_ value: SortValue, _ agent: Int, _ key: Key, isDescending: Bool) -> Bool {
            if self.value != value { return (self.value < value) != isDescending }
            return (self.agent, self.key) < (agent, key)
        }
    }
}
