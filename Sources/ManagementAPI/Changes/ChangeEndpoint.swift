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
        let query = try Query(request, allowed: Set(["validate"] + declaration.query.map(\.name)))
        if let text = query["validate"], Bool(text) == nil {
            throw Problem.badRequest("validate '\(text)' is invalid; expected true or false")
        }
        let conditions = try Conditions(request)
        let isOfCollection = declaration.place == .newRows || declaration.place == .selection
        let names = isOfCollection ? [] : declaration.collection.pathNames.map(\.name)
        var parts: [String] = []
        if declaration.place == .row { parts = try Endpoints.parts(["agent"] + names, context) }
        let body =
            declaration.body.isEmpty
            ? try ChangeBody(query, as: declaration.query)
            : try await ChangeBody(request, as: declaration.body, mustChange: declaration.method == .patch)
        if declaration.place != .row {
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
        if !isOfCollection { try declaration.collection.checkKey(parts) }
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
        if parsed.declaration.place == .selection { return try await rowsRemoved(parsed, state, request, context) }
        let before = parsed.declaration.place == .newRows ? nil : try collection.current(state, parts: parsed.parts)
        let creation = try parsed.conditions.check(before?.tag, parsed.declaration.creation)
        if before == nil, creation == .mustExist { throw collection.missingRow(at: parsed.parts, of: agent.name) }
        if before != nil, creation == .mustNotExist {
            throw Problem(
                status: .conflict, title: "The row already exists",
                detail: "agent '\(agent.name)' already has a row at '\(collection.path(agent.name, parsed.parts))'; "
                    + "change it with PUT or PATCH")
        }
        let alteration = try parsed.declaration.alteration(changeRequest(parsed, state, creation))
        try await apply(alteration, parsed)
        if let newRows = parsed.declaration.newRows {
            return try await newRowsCreated(newRows, after: newRows.latest(state), parsed, request, context)
        }
        var headers: HTTPFields = [:]
        if before == nil { headers[.location] = collection.path(agent.name, parsed.parts) }
        if !parsed.isDryRun {
            let after = try await rowAfterChange(parsed)
            headers[.eTag] = after?.tag.text
            if !alteration.isEmpty {
                // What is said to others when a row is removed is all that is new.
                let said = parsed.body.members.isEmpty ? nil : JSONValue.object(parsed.body.members)
                audit.changed(
                    agent.name, by: request, context, before: before?.value,
                    after: after?.value ?? (parsed.declaration.method == .delete ? said : nil))
            }
        }
        return Response(status: before == nil ? .created : .noContent, headers: headers)
    }

    private func changeRequest(_ parsed: ParsedRequest, _ state: AgentState, _ creation: CreationRule) -> ChangeRequest {
        ChangeRequest(
            state: state, notifications: notifications?.notifications(of: parsed.agent.name),
            sendsNotifications: notifications?.sendsNotifications ?? false, parts: parsed.parts, body: parsed.body,
            creation: creation)
    }

    /// How many rows a change of a selection removed, or would remove.
    private struct RemovedRows: Encodable {
        let ended: Int
    }

    /// Removes the rows that the query selects: the agent finds and counts them.
    private func rowsRemoved(
        _ parsed: ParsedRequest, _ state: AgentState, _ request: Request, _ context: APIContext
    ) async throws -> Response {
        // A selection has no ETag that a condition could name.
        let creation = try parsed.conditions.check(nil, .mayExist)
        let alteration = try parsed.declaration.alteration(changeRequest(parsed, state, creation))
        let applied = try await apply(alteration, parsed)
        if !parsed.isDryRun {
            audit.changed(parsed.agent.name, by: request, context, before: nil, after: .object(parsed.body.members))
        }
        return try Endpoints.json(RemovedRows(ended: applied?.ended ?? 0))
    }

    /// The answer to a change that lets the agent create rows: the path of the list of them.
    ///
    /// - Parameter latest: The number of the latest row before the change.
    private func newRowsCreated(
        _ newRows: NewRows, after latest: UInt32, _ parsed: ParsedRequest, _ request: Request, _ context: APIContext
    ) async throws -> Response {
        let agent = parsed.agent
        if !parsed.isDryRun {
            // What was requested is all that there is to record: nothing existed before, and the rows change by themselves.
            audit.changed(agent.name, by: request, context, before: nil, after: .object(parsed.body.members))
            let end = ContinuousClock.now + Self.snapshotTimeout
            while newRows.latest(agent.state()) == latest, ContinuousClock.now < end {
                try await Task.sleep(for: .milliseconds(2))
            }
        }
        let name = agent.name.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? agent.name
        let location = "/v1/\(parsed.declaration.collection.name)?agent=\(name)&\(newRows.query(latest))"
        return Response(status: .accepted, headers: [.location: location])
    }

    /// - Returns: What the agent answered; nil if it was not asked.
    @discardableResult
    private func apply(_ alteration: Alteration, _ parsed: ParsedRequest) async throws -> AppliedChanges? {
        switch alteration {
        case .agent(let changes):
            guard !changes.isEmpty else { return nil }
            do {
                return try await parsed.agent.apply(changes, validate: parsed.isDryRun)
            } catch {
                throw Problem(error, of: parsed.agent.name)
            }
        case .notifications(let settings):
            guard !parsed.isDryRun else { return nil }
            do {
                try notifications?.setNotifications(settings, of: parsed.agent.name)
                return nil
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
            let requested = body[member.name] ?? (declaration.method == .put ? member.valueIfAbsent : nil)
            guard let requested, let present = row[member.name] else { return true }
            return switch member.form {
            // Rows have words in an order of their own.
            case .object, .words: true
            default: requested == present
            }
        }
    }
}
