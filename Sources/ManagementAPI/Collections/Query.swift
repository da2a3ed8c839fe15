import AgentModel
import Hummingbird
import ManagementCore
import MobileIPv4

/// The query parameters of a request; unknown and repeated ones are refused.
struct Query {
    private var values: [String: String] = [:]

    init(_ request: Request, allowed: Set<String>) throws(Problem) {
        for (key, value) in request.uri.queryParameters {
            guard allowed.contains(String(key)) else {
                let expectation =
                    allowed.isEmpty
                    ? "this resource has no parameters" : "expected some of \(allowed.sorted().joined(separator: ", "))"
                throw .badRequest("unknown parameter '\(key)'; \(expectation)")
            }
            guard values.updateValue(String(value), forKey: String(key)) == nil else {
                throw .badRequest("parameter '\(key)' is given more than once; expected it once")
            }
        }
    }

    subscript(name: String) -> String? { values[name] }

    /// All parameters except the named ones.
    func without(_ names: Set<String>) -> [(String, String)] {
        values.filter { !names.contains($0.key) }.sorted { $0.key < $1.key }
    }
}

/// Selects rows by mobile node.
struct NodeFilter: Sendable {
    private let homeAddress: IPv4Prefix?
    private let careOfAddress: IPv4Prefix?
    /// The outer nil for any; the inner one for a text that is not an identifier, which no node has.
    private let nai: NetworkAccessIdentifier??

    init(_ query: Query) throws(Problem) {
        homeAddress = try Self.prefix(query, "homeAddress")
        careOfAddress = try Self.prefix(query, "careOfAddress")
        nai = query["nai"].map { NetworkAccessIdentifier($0) }
    }

    private static func prefix(_ query: Query, _ name: String) throws(Problem) -> IPv4Prefix? {
        guard let text = query[name] else { return nil }
        return try IPv4Prefix(parameter: name, text)
    }

    func matches(_ home: IPv4Address?, _ careOf: IPv4Address?, _ own: NetworkAccessIdentifier?) -> Bool {
        if let homeAddress, !(home.map(homeAddress.contains) ?? false) { return false }
        if let careOfAddress, !(careOf.map(careOfAddress.contains) ?? false) { return false }
        if let nai, nai == nil || own != nai { return false }
        return true
    }
}
