import AgentControl
import AgentModel
import Foundation
import HTTPTypes
import Hummingbird
import JSON
import ManagementCore

/// Makes the changes that clients request, and records them.
struct ChangeEndpoint: Sendable {
    let agents: [ManagedAgent]
    let notifications: (any NotificationControl)?
    let audit: AuditTrail
    private let queues: [String: ChangeQueue]

    init(agents: [ManagedAgent], notifications: (any NotificationControl)?, audit: AuditTrail) {
        self.agents = agents
        self.notifications = notifications
        self.audit = audit
        queues = Dictionary(agents.map { ($0.name, ChangeQueue()) }) { first, _ in first }
    }

    func add(_ declarations: [ChangeDeclaration], to router: Router<APIContext>) {
        for declaration in declarations {
            router.on(RouterPath("/" + declaration.path.joined(separator: "/")), method: declaration.method) { request, context in
                try await respond(declaration, request, context)
            }
        }
    }

    /// A request parsed without looking at the agent's state.
    fileprivate struct ParsedRequest {
        let declaration: ChangeDeclaration
        let isDryRun: Bool
        let agent: ManagedAgent
        let parts: [String]
        let body: ChangeBody
        let conditions: Conditions
    }

    private func respond(
        _ declaration: ChangeDeclaration, _ request: Request, _ context: APIContext
    ) async throws -> Response {
        let parsed = try await parse(declaration, request, context)
        guard let queue = queues[parsed.agent.name], await queue.enter() else {
            throw Problem(
                status: .serviceUnavailable, title: "Too many changes",
                detail: "\(ChangeQueue.limit) changes of agent '\(parsed.agent.name)' are already waiting; retry later",
                headers: [.retryAfter: "5"])
        }
        do {
            let response = try await make(parsed, request, context)
            await queue.leave()
            return response
        } catch {
            await queue.leave()
            throw error
        }
    }

    private func parse(
        _ declaration: ChangeDeclaration, _ request: Request, _ context: APIContext
    ) async throws -> ParsedRequest {
        let query = try Query(request, allowed: ["validate"])
        if let text = query["validate"], Bool(text) == nil {
            throw Problem.badRequest("validate '\(text)' is invalid; expected true or false")
        }
        let conditions = try Conditions(request)
        let names = declaration.collection.pathNames.map(\.name)
        var parts: [String] = []
        if declaration.place == .row { parts = try Endpoints.parts(["agent"] + names, context) }
        let body =
            declaration.body.isEmpty
            ? .none : try await ChangeBody(request, as: declaration.body, mustChange: declaration.method == .patch)
        if declaration.place == .collection {
            parts = (["agent"] + names).map { name in
                switch body[name] {
                case .string(let text)?: text
                case .integer(let number)?: "\(number)"
                default: ""
                }
            }
        }
        guard let agent = agents.first(where: { $0.name == parts[0] }) else {
            throw Problem.noSuchRow(Problem.unknownAgentDetail(parts[0], known: agents.map(\.name)))
        }
        parts.removeFirst()
        try declaration.collection.checkKey(parts)
        return ParsedRequest(
            declaration: declaration, isDryRun: query["validate"] == "true", agent: agent, parts: parts, body: body,
            conditions: conditions)
    }

    private func make(_ parsed: ParsedRequest, _ request: Request, _ context: APIContext) async throws -> Response {
        let (collection, agent) = (parsed.declaration.collection, parsed.agent)
        let state = agent.state()
        guard state.health.connection == .synchronized else {
            throw Problem(
                status: .serviceUnavailable, title: "The agent is unreachable",
                detail:
                    "agent '\(agent.name)' is \(state.health.connection.rawValue); changes require an agent that is synchronized",
                headers: [.retryAfter: "5"])
        }
        let before = try collection.current(state, parts: parsed.parts)
        let creation = try parsed.conditions.check(before?.tag, parsed.declaration.creation)
        if before == nil, creation == .mustExist { throw collection.missingRow(at: parsed.parts, of: agent.name) }
        if before != nil, creation == .mustNotExist {
            throw Problem(
                status: .conflict, title: "The row already exists",
                detail: "agent '\(agent.name)' already has a row at '\(collection.path(agent.name, parsed.parts))'; "
                    + "change it with PUT or PATCH")
        }
        let change = ChangeRequest(
            state: state, notifications: notifications?.notifications(of: agent.name),
            sendsNotifications: notifications?.sendsNotifications ?? false, parts: parsed.parts, body: parsed.body,
            creation: creation)
        let alteration = try parsed.declaration.alteration(change)
        try await apply(alteration, parsed)
        var headers: HTTPFields = [:]
        if before == nil { headers[.location] = collection.path(agent.name, parsed.parts) }
        if !parsed.isDryRun {
            let after = try await rowAfterChange(parsed)
            headers[.eTag] = after?.tag.text
            if !alteration.isEmpty {
                audit.changed(agent.name, by: request, context, before: before?.value, after: after?.value)
            }
        }
        return Response(status: before == nil ? .created : .noContent, headers: headers)
    }

    private func apply(_ alteration: Alteration, _ parsed: ParsedRequest) async throws {
        switch alteration {
        case .agent(let changes):
            guard !changes.isEmpty else { return }
            do {
                _ = try await parsed.agent.apply(changes, validate: parsed.isDryRun)
            } catch {
                throw Problem(error, of: parsed.agent.name)
            }
        case .notifications(let settings):
            guard !parsed.isDryRun else { return }
            do {
                try notifications?.setNotifications(settings, of: parsed.agent.name)
            } catch {
                throw Problem(
                    status: .serviceUnavailable, title: "The change cannot be saved", detail: "\(error)",
                    headers: [.retryAfter: "5"])
            }
        }
    }

    /// How long the snapshot of an agent may take to show a change that the agent has made.
    private static let snapshotTimeout = Duration.seconds(2)

    /// Returns the row once the snapshot shows the change, so that clients read what they wrote; the current row when that takes too long.
    private func rowAfterChange(_ parsed: ParsedRequest) async throws -> (value: JSONValue, tag: EntityTag)? {
        let end = ContinuousClock.now + Self.snapshotTimeout
        while true {
            let row = try parsed.declaration.collection.current(parsed.agent.state(), parts: parsed.parts)
            if parsed.shows(row?.value) || ContinuousClock.now >= end { return row }
            try await Task.sleep(for: .milliseconds(2))
        }
    }
}

extension ChangeEndpoint.ParsedRequest {
    /// Whether a row has the requested values.
    fileprivate func shows(_ row: JSONValue?) -> Bool {
        guard declaration.method != .delete else { return row == nil }
        guard let row else { return false }
        return declaration.body.allSatisfy { member in
            // Members that rows do not have, such as keys and the name of the agent, cannot be compared.
            guard let requested = body[member.name], let present = row[member.name] else { return true }
            if case .object = requested { return true }
            if case .array = requested { return true }
            return requested == present
        }
    }
}
