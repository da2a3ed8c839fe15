import JSON

// Parts that answers share.
extension OpenAPIDocument {
    static let problem: JSONValue = [
        "type": "object", "description": "Why a request was refused (RFC 9457).",
        "properties": [
            "status": ["type": "integer", "description": "The HTTP status of the answer."],
            "title": ["type": "string", "description": "The kind of problem."],
            "detail": ["type": "string", "description": "One sentence that states what is wrong and what is expected."],
            "field": ["type": "string", "description": "The member of the body that is at fault, where there is one."],
            "parts": [
                "type": "array", "items": RowSchemas.reference("ReadinessPart"),
                "description": "For `/readyz`: the state of every part of the daemon.",
            ],
        ],
        "required": ["status", "title", "detail"],
    ]

    static let problemNames: [Int: String] = [
        400: "BadRequest", 401: "Unauthorized", 403: "Forbidden", 404: "NotFound", 406: "NotAcceptable", 409: "Conflict",
        412: "PreconditionFailed",
        413: "ContentTooLarge", 414: "URITooLong", 415: "UnsupportedMediaType", 421: "Misdirected", 422: "WrongBody",
        429: "TooManyRequests", 503: "Unavailable",
    ]

    private static let descriptions: [Int: String] = [
        400:
            "The request is invalid: an unknown or invalid parameter, a body that is not JSON or has a member twice, or no Host or two.",
        401: "A token is required, or the one sent is not one of this server's.",
        403: "The token is read-only or there is none, or the request comes from a page of another site.",
        404: "No such row, or no such agent.", 406: "The request refuses every media type that there is.",
        409: "The change conflicts with existing data, or concerns something that the agent does not allow to be changed.",
        412: "The row does not match the condition.", 413: "The body is larger than any change needs.",
        414: "The path and query are longer than the limit.", 415: "The Content-Type of the body is not JSON.",
        421: "This host name is not served.", 422: "The body has an invalid value or an unknown member.",
        429: "This client sends requests too often.", 503: "The agent does not answer, or the server is at a limit.",
    ]

    /// One answer for each status of a refusal.
    static var problems: JSONObject {
        var all: JSONObject = [:]
        for (status, name) in problemNames {
            var answer: JSONObject = [
                "description": .string(descriptions[status] ?? ""),
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
        "MIP-Total-Count": [
            "description": "With `total=true`: how many rows match, on all pages together.",
            "schema": ["type": "string", "pattern": "^[0-9]+$"],
        ],
        "ETag": ["description": "The row's version.", "schema": ["type": "string"]],
        "Location": ["description": "The path of the row.", "schema": ["type": "string"]],
        "Retry-After": ["description": "Seconds to wait.", "schema": ["type": "string", "pattern": "^[0-9]+$"]],
        "WWW-Authenticate": ["description": "The kind of token required.", "schema": ["type": "string"]],
        "MIP-Agent-Data": [
            "description": "How current the answer is: a list (RFC 8941) of agents, each with `age` in seconds and `connection`.",
            "schema": ["type": "string"],
        ],
    ]
}
