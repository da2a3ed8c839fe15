import AgentModel
import Foundation

/// Orders as JSON.
enum NotificationJSON {
    static func encode(_ order: NotificationOrder) throws -> String {
        String(decoding: try JSONEncoder().encode(order), as: UTF8.self)
    }

    static func decode(_ text: String) throws -> NotificationOrder {
        try JSONDecoder().decode(NotificationOrder.self, from: Data(text.utf8))
    }
}
