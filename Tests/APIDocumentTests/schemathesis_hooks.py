"""Facts about the API that schemathesis cannot derive from the document."""
import schemathesis

# Agents that have the rows of a collection, where that is not "home".
AGENTS = {
    "foreign": ["visitors", "pending", "exchanges", "tunnels", "traffic", "advertisements", "extension-uses"],
    "node": ["home-agents", "node", "registrations", "foreign-agents"],
}


@schemathesis.hook
def before_call(context, case, kwargs):
    # An event stream never ends, but the list of events does.
    if case.path == "/v1/events":
        case.headers["Accept"] = "application/json"
    positive = case.meta is None or case.meta.generation.mode.is_positive
    # A cursor must come from the server, so a generated one is never valid.
    if positive and case.query and "cursor" in case.query:
        case.query.pop("cursor")
    # The coverage phase generates header fields from letters and digits only, and leaves those empty that need a quotation mark.
    if positive:
        for name in ["If-Match", "If-None-Match"]:
            if case.headers and case.headers.get(name) == "":
                case.headers.pop(name)
    if positive and case.path_parameters and "agent" in case.path_parameters:
        collection = case.path.split("/")[2]
        for agent, collections in AGENTS.items():
            if collection in collections:
                case.path_parameters["agent"] = agent
    # A selection names either what is selected or that all is; a schema of parameters cannot say that.
    if positive and case.method.upper() == "DELETE" and case.query is not None and case.path in ["/v1/bindings", "/v1/visitors"]:
        if any(name in case.query for name in ["homeAddress", "nai", "careOfAddress", "homeAgent"]):
            case.query.pop("all", None)
        else:
            case.query["all"] = "true"
    # JSON Schema counts characters, the protocol bytes.
    if positive and case.method.upper() == "DELETE" and case.query and isinstance(case.query.get("text"), str):
        case.query["text"] = case.query["text"].encode("utf-8", "ignore")[:254].decode("utf-8", "ignore") or "x"
    if positive and case.path in ["/v1/exchanges", "/v1/drain/{agent}"] and isinstance(case.body, dict) and isinstance(case.body.get("text"), str):
        case.body["text"] = case.body["text"].encode("utf-8", "ignore")[:254].decode("utf-8", "ignore") or "x"
