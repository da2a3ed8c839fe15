import CNetSNMP
import MIPMIB
import ManagementCore

/// Passes notifications to the library. Use it on the SNMP thread only.
struct NotificationSender {
    let outbox: NotificationOutbox
    let agents: [ServedAgent]
    let mib: MIPMIB
    /// Whether a notification can be sent without waiting.
    let canSend: () -> Bool

    /// The most that are sent before requests are handled again. A burst of a thousand would fill the sockets of both sides of AgentX, and
    /// each would wait for the other to read.
    static let limit = 32

    private static let trapIdentifier: [UInt] = [1, 3, 6, 1, 6, 3, 1, 1, 4, 1, 0]

    /// Sends waiting notifications up to the limit; true if there are more. Those that the master does not read wait.
    func sendSome() -> Bool {
        for _ in 0..<Self.limit {
            guard canSend() else { return false }
            let (notifications, hasMore) = outbox.take(1)
            for notification in notifications { send(notification) }
            guard hasMore else { return false }
        }
        return true
    }

    private func send(_ pending: PendingNotification) {
        let agent = agents[pending.agent]
        let view = agent.view(of: pending.snapshot)
        // The library sets its clock by each response of the master, a little late. This clock is the one of the TimeStamps.
        if let upTime = agent.clock.sysUpTime(at: MonotonicClock.milliseconds) { SNMPLibrary.setUpTime(upTime) }
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
