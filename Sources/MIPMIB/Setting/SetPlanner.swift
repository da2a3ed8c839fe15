import AgentModel
import ManagementCore

/// Makes the plan of one request.
struct SetPlanner {
    let view: MIBView
    let areas: Set<MIBWriteArea>
    var plan = MIBPlan()
    /// The resulting notification settings; put into the plan if they differ from the current ones.
    var settings: NotificationSettings
    /// What the request writes to the scalars that send a text.
    var sending = SendWrite()
    /// What the request writes to the scalars that move the nodes of a home agent.
    var draining = DrainWrite()

    init(view: MIBView, areas: Set<MIBWriteArea>) {
        self.view = view
        self.areas = areas
        settings = view.notifications.settings
    }

    /// Adds a change for the agent, with the varbinds that requested it.
    mutating func add(_ change: AgentChange, position: Int, columns: [String: Int] = [:]) {
        plan.agentChanges.append(change)
        plan.origins.append(MIBPlan.Origin(position: position, columns: columns))
    }

    /// Columns that MIP-MIB allows an entity to make read-only, as MIP-CAPABILITIES states; mipSecurityviolationStorageType is another one.
    private static let unwritable: Set<MIBNode> = [.maAdvertService, .maAdvertNetworkNAI]

    /// An object that can be written, after its syntax has been checked.
    enum Target {
        case scalar(WritableScalar)
        case row(WritableTable, instance: [UInt])
    }

    /// Finds the target of an assignment, and refuses what can be refused from the assignment alone (RFC 3416 §4.2.5, (1) to (6)).
    func target(of assignment: MIBAssignment, at position: Int, in mib: MIPMIB) throws(MIBSetError) -> (MIBObject, Target) {
        func refuse(_ status: MIBSetStatus, _ reason: String) -> MIBSetError {
            MIBSetError(position: position, status: status, reason: reason)
        }
        guard let (object, instance) = mib.object(of: assignment.oid.span) else {
            throw refuse(.notWritable, "no object has this OID")
        }
        if object.access == .accessibleForNotify { throw refuse(.noAccess, "\(object.name) is accessible in notifications only") }
        guard object.access.isWritable else { throw refuse(.notWritable, "\(object.name) is \(object.access.rawValue)") }
        let target: Target
        let area: MIBWriteArea
        if let scalar = WritableScalar(object.name) {
            (target, area) = (.scalar(scalar), scalar.area)
        } else if let table = WritableTable(of: object), !Self.unwritable.contains(object.node) {
            (target, area) = (.row(table, instance: instance), table.area)
        } else {
            throw refuse(.notWritable, "\(object.name) cannot be written here")
        }
        guard areas.contains(area) else {
            throw refuse(
                .notWritable,
                "writing is not allowed for '\(area.rawValue)'; add it to snmp.writable in the management daemon's configuration")
        }
        if let (status, reason) = object.syntax.fault(in: assignment.content) {
            throw refuse(status, "\(object.name): \(reason)")
        }
        if case .scalar = target, instance != [0] {
            throw refuse(.noCreation, "the instance of the scalar \(object.name) is invalid; expected 0")
        }
        return (object, target)
    }
}

extension MIPMIB {
    /// Plans a SetRequest as a whole, or throws an error. Nothing is changed here, and the agent is not contacted.
    ///
    /// Several varbinds of one row are treated together, in any order. Values are checked against the syntax, against each other and
    /// against the view. Checks that only the agent can make are left to it, and `MIBPlan.error(for:)` translates its refusal into SNMP
    /// terms.
    ///
    /// - Parameter areas: the areas that may be written; everything else is `notWritable`.
    public func plan(
        _ assignments: [MIBAssignment], in view: MIBView, allowing areas: Set<MIBWriteArea> = Set(MIBWriteArea.allCases)
    ) throws(MIBSetError) -> MIBPlan {
        var planner = SetPlanner(view: view, areas: areas)
        var scalars: [(scalar: WritableScalar, cell: RowWrite.Cell)] = []
        var rows: [RowWrite] = []
        for (position, assignment) in assignments.enumerated() {
            let (object, target) = try planner.target(of: assignment, at: position, in: self)
            guard case .value(let value) = assignment.content else { continue }
            let cell = RowWrite.Cell(position: position, value: value)
            let earlier: RowWrite.Cell?
            switch target {
            case .scalar(let scalar):
                earlier = scalars.first { $0.scalar == scalar }?.cell
                if earlier == nil { scalars.append((scalar, cell)) }
            case .row(let table, let instance):
                let found = rows.firstIndex { $0.table == table && $0.instance == instance }
                earlier = found.flatMap { rows[$0].cells[object.name] }
                if found == nil { rows.append(RowWrite(table: table, instance: instance, position: position)) }
                if earlier == nil { rows[found ?? rows.count - 1].cells[object.name] = cell }
            }
            if let earlier, earlier.value != value {
                throw MIBSetError(
                    position: position, status: .inconsistentValue,
                    reason: "\(object.name) has two different values in one request")
            }
        }
        for (scalar, cell) in scalars { try planner.write(scalar, cell) }
        for row in rows { try planner.write(row) }
        try planner.finishDraining()
        try planner.finishSending()
        if planner.settings != view.notifications.settings { planner.plan.notificationSettings = planner.settings }
        return planner.plan
    }
}
