import CNetSNMP

/// sysDescr, sysObjectID and sysUpTime (RFC 3418) for standalone operation, where no snmpd serves them and managers request them first.
final class StandaloneSystemGroup {
    private static let root: [UInt] = [1, 3, 6, 1, 2, 1, 1]
    private var registration: UnsafeMutablePointer<netsnmp_handler_registration>?

    func register() {
        var root = Self.root
        guard
            let registration = netsnmp_create_handler_registration(
                "system", handleSystem, &root, root.count, Int32(mip_handler_can_ronly)),
            netsnmp_register_handler(registration) == Int32(SNMPERR_SUCCESS)
        else { return }
        self.registration = registration
    }

    func unregister() {
        if let registration { netsnmp_unregister_handler(registration) }
        registration = nil
    }

    /// The one of the three objects that an OID identifies or, if `next`, that follows it. Their instances are 1.0, 2.0 and 3.0.
    static func object(_ oid: Span<UInt>, next: Bool) -> UInt? {
        let instance = oid.extracting(min(root.count, oid.count)..<oid.count)
        if !next { return instance.count == 2 && instance[1] == 0 && (1...3).contains(instance[0]) ? instance[0] : nil }
        guard !instance.isEmpty, instance[0] >= 1 else { return 1 }
        guard instance[0] <= 3 else { return nil }
        // n alone comes before n.0. Then n.0, anything that begins with it and anything larger come before (n+1).0.
        if instance.count == 1 { return instance[0] }
        return instance[0] < 3 ? instance[0] + 1 : nil
    }

    static func set(_ object: UInt, on variable: UnsafeMutablePointer<netsnmp_variable_list>) {
        switch object {
        case 1:
            let text = Array("mip-mib: Mobile IPv4 management".utf8)
            snmp_set_var_typed_value(variable, UInt8(ASN_OCTET_STR), text, text.count)
        case 2:
            // netSnmpAgentOIDs.linux, so that a manager recognizes the host.
            let oid: [UInt] = [1, 3, 6, 1, 4, 1, 8072, 3, 2, 10]
            snmp_set_var_typed_value(variable, UInt8(ASN_OBJECT_ID), oid, oid.count * MemoryLayout<UInt>.size)
        default:
            var ticks = Int(netsnmp_get_agent_uptime() & 0xFFFF_FFFF)
            snmp_set_var_typed_value(variable, UInt8(ASN_TIMETICKS), &ticks, MemoryLayout<Int>.size)
        }
    }
}

private func handleSystem(
    _ handler: UnsafeMutablePointer<netsnmp_mib_handler>?,
    _ registration: UnsafeMutablePointer<netsnmp_handler_registration>?,
    _ information: UnsafeMutablePointer<netsnmp_agent_request_info>?,
    _ requests: UnsafeMutablePointer<netsnmp_request_info>?
) -> CInt {
    guard let information else { return CInt(SNMP_ERR_GENERR) }
    let isNext = information.pointee.mode == CInt(mip_mode_getnext)
    var next = requests
    while let request = next {
        next = request.pointee.next
        guard request.pointee.processed == 0, let variable = request.pointee.requestvb else { continue }
        let oid = UnsafeBufferPointer(start: variable.pointee.name, count: variable.pointee.name_length)
        guard let object = StandaloneSystemGroup.object(oid.span, next: isNext) else {
            if !isNext { netsnmp_set_request_error(information, request, CInt(mip_no_such_instance)) }
            continue
        }
        if isNext {
            let name: [UInt] = [1, 3, 6, 1, 2, 1, 1, object, 0]
            snmp_set_var_objid(variable, name, name.count)
        }
        StandaloneSystemGroup.set(object, on: variable)
    }
    return CInt(SNMP_ERR_NOERROR)
}
