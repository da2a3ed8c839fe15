import AgentModel
import ManagementCore
import MobileIPv4

extension SetPlanner {
    mutating func write(_ row: RowWrite) throws(MIBSetError) {
        switch row.table {
        case .legacyAssociations: try writeLegacyAssociation(row)
        case .associations: try writeAssociation(row)
        case .homeAgents: try writeHomeAgent(row)
        case .legacyAdvertising, .advertising: try writeAdvertising(row)
        case .careOfAddresses: try writeCareOfAddress(row)
        case .foreignAdvertising: try writeForeignAdvertising(row)
        case .bindings: try writeBinding(row)
        case .visitors: try writeVisitor(row)
        case .capacity: try writeCapacity(row)
        case .notifyKinds: try writeNotifyKind(row)
        }
    }

    /// The address in an index that consists of one address.
    func address(of row: RowWrite) throws(MIBSetError) -> IPv4Address {
        var reader = IndexReader(row.instance)
        guard let address = reader.address(), reader.isAtEnd else {
            throw row.error(.noCreation, "the index is not an IPv4 address")
        }
        return address
    }

    /// The value in an index that consists of one value of an enumeration.
    private func value<Value: MIBNumbered>(of row: RowWrite) throws(MIBSetError) -> Value {
        guard row.instance.count == 1, let value = Value.allCases.first(where: { UInt($0.number) == row.instance[0] })
        else { throw row.error(.noCreation, "there is no such row, and rows cannot be created in this table") }
        return value
    }

    // MARK: - mnHATable

    private mutating func writeHomeAgent(_ row: RowWrite) throws(MIBSetError) {
        try requireRole(.mobileNode, row.position)
        let address = try address(of: row)
        try requireUnicast(address, row)
        let exists = view.mobileNodeStatus?.homeAgents.contains { $0.address == address } ?? false
        switch try RowStatusWrite(row, status: "mnHAStatus", exists: exists) {
        case .create: add(.addHomeAgent(address), position: row.position, columns: row.positions)
        case .destroy: add(.removeHomeAgent(address), position: row.position, columns: row.positions)
        case .change, .nothing: break
        }
    }

    /// Checks that an address can be that of an agent.
    private func requireUnicast(_ address: IPv4Address, _ row: RowWrite) throws(MIBSetError) {
        if address == .zero || address.isMulticast || address == .limitedBroadcast {
            throw row.error(.noCreation, "\(address) is not a unicast address")
        }
    }

    // MARK: - faCOATable

    private mutating func writeCareOfAddress(_ row: RowWrite) throws(MIBSetError) {
        try requireRole(.foreignAgent, row.position)
        let address = try address(of: row)
        try requireUnicast(address, row)
        // An added address is kept if the agent keeps anything.
        let keepsChanges = view.state.information?.keepsChanges ?? false
        switch row.number("faCOAStorageType") {
        case nil, .some(keepsChanges ? 3 : 2): break
        case 3?:
            throw row.error(
                .inconsistentValue,
                "this agent has no state file and cannot keep the row; expected volatile(2), or set 'state' in its configuration",
                at: "faCOAStorageType")
        default:
            throw row.error(
                .wrongValue,
                "the storage type is invalid; expected \(keepsChanges ? "nonVolatile(3)" : "volatile(2)") for care-of addresses "
                    + "that are added",
                at: "faCOAStorageType")
        }
        let exists = view.foreignAgentInformation?.careOfAddresses.contains(address) ?? false
        switch try RowStatusWrite(row, status: "faCOAStatus", exists: exists) {
        case .create: add(.addCareOfAddress(address), position: row.position, columns: row.positions)
        case .destroy: add(.removeCareOfAddress(address), position: row.position, columns: row.positions)
        case .change, .nothing: break
        }
    }

    // MARK: - mipExtBindingTable

    private mutating func writeBinding(_ row: RowWrite) throws(MIBSetError) {
        try requireRole(.homeAgent, row.position)
        var reader = IndexReader(row.instance)
        guard let home = reader.address(), let careOf = reader.address(), reader.isAtEnd else {
            throw row.error(.noCreation, "the index is not a home address and a care-of address")
        }
        guard view.state.bindings[BindingKey(homeAddress: home, careOfAddress: careOf)] != nil else {
            throw row.error(.noCreation, "there is no such binding; only mobile nodes create bindings")
        }
        if row.number("mipExtBindingAdminStatus") == 2 {
            add(.endBinding(homeAddress: home, careOfAddress: careOf), position: row.position, columns: row.positions)
        }
    }

    // MARK: - mipExtVisitorTable

    private mutating func writeVisitor(_ row: RowWrite) throws(MIBSetError) {
        try requireRole(.foreignAgent, row.position)
        var index = RequestedIndex(row.instance.span)
        guard let visitor = VisitorGroup.identityRows.row(in: view, at: &index) else {
            throw row.error(.noCreation, "there is no such visit; only mobile nodes create visits")
        }
        guard row.number("mipExtVisitorAdminStatus") == 2 else { return }
        guard visitor.homeAddress != .zero else {
            throw row.error(
                .inconsistentValue, "the visit has no home address yet, so it cannot be ended; write again once it is accepted")
        }
        add(
            .endBinding(homeAddress: visitor.homeAddress, careOfAddress: visitor.careOfAddress), position: row.position,
            columns: row.positions)
    }

    // MARK: - The daemon's own settings

    private mutating func writeCapacity(_ row: RowWrite) throws(MIBSetError) {
        let resource: CapacityResource = try value(of: row)
        var threshold = settings.threshold(resource)
        if let rising = row.number("mipExtCapacityRising") { threshold.rising = UInt32(clamping: rising) }
        if let falling = row.number("mipExtCapacityFalling") { threshold.falling = UInt32(clamping: falling) }
        guard threshold.rising == 0 || threshold.rising >= threshold.falling else {
            throw row.error(
                .inconsistentValue,
                "a rising threshold of \(threshold.rising) % is below the falling threshold of \(threshold.falling) %"
            )
        }
        settings.thresholds[resource] = threshold
    }

    private mutating func writeNotifyKind(_ row: RowWrite) throws(MIBSetError) {
        let kind: NotificationKind = try value(of: row)
        if row.truth("mipExtNotifyEnabled") == true { settings.enabled.insert(kind) } else { settings.enabled.remove(kind) }
    }
}
