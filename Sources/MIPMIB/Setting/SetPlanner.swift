import AgentModel
import ManagementCore

/// Makes the plan of one request.
struct SetPlanner {
    let view: MIBView
    let areas: Set<MIBWriteArea>
    var plan = MIBPlan()
    /// Settings of notifications as they become; put into the plan when they differ.
    var settings: NotificationSettings

    init(view: MIBView, areas: Set<MIBWriteArea>) {
        self.view = view
        self.areas = areas
        settings = view.notifications.settings
    }

    /// Notes a change for the agent and which varbinds asked for it.
    mutating func add(_ change: AgentChange, position: Int, columns: [String: Int] = [:]) {
        plan.agentChanges.append(change)
        plan.origins.append(MIBPlan.Origin(position: position, columns: columns))
    }

    /// Columns that MIP-MIB lets an entity keep from being written, as MIP-CAPABILITIES says; mipSecurityviolationStorageType is one too.
    private static let unwritable: Set<MIBNode> = [.maAdvertService, .maAdvertNetworkNAI]

    /// What can be written, after its own syntax was found right.
    enum Target {
        case scalar(WritableScalar)
        case row(WritableTable, instance: [UInt])
    }

    /// Finds what an assignment is about, and refuses what can be told from it alone (RFC 3416 §4.2.5, (1) to (6)).
    func target(of assignment: MIBAssignment, at position: Int, in mib: MIPMIB) throws(MIBSetError) -> (MIBObject, Target) {
        func refuse(_ status: MIBSetStatus, _ reason: String) -> MIBSetError {
            MIBSetError(position: position, status: status, reason: reason)
        }
        guard let (object, instance) = mib.object(of: assignment.oid.span) else {
            throw refuse(.notWritable, "no object has this OID")
        }
        if object.access == .accessibleForNotify { throw refuse(.noAccess, "\(object.name) is only carried by notifications") }
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
                .notWritable, "writing is not allowed for '\(area.rawValue)'; the management daemon's configuration can allow it")
        }
        if let (status, reason) = object.syntax.fault(in: assignment.content) {
            throw refuse(status, "\(object.name): \(reason)")
        }
        if case .scalar = target, instance != [0] { throw refuse(.noCreation, "the instance of the scalar \(object.name) is 0") }
        return (object, target)
    }
}

extension MIPMIB {
    /// What a SetRequest amounts to, all of it or an error: nothing is changed here, and the agent is not asked.
    ///
    /// Several varbinds of one row are taken together, whatever their order. Values are checked against the syntax and against each other
    /// and the view; what only the agent can tell is left to it, and `MIBPlan.error(for:)` puts its refusal into SNMP's terms.
    ///
    /// - Parameter areas: what may be written; anything else is `notWritable`.
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
                    position: position, status: .inconsistentValue, reason: "\(object.name) is given two values in one request")
            }
        }
        for (scalar, cell) in scalars { try planner.write(scalar, cell) }
        for row in rows { try planner.write(row) }
        if planner.settings != view.notifications.settings { planner.plan.notificationSettings = planner.settings }
        return planner.plan
    }
}
