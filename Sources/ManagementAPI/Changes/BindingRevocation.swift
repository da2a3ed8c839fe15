import AgentControl
import AgentModel
import HTTPTypes
import Hummingbird
import ManagementCore
import MobileIPv4

/// `DELETE /v1/bindings/AGENT/HOME-ADDRESS/CARE-OF-ADDRESS`: ends a binding. With `?validate=true` it only tells whether it could.
struct BindingRevocation: Sendable {
    let agents: [ManagedAgent]
    let audit: AuditTrail

    static func isPath(_ path: String) -> Bool {
        path.hasPrefix("/v1/bindings/") && path.split(separator: "/", omittingEmptySubsequences: false).count == 6
    }

    func add(to router: Router<APIContext>) {
        router.delete("/v1/bindings/:agent/:homeAddress/:careOfAddress") { request, context in
            try await revoke(request, context)
        }
    }

    private func revoke(_ request: Request, _ context: APIContext) async throws -> Response {
        let query = try Query(request, allowed: ["validate"])
        let isTrial = query["validate"] == "true"
        if let text = query["validate"], !["true", "false"].contains(text) {
            throw Problem.badRequest("validate '\(text)' is wrong; right would be true or false")
        }
        let name = try context.parameters.require("agent")
        guard let agent = agents.first(where: { $0.name == name }) else {
            throw missing("there is no agent '\(name)'; known are \(agents.map(\.name).joined(separator: ", "))")
        }
        let home = try address(context, "homeAddress")
        let careOf = try address(context, "careOfAddress")
        let state = agent.state()
        guard let binding = state.bindings[.init(homeAddress: home, careOfAddress: careOf)] else {
            throw missing("'\(name)' has no binding of \(home) with care-of address \(careOf) now")
        }
        guard !isTrial else { return Response(status: .noContent) }
        let before = try JSONValue(state.resource(binding))
        do {
            _ = try await agent.revokeBinding(homeAddress: home, careOfAddress: careOf)
        } catch {
            throw problem(error, name)
        }
        audit.changed(name, by: request, context, before: before, after: nil)
        return Response(status: .noContent)
    }

    private func address(_ context: APIContext, _ parameter: String) throws -> IPv4Address {
        let text = try context.parameters.require(parameter)
        guard let address = IPv4Address(text) else {
            throw Problem.badRequest("\(parameter) '\(text)' is no address; right would be one such as 10.0.1.7")
        }
        return address
    }

    private func missing(_ detail: String) -> Problem {
        Problem(status: .notFound, title: "There is no such resource", detail: detail)
    }

    private func problem(_ error: ControlError, _ agent: String) -> Problem {
        switch error {
        case .bindingNotFound: missing("\(error)")
        case .refused, .changeRefused:
            Problem(status: .conflict, title: "The agent refused the change", detail: "\(error)")
        default:
            Problem(
                status: .serviceUnavailable, title: "The agent does not answer",
                detail: "'\(agent)' did not take the change: \(error)", headers: [.retryAfter: "5"])
        }
    }
}
