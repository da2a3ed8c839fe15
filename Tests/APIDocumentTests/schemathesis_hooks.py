"""Facts about the API that schemathesis cannot derive from the document."""
import schemathesis

# Agents that have the rows of a collection, where that is not "home".
AGENTS = {
    "foreign": ["visitors", "pending", "exchanges", "tunnels", "traffic", "advertisements"],
    "node": ["home-agents", "registrations", "foreign-agents"],
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
