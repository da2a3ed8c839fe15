import CNetSNMP
import MIPMIB
import ManagementCore

/// Passes notifications to the library. Use it on the SNMP thread only.
struct NotificationSender {
    let outbox: NotificationOutbox
    let agents: [ServedAgent]
    let mib: MIPMIB

    /// The most that are sent before requests are handled again. A burst of a thousand would fill the sockets of both sides of AgentX, and
    /// each would wait for the other to read.
    static let limit = 32

    private static let trapIdentifier: [UInt] = [1, 3, 6, 1, 6, 3, 1, 1, 4, 1, 0]

    /// Sends waiting notifications up to the limit; true if there are more.
    func sendSome() -> Bool {
        let (notifications, hasMore) = outbox.take(Self.limit)
        for notification in notifications { send(notification) }
        return hasMore
    }

    private func send(_ pending: PendingNotification) {
        let agent = agents[pending.agent]
        // The snapshot is as old as the notification; times that are relative to it must not shift by the time it waited.
        let waited = max(0, MonotonicClock.milliseconds - pending.time) / 10
        let upTime = UInt32(clamping: max(0, Int64(SNMPLibrary.upTime) - waited))
        let view = MIBView(state: pending.snapshot, notifications: agent.desk.state, sysUpTime: upTime)
        let content = NotificationContent(pending, mib: mib, view: view)
        var list: UnsafeMutablePointer<netsnmp_variable_list>?
        defer { snmp_free_varbind(list) }
        append(Self.trapIdentifier, to: &list) { variable in
            content.notification.withUnsafeBytes {
                _ = snmp_set_var_typed_value(variable, UInt8(ASN_OBJECT_ID), $0.baseAddress, $0.count)
            }
        }
        for (name, value) in content.variables { append(name, to: &list) { SNMPVariable.set(value, on: $0) } }
        // The library keeps copies of the list and of the context.
        send_trap_vars_with_context(-1, -1, list, agent.notificationContext)
        agent.desk.countSent(pending.kind)
    }

    private func append(
        _ name: [UInt], to list: inout UnsafeMutablePointer<netsnmp_variable_list>?,
        _ fill: (UnsafeMutablePointer<netsnmp_variable_list>) -> Void
    ) {
        guard let variable = snmp_varlist_add_variable(&list, name, name.count, UInt8(ASN_NULL), nil, 0) else { return }
        fill(variable)
    }
}
