"""What schemathesis cannot know of an API from its document."""
import schemathesis

# Agents that rows of a collection are at, where that is not "home".
AGENTS = {
    "foreign": ["visitors", "pending", "tunnels", "traffic", "advertisements"],
    "node": ["home-agents", "registrations", "foreign-agents"],
}


@schemathesis.hook
def before_call(context, case, kwargs):
    # An event stream has no end; the list of events has.
    if case.path == "/v1/events":
        case.headers["Accept"] = "application/json"
    positive = case.meta is None or case.meta.generation.mode.is_positive
    # A cursor is one that the server gave out: none can be made up.
    if positive and case.query and "cursor" in case.query:
        case.query.pop("cursor")
    # Its coverage phase makes header fields of letters and digits alone, and leaves empty those that need a quotation mark.
    if positive:
        for name in ["If-Match", "If-None-Match"]:
            if case.headers and case.headers.get(name) == "":
                case.headers.pop(name)
    if positive and case.path_parameters and "agent" in case.path_parameters:
        collection = case.path.split("/")[2]
        for agent, collections in AGENTS.items():
            if collection in collections:
                case.path_parameters["agent"] = agent
