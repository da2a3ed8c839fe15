import CNetSNMP
import MIPMIB
import ManagementCore
import NIOConcurrencyHelpers

/// A module of one agent, registered in one SNMP context. Lives on the SNMP thread.
final class RegisteredView {
    private let served: ServedAgent
    private let shared: SNMPShared
    private let mib: MIPMIB
    private let module: MIBModule
    private let areas: Set<MIBWriteArea>
    private let transactions: SetTransactions
    /// The object that all registrations of one SNMP context have in common.
    private let context: SNMPContext
    private var registration: UnsafeMutablePointer<netsnmp_handler_registration>?
    /// Reused from call to call, so that a GETNEXT allocates no name.
    private var name: [UInt] = []

    init(
        _ module: MIBModule, in context: SNMPContext, mib: MIPMIB, areas: Set<MIBWriteArea>, transactions: SetTransactions,
        shared: SNMPShared
    ) {
        served = context.agent
        self.context = context
        self.module = module
        self.mib = mib
        self.areas = areas
        self.transactions = transactions
        self.shared = shared
    }

    func register() -> Bool {
        var root = module.root
        guard
            let registration = netsnmp_create_handler_registration(
                module.rawValue, handleRequest, &root, root.count, Int32(mip_handler_can_rwrite))
        else { return false }
        // The library frees the context name with free().
        if let name = context.name { registration.pointee.contextName = strdup(name) }
        registration.pointee.my_reg_void = Unmanaged.passUnretained(self).toOpaque()
        // On failure the library has freed the registration.
        guard netsnmp_register_handler(registration) == Int32(SNMPERR_SUCCESS) else { return false }
        self.registration = registration
        return true
    }

    func unregister() {
        if let registration { netsnmp_unregister_handler(registration) }
        registration = nil
    }

    /// Answers all varbinds of one PDU that fell into the subtree from one picture. Only a SET waits for the agent.
    fileprivate func answer(
        _ information: UnsafeMutablePointer<netsnmp_agent_request_info>, _ first: UnsafeMutablePointer<netsnmp_request_info>?
    ) {
        let mode = information.pointee.mode
        guard mode == CInt(mip_mode_get) || mode == CInt(mip_mode_getnext) else {
            let (served, mib, areas) = (served, mib, areas)
            transactions.handle(information, first, context: ObjectIdentifier(context)) {
                SetTransaction(served: served, mib: mib, areas: areas)
            }
            return
        }
        let view = MIBView(state: served.agent.state(), notifications: served.desk.state, sysUpTime: SNMPLibrary.upTime)
        var served: UInt64 = 0
        for request in Requests(first) {
            guard let variable = request.pointee.requestvb else { continue }
            served += 1
            let oid = UnsafeBufferPointer(start: variable.pointee.name, count: variable.pointee.name_length)
            if mode == CInt(mip_mode_get) {
                switch mib.get(oid.span, in: view) {
                case .value(let value): SNMPVariable.set(value, on: variable)
                case .noSuchInstance: netsnmp_set_request_error(information, request, CInt(mip_no_such_instance))
                case .noSuchObject: netsnmp_set_request_error(information, request, CInt(mip_no_such_object))
                }
            } else if mode == CInt(mip_mode_getnext) {
                let inclusive = request.pointee.inclusive != 0
                if let value = mib.next(after: oid.span, inclusive: inclusive, in: view, within: module, name: &name) {
                    _ = snmp_set_var_objid(variable, name, name.count)
                    SNMPVariable.set(value, on: variable)
                }
            }
        }
        shared.status.withLockedValue { status in
            status.handlerCalls &+= 1
            status.variablesServed &+= served
        }
    }
}

private func handleRequest(
    _ handler: UnsafeMutablePointer<netsnmp_mib_handler>?,
    _ registration: UnsafeMutablePointer<netsnmp_handler_registration>?,
    _ information: UnsafeMutablePointer<netsnmp_agent_request_info>?,
    _ requests: UnsafeMutablePointer<netsnmp_request_info>?
) -> CInt {
    guard let view = registration?.pointee.my_reg_void, let information else { return CInt(SNMP_ERR_GENERR) }
    Unmanaged<RegisteredView>.fromOpaque(view).takeUnretainedValue().answer(information, requests)
    return CInt(SNMP_ERR_NOERROR)
}
