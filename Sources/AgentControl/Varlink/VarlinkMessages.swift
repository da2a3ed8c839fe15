import AgentModel
import MobileIPv4

/// The parameters and replies of the methods, named as in the interface descriptions.
enum VarlinkMessages {
    struct GetInfo: Codable {
        var vendor: String
        var product: String
        var version: String
        var url: String
        var interfaces: [String]
    }

    struct GetInterfaceDescription: Codable {
        var interface: String
    }

    struct Description: Codable {
        var description: String
    }

    struct GetInformation: Codable {
        var information: AgentInformation
        var time: Timestamp
        var counts: TableCounts?
    }

    struct AskInformation: Codable {
        var vocabulary: Int?
    }

    struct Subscribe: Codable {
        var topics: [String]?
        var vocabulary: Int?
    }

    struct RevokeBinding: Codable {
        var homeAddress: IPv4Address
        var careOfAddress: IPv4Address?
    }

    struct Revoked: Codable {
        var revoked: Int
    }

    struct SetEnabled: Codable {
        var enabled: Bool
    }

    struct Apply: Codable {
        var changes: [AgentChangeRequest]
        var validate: Bool?
    }

    struct Undo: Codable {
        var token: String
    }

    struct ChangeRefused: Codable {
        var index: Int
        var field: String?
        var problem: ChangeProblem
        var reason: String
    }

    struct InvalidTopic: Codable {
        var topic: String
        var known: [String]
    }

    struct InvalidParameter: Codable {
        var parameter: String
    }

    struct Refused: Codable {
        var reason: String
    }
}
