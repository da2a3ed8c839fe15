import AgentModel
import MIPMIB
import ManagementCore
import MobileIPv4

/// The content of a notification: its OID and its objects, in the order of its OBJECTS clause.
struct NotificationContent {
    /// The value of snmpTrapOID.0.
    let notification: [UInt]
    /// Instances and their values.
    let variables: [(name: [UInt], value: MIBValue)]

    /// Reads the objects from the snapshot that the notification was posted with.
    init(_ pending: PendingNotification, mib: MIPMIB, view: MIBView) {
        // A test checks the names of all kinds against the MIB texts.
        let text = MIBNode(named: pending.kind.name)?.text
        notification = text?.oid ?? []
        variables = (text?.related ?? []).compactMap { Self.instance(of: $0, pending.content, mib: mib, view: view) }
    }

    /// One object with its instance, read from the MIB or, if the object exists only in notifications, taken from the event.
    private static func instance(
        of node: MIBNode, _ content: PendingNotification.Content, mib: MIPMIB, view: MIBView
    ) -> (name: [UInt], value: MIBValue)? {
        guard let object = mib.object(node) else { return nil }
        let instance = object.oid + index(of: object, content)
        if object.access == .accessibleForNotify {
            guard case .event(let event) = content, let value = value(of: node, event) else { return nil }
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
            // RFC 2006 indexes by the address; the table that replaces it also by type and length (RFC 2578 §7.7).
            return object.index.count == 1 ? octets : [UInt(identity.type), UInt(octets.count)] + octets
        case .event, .reachability: return []
        }
    }

    private static func value(of node: MIBNode, _ event: AgentEvent) -> MIBValue? {
        switch node {
        case .mipExtNotifyRole: .integer(event.role.number)
        case .mipExtNotifyTime: .dateAndTime(event.time)
        case .mipExtNotifyHomeAddress: .ipAddress(event.homeAddress ?? .zero)
        case .mipExtNotifyNAI: .nai(event.nai)
        case .mipExtNotifyCareOfAddress: .ipAddress(event.careOfAddress ?? .zero)
        case .mipExtNotifyPreviousCOA: .ipAddress(event.previousCareOfAddress ?? .zero)
        case .mipExtNotifyHomeAgent: .ipAddress(event.homeAgent ?? .zero)
        case .mipExtNotifySourceAddress: .ipAddress(event.sourceAddress ?? .zero)
        case .mipExtNotifyCode: .unsigned(UInt32(event.code ?? 0))
        case .mipExtNotifyMessage: .text(event.message)
        default: nil
        }
    }
}
