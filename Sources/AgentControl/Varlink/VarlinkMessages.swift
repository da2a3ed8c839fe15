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
        /// An address or a prefix.
        var homeAddress: String?
        var nai: NetworkAccessIdentifier?

        /// Which rows the snapshot shall have; nil for all.
        var filter: RowFilter? {
            let homeAddresses = homeAddress.flatMap(Self.addresses)
            return homeAddresses == nil && nai == nil ? nil : RowFilter(homeAddresses: homeAddresses, nai: nai)
        }

        static func addresses(_ text: String) -> IPv4Prefix? {
            IPv4Address(text).map(IPv4Prefix.init(host:)) ?? IPv4Prefix(text)
        }
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
