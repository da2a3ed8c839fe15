import CNetSNMP
import MIPMIB
import ManagementCore
import NIOConcurrencyHelpers

/// A module of one agent, registered in one SNMP context. Use it on the SNMP thread only.
final class RegisteredView {
    private let served: ServedAgent
    private let shared: SNMPShared
    private let mib: MIPMIB
    private let module: MIBModule
    private let areas: Set<MIBWriteArea>
    private let transactions: SetTransactions
    /// The object that all registrations of one SNMP context share.
    private let context: SNMPContext
    private var registration: UnsafeMutablePointer<netsnmp_handler_registration>?
    /// What is registered.
    var subtree: RegisteredSubtree { RegisteredSubtree(context: context.name, module: module) }
    /// Reused for each call, so that a GETNEXT allocates no name.
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
                module.rawValue, handleRequest, &root, root.count, Int32(mip_handler_can_all))
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

    /// Answers all varbinds of one PDU that are in the subtree from one snapshot. Only a SET waits for the agent.
    fileprivate func answer(
        _ information: UnsafeMutablePointer<netsnmp_agent_request_info>, _ first: UnsafeMutablePointer<netsnmp_request_info>?
    ) {
        let mode = information.pointee.mode
        guard mode == CInt(mip_mode_get) || mode == CInt(mip_mode_getnext) || mode == CInt(mip_mode_getbulk) else {
            let (served, mib, areas) = (served, mib, areas)
            transactions.handle(information, first, context: ObjectIdentifier(context)) {
                SetTransaction(served: served, mib: mib, areas: areas)
            }
            return
        }
        let view = served.view
        var count = 0
        for request in Requests(first) {
            guard let variable = request.pointee.requestvb else { continue }
            switch mode {
            case CInt(mip_mode_get):
                count += 1
                let oid = UnsafeBufferPointer(start: variable.pointee.name, count: variable.pointee.name_length)
                switch mib.get(oid.span, in: view) {
                case .value(let value): SNMPVariable.set(value, on: variable)
                case .noSuchInstance: netsnmp_set_request_error(information, request, CInt(mip_no_such_instance))
                case .noSuchObject: netsnmp_set_request_error(information, request, CInt(mip_no_such_object))
                }
            case CInt(mip_mode_getnext): count += answerNext(request, variable, view)
            default: count += answerRepetitions(request, variable, view, information)
            }
        }
        shared.status.withLockedValue { $0.count(call: count) }
    }

    private func answerNext(
        _ request: UnsafeMutablePointer<netsnmp_request_info>, _ variable: UnsafeMutablePointer<netsnmp_variable_list>,
        _ view: MIBView
    ) -> Int {
        let oid = UnsafeBufferPointer(start: variable.pointee.name, count: variable.pointee.name_length)
        let inclusive = request.pointee.inclusive != 0
        if let value = mib.next(after: oid.span, inclusive: inclusive, in: view, within: module, name: &name) {
            _ = snmp_set_var_objid(variable, name, name.count)
            SNMPVariable.set(value, on: variable)
        }
        return 1
    }

    /// Answers all repetitions of a GETBULK in one pass over the table. The library would call again for each, and examine all previous
    /// ones again.
    ///
    /// The library checks access only when it calls again, so access is checked here: instances that a manager may not see are skipped.
    private func answerRepetitions(
        _ request: UnsafeMutablePointer<netsnmp_request_info>, _ first: UnsafeMutablePointer<netsnmp_variable_list>,
        _ view: MIBView, _ information: UnsafeMutablePointer<netsnmp_agent_request_info>
    ) -> Int {
        guard let pdu = information.pointee.asp?.pointee.pdu else { return 0 }
        /// The variable for the next instance.
        var variable = first
        var last: UnsafeMutablePointer<netsnmp_variable_list>?
        var count = 0
        let oid = UnsafeBufferPointer(start: first.pointee.name, count: first.pointee.name_length)
        mib.visit(
            from: oid.span, inclusive: request.pointee.inclusive != 0, in: view, within: module, name: &name
        ) { name, value in
            guard snmp_oid_compare(name, name.count, request.pointee.range_end, request.pointee.range_end_len) < 0 else {
                return false
            }
            var length = name.count
            guard in_a_view(&name, &length, pdu, CInt(variable.pointee.type)) == 0 else { return true }
            _ = snmp_set_var_objid(variable, name, name.count)
            SNMPVariable.set(value, on: variable)
            count += 1
            last = variable
            guard request.pointee.repeat > 0, let next = variable.pointee.next_variable else { return false }
            request.pointee.repeat -= 1
            request.pointee.requestvb = next
            variable = next
            return true
        }
        // No instance was left for this variable: the library asks the next subtree, from where this one ended.
        if let last, last != variable {
            _ = snmp_set_var_objid(variable, last.pointee.name, last.pointee.name_length)
            snmp_set_var_typed_value(variable, UInt8(ASN_NULL), nil, 0)
        }
        return count
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
