import AgentControl
import AgentModel
import Foundation
import HTTPTypes
import Hummingbird
import JSON
import ManagementCore

/// Makes the changes that clients ask for, and records them.
struct ChangeEndpoint: Sendable {
    let agents: [ManagedAgent]
    let notifications: (any NotificationControl)?
    let audit: AuditTrail
    private let orders: [String: ChangeOrder]

    init(agents: [ManagedAgent], notifications: (any NotificationControl)?, audit: AuditTrail) {
        self.agents = agents
        self.notifications = notifications
        self.audit = audit
        orders = Dictionary(agents.map { ($0.name, ChangeOrder()) }) { first, _ in first }
    }

    func add(_ declarations: [ChangeDeclaration], to router: Router<APIContext>) {
        for declaration in declarations {
            router.on(RouterPath("/" + declaration.path.joined(separator: "/")), method: declaration.method) { request, context in
                try await respond(declaration, request, context)
            }
        }
    }

    /// What is known of a request before its agent is looked at.
    fileprivate struct Asked {
        let declaration: ChangeDeclaration
        let isTrial: Bool
        let agent: ManagedAgent
        let parts: [String]
        let body: ChangeBody
        let conditions: Conditions
    }

    private func respond(
        _ declaration: ChangeDeclaration, _ request: Request, _ context: APIContext
    ) async throws -> Response {
        let asked = try await read(declaration, request, context)
        guard let order = orders[asked.agent.name], await order.enter() else {
            throw Problem(
                status: .serviceUnavailable, title: "Too many changes",
                detail: "\(ChangeOrder.limit) changes of '\(asked.agent.name)' wait already; come back later",
                headers: [.retryAfter: "5"])
        }
        do {
            let response = try await make(asked, request, context)
            await order.leave()
            return response
        } catch {
            await order.leave()
            throw error
        }
    }

    private func read(_ declaration: ChangeDeclaration, _ request: Request, _ context: APIContext) async throws -> Asked {
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
            throw Problem.noSuchRow("there is no agent '\(parts[0])'; known are \(agents.map(\.name).joined(separator: ", "))")
        }
        parts.removeFirst()
        try declaration.collection.checkKey(parts)
        return Asked(
            declaration: declaration, isTrial: query["validate"] == "true", agent: agent, parts: parts, body: body,
            conditions: conditions)
    }

    private func make(_ asked: Asked, _ request: Request, _ context: APIContext) async throws -> Response {
        let (collection, agent) = (asked.declaration.collection, asked.agent)
        let state = agent.state()
        guard state.health.connection == .synchronized else {
            throw Problem(
                status: .serviceUnavailable, title: "The agent cannot be reached",
                detail: "'\(agent.name)' is \(state.health.connection.rawValue); changes take an agent that is synchronized",
                headers: [.retryAfter: "5"])
        }
        let before = try collection.current(state, parts: asked.parts)
        let creation = try asked.conditions.check(before?.tag, asked.declaration.creation)
        if before == nil, creation == .mustExist { throw collection.nothing(at: asked.parts, of: agent.name) }
        if before != nil, creation == .mustNotExist {
            throw Problem(
                status: .conflict, title: "It exists already",
                detail: "'\(agent.name)' has a row at '\(collection.path(agent.name, asked.parts))'; PUT and PATCH change it")
        }
        let change = ChangeRequest(
            state: state, notifications: notifications?.notifications(of: agent.name),
            sendsNotifications: notifications?.sendsNotifications ?? false, parts: asked.parts, body: asked.body,
            creation: creation)
        let alteration = try asked.declaration.alteration(change)
        try await carryOut(alteration, asked)
        var headers: HTTPFields = [:]
        if before == nil { headers[.location] = collection.path(agent.name, asked.parts) }
        if !asked.isTrial {
            let after = try await seen(asked)
            headers[.eTag] = after?.tag.text
            if !alteration.isNothing {
                audit.changed(agent.name, by: request, context, before: before?.value, after: after?.value)
            }
        }
        return Response(status: before == nil ? .created : .noContent, headers: headers)
    }

    private func carryOut(_ alteration: Alteration, _ asked: Asked) async throws {
        switch alteration {
        case .agent(let changes):
            guard !changes.isEmpty else { return }
            do {
                _ = try await asked.agent.apply(changes, validate: asked.isTrial)
            } catch {
                throw Problem(error, of: asked.agent.name)
            }
        case .notifications(let settings):
            guard !asked.isTrial else { return }
            do {
                try notifications?.setNotifications(settings, of: asked.agent.name)
            } catch {
                throw Problem(
                    status: .serviceUnavailable, title: "The change cannot be kept", detail: "\(error)",
                    headers: [.retryAfter: "5"])
            }
        }
    }

    /// How long the snapshot of an agent may take to show a change that the agent has made.
    private static let patience = Duration.seconds(2)

    /// The row once the snapshot shows the change, so that whoever made it reads what was written; as it is when that takes too long.
    private func seen(_ asked: Asked) async throws -> (value: JSONValue, tag: EntityTag)? {
        let end = ContinuousClock.now + Self.patience
        while true {
            let row = try asked.declaration.collection.current(asked.agent.state(), parts: asked.parts)
            if asked.shows(row?.value) || ContinuousClock.now >= end { return row }
            try await Task.sleep(for: .milliseconds(2))
        }
    }
}

extension ChangeEndpoint.Asked {
    /// Whether a row is as it was asked for.
    fileprivate func shows(_ row: JSONValue?) -> Bool {
        guard declaration.method != .delete else { return row == nil }
        guard let row else { return false }
        return declaration.body.allSatisfy { member in
            // Members that rows do not have, such as keys and the name of the agent, tell nothing.
            guard let wanted = body[member.name], let present = row[member.name] else { return true }
            if case .object = wanted { return true }
            if case .array = wanted { return true }
            return wanted == present
        }
    }
}
