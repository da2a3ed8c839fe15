import AgentModel
import ManagementCore
import MobileIPv4

extension SetPlanner {
    // MARK: - maAdvConfigTable of RFC 2006, by address, and maAdvertConfTable, by interface

    mutating func writeAdvertising(_ row: RowWrite) throws(MIBSetError) {
        try requireAgent(row.position)
        guard view.isMobilityAgent else { throw row.error(.noCreation, "the agent is neither a home agent nor a foreign agent") }
        let isLegacy = row.table == .legacyAdvertising
        // The columns of the two tables have the same names except for the prefix.
        let prefix = isLegacy ? "maAdv" : "maAdvert"
        let old = try isLegacy ? view.state.advertisements[address(of: row)] : advertisingInterface(of: row)
        var change: AdvertisingChange
        switch try RowStatusWrite(row, status: prefix + "Status", exists: old != nil) {
        case .nothing: return
        case .destroy:
            if let old { add(.removeAdvertising(old.address), position: row.position, columns: row.positions) }
            return
        case .create:
            guard isLegacy else {
                throw row.error(
                    .inconsistentName,
                    "an interface has no address here before it advertises; create the row in maAdvConfigTable, whose index is the address",
                    at: prefix + "Status")
            }
            change = AdvertisingChange(address: try address(of: row), creation: .mustNotExist)
        case .change:
            guard let old, row.cells.contains(where: { $0.key != prefix + "Status" }) else { return }
            change = AdvertisingChange(address: old.address, creation: .mustExist)
        }
        change.maximumRegistrationLifetime = row.number(prefix + "MaxRegLifetime").map { UInt16(clamping: $0) }
        change.includesPrefixLength = row.truth(prefix + "PrefixLengthInclusion")
        if case .ipAddress(let destination)? = row.cells[prefix + "Address"]?.value {
            guard destination == .allSystems || destination == .limitedBroadcast else {
                throw row.error(
                    .wrongValue, "\(destination) is invalid; expected 224.0.0.1 or 255.255.255.255",
                    at: prefix + "Address")
            }
            change.destination = destination
        }
        change.maximumInterval = row.number(prefix + "MaxInterval").map { Int($0) }
        change.minimumInterval = row.number(prefix + "MinInterval").map { Int($0) }
        change.advertisementLifetime = row.number(prefix + "MaxAdvLifetime").map { UInt16(clamping: $0) }
        change.onlyOnSolicitation = row.truth(prefix + "ResponseSolicitationOnly")
        if !isLegacy, let storage = try storage(row, prefix + "StorageType") { change.storage = storage }
        try check(change, old, row, prefix)
        add(.advertising(change), position: row.position, columns: row.positions)
    }

    /// RFC 1256 §4.1: the minimum interval must not exceed the maximum, which must not exceed the lifetime.
    private func check(
        _ change: AdvertisingChange, _ old: AdvertisingInterface?, _ row: RowWrite, _ prefix: String
    ) throws(MIBSetError) {
        let longest = change.maximumInterval ?? old?.maximumInterval ?? 600
        let shortest = change.minimumInterval ?? old?.minimumInterval ?? 450
        let lifetime = Int(change.advertisementLifetime ?? old?.advertisementLifetime ?? 1800)
        guard shortest <= longest else {
            throw row.error(
                .inconsistentValue, "the minimum interval of \(shortest) s exceeds the maximum of \(longest) s",
                at: row.cells[prefix + "MinInterval"] == nil ? prefix + "MaxInterval" : prefix + "MinInterval")
        }
        guard lifetime >= longest else {
            throw row.error(
                .inconsistentValue, "the lifetime of \(lifetime) s is below the maximum interval of \(longest) s",
                at: row.cells[prefix + "MaxAdvLifetime"] == nil ? prefix + "MaxInterval" : prefix + "MaxAdvLifetime")
        }
    }

    private func advertisingInterface(of row: RowWrite) throws(MIBSetError) -> AdvertisingInterface? {
        guard row.instance.count == 1, (1...0x7FFF_FFFF).contains(row.instance[0]) else {
            throw row.error(.noCreation, "the index is not an interface index")
        }
        return view.state.advertisements.first { UInt($0.row.interfaceIndex) == row.instance[0] }?.row
    }

    // MARK: - faAdvertConfTable

    mutating func writeForeignAdvertising(_ row: RowWrite) throws(MIBSetError) {
        try requireRole(.foreignAgent, row.position)
        guard try advertisingInterface(of: row) != nil else {
            throw row.error(.noCreation, "the agent does not advertise on this interface")
        }
        var values: [String: SettingValue] = [:]
        for setting in Setting.all {
            guard let cell = setting.column.flatMap({ row.cells[$0] }) else { continue }
            values[setting.name] = try value(of: setting, cell)
        }
        for change in AgentChange.settings(values) { add(change, position: row.position, columns: row.positions) }
    }
}

extension IPv4Address {
    /// 224.0.0.1, all systems on the link.
    fileprivate static let allSystems = IPv4Address(224, 0, 0, 1)
}
