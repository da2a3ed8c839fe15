import JSON

// What answers have in common.
extension OpenAPIDocument {
    static let problem: JSONValue = [
        "type": "object", "description": "Why a request was refused (RFC 9457).",
        "properties": [
            "status": ["type": "integer", "description": "The status of the answer."],
            "title": ["type": "string", "description": "What kind of mistake it was."],
            "detail": ["type": "string", "description": "One sentence that says what is wrong and what is expected."],
            "field": ["type": "string", "description": "The member of the body that is at fault, where it is one."],
        ],
        "required": ["status", "title", "detail"],
    ]

    static let problemNames: [Int: String] = [
        400: "BadRequest", 401: "Unauthorized", 403: "Forbidden", 404: "NotFound", 409: "Conflict", 412: "PreconditionFailed",
        413: "ContentTooLarge", 414: "URITooLong", 415: "UnsupportedMediaType", 421: "Misdirected", 422: "WrongBody",
        429: "TooManyRequests", 503: "Unavailable",
    ]

    private static let abouts: [Int: String] = [
        400: "The request cannot be understood: an unknown or wrong parameter, or a body that is not JSON.",
        401: "A token is needed, or the one sent is not one of this server's.",
        403: "The token may not change anything, or the request is one of another site's page.",
        404: "There is no such row, or no such agent.",
        409: "The agent refuses the change: it does not fit what is there, or is not the agent's to change.",
        412: "The row is not the one that the condition names.", 413: "The body has more bytes than any change needs.",
        414: "Path and query have more bytes than are taken.", 415: "The body is not said to be JSON.",
        421: "This host name is not served.", 422: "The body has a wrong value, or a member that is not known.",
        429: "This client asks too often.", 503: "The agent does not answer, or there is no room.",
    ]

    /// One answer for each status of a refusal.
    static var problems: JSONObject {
        var all: JSONObject = [:]
        for (status, name) in problemNames {
            var answer: JSONObject = [
                "description": .string(abouts[status] ?? ""),
                "content": ["application/problem+json": ["schema": RowSchemas.reference("Problem")]],
            ]
            if [429, 503].contains(status) { answer["headers"] = ["Retry-After": ["$ref": "#/components/headers/Retry-After"]] }
            if status == 401 { answer["headers"] = ["WWW-Authenticate": ["$ref": "#/components/headers/WWW-Authenticate"]] }
            all[name] = .object(answer)
        }
        return all
    }

    static let headers: JSONObject = [
        "Link": ["description": "The next page, with `rel=\"next\"` (RFC 8288).", "schema": ["type": "string"]],
        "ETag": ["description": "The row's version.", "schema": ["type": "string"]],
        "Location": ["description": "The path of the row.", "schema": ["type": "string"]],
        "Retry-After": ["description": "Seconds to wait.", "schema": ["type": "string", "pattern": "^[0-9]+$"]],
        "WWW-Authenticate": ["description": "What kind of token is wanted.", "schema": ["type": "string"]],
        "MIP-Agent-Data": [
            "description": "How current the answer is: a list (RFC 8941) of agents, with `age` in seconds and `connection`.",
            "schema": ["type": "string"],
        ],
    ]
}
