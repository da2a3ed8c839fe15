import JSON

/// `/v1`: the paths of the API with a sentence on each, for people who look around.
struct ResourceIndex: Encodable, Sendable {
    struct Entry: Encodable, Sendable {
        let path: String
        let about: String
    }

    /// The version of the daemon.
    let version: String
    /// Where the whole description is.
    let document = "/openapi.json"
    let resources: [Entry]

    /// Takes the sentences from the description.
    init(_ description: OpenAPIDocument) {
        version = description.version
        let paths = description.json["paths"]
        resources = Endpoints.paths.map { Entry(path: $0, about: paths?[$0]?["get"]?["summary"]?.text ?? "") }
    }
}
