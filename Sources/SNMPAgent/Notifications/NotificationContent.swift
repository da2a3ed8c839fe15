import AgentModel
import MIPMIB
import ManagementCore
import MobileIPv4

/// What a notification carries: its OID and its objects, in the order of its OBJECTS clause.
struct NotificationContent {
    /// The value of snmpTrapOID.0.
    let notification: [UInt]
    /// Instances and their values.
    let variables: [(name: [UInt], value: MIBValue)]

    /// Reads the objects from the picture that the notification was posted with.
    init(_ pending: PendingNotification, mib: MIPMIB, view: MIBView) {
        notification = Self.identifier(of: pending.kind)
        variables = Self.objects(of: pending.kind).compactMap { object in
            guard let (name, value) = Self.instance(of: object, pending.content, mib: mib, view: view) else { return nil }
            return (name, value)
        }
    }

    /// The OID of a kind: mipMIBNotifications and mipExtNotifications.
    static func identifier(of kind: NotificationKind) -> [UInt] {
        switch kind {
        case .authFailure: MIBModule.mip.root + [2, 0, 1]
        case .authFailure2: MIBModule.mip.root + [2, 0, 2]
        case .event(.registered): MIBModule.ext.root + [0, 1]
        case .event(.careOfAddressChanged): MIBModule.ext.root + [0, 2]
        case .event(.deregistered): MIBModule.ext.root + [0, 3]
        case .event(.expired): MIBModule.ext.root + [0, 4]
        case .event(.revoked): MIBModule.ext.root + [0, 5]
        case .event(.registrationDenied): MIBModule.ext.root + [0, 6]
        case .event: []
        case .capacityRising: MIBModule.ext.root + [0, 7]
        case .capacityFalling: MIBModule.ext.root + [0, 8]
        case .agentUnreachable: MIBModule.ext.root + [0, 9]
        case .agentReachable: MIBModule.ext.root + [0, 10]
        }
    }

    /// The OBJECTS clauses of the modules.
    static func objects(of kind: NotificationKind) -> [String] {
        let node = [
            "mipExtAgentName", "mipExtNotifyRole", "mipExtNotifyTime", "mipExtNotifyHomeAddress", "mipExtNotifyNAI",
            "mipExtNotifyCareOfAddress", "mipExtNotifyHomeAgent",
        ]
        return switch kind {
        case .event(.registered), .event(.deregistered): node + ["mipExtNotifySourceAddress"]
        case .event(.careOfAddressChanged): node + ["mipExtNotifyPreviousCOA", "mipExtNotifySourceAddress"]
        case .event(.expired), .event(.revoked): node
        case .event(.registrationDenied): node + ["mipExtNotifySourceAddress", "mipExtNotifyCode"]
        case .event: []
        case .capacityRising: ["mipExtAgentName", "mipExtCapacityInUse", "mipExtCapacityMaximum", "mipExtCapacityRising"]
        case .capacityFalling: ["mipExtAgentName", "mipExtCapacityInUse", "mipExtCapacityMaximum", "mipExtCapacityFalling"]
        case .agentUnreachable: ["mipExtAgentName", "mipExtSourceStatus", "mipExtSourceLastError"]
        case .agentReachable: ["mipExtAgentName", "mipExtSourceStatus", "mipExtAgentInstance", "mipExtSourceRestarts"]
        case .authFailure:
            [
                "mipSecViolatorAddress", "mipSecRecentViolationSPI", "mipSecRecentViolationIDLow", "mipSecRecentViolationIDHigh",
                "mipSecRecentViolationReason",
            ]
        case .authFailure2:
            [
                "mipSecurityViolatorNAI", "mipSecurityViolatorIpAddress", "mipSecurityViolationCounter",
                "mipSecurityRecentViolationSPI", "mipSecurityRecentViolationTime", "mipSecurityRecentViolationIDLow",
                "mipSecurityRecentViolationIDHigh", "mipSecurityRecentViolationReason", "mipSecurityRecentViolationErrCode",
            ]
        }
    }

    /// One object with its instance: read from the MIB, or told by the event where the object is for notifications alone.
    private static func instance(
        of name: String, _ content: PendingNotification.Content, mib: MIPMIB, view: MIBView
    ) -> (name: [UInt], value: MIBValue)? {
        guard let object = mib.object(named: name) else { return nil }
        let instance = object.oid + index(of: object, content)
        if object.access == .accessibleForNotify {
            guard case .event(let event) = content, let value = value(of: name, event) else { return nil }
            return (instance, value)
        }
        guard case .value(let value) = mib.get(instance.span, in: view) else { return nil }
        return (instance, value)
    }

    private static func index(of object: MIBObject, _ content: PendingNotification.Content) -> [UInt] {
        guard object.isColumn else { return [0] }
        switch content {
        case .capacity(let resource): return [UInt(resource.number)]
        case .violation(let row):
            let identity = EntityIdentity(row.violator)
            let octets = identity.octets.map { UInt($0) }
            // RFC 2006 indexes by the address; the table that replaces it by type and length too (RFC 2578 §7.7).
            return object.index.count == 1 ? octets : [UInt(identity.type), UInt(octets.count)] + octets
        case .event, .reachability: return []
        }
    }

    private static func value(of name: String, _ event: AgentEvent) -> MIBValue? {
        switch name {
        case "mipExtNotifyRole": .integer(event.role.number)
        case "mipExtNotifyTime": .dateAndTime(event.time)
        case "mipExtNotifyHomeAddress": .ipAddress(event.homeAddress ?? .zero)
        case "mipExtNotifyNAI": .nai(event.nai)
        case "mipExtNotifyCareOfAddress": .ipAddress(event.careOfAddress ?? .zero)
        case "mipExtNotifyPreviousCOA": .ipAddress(event.previousCareOfAddress ?? .zero)
        case "mipExtNotifyHomeAgent": .ipAddress(event.homeAgent ?? .zero)
        case "mipExtNotifySourceAddress": .ipAddress(event.sourceAddress ?? .zero)
        case "mipExtNotifyCode": .unsigned(UInt32(event.code ?? 0))
        default: nil
        }
    }
}
