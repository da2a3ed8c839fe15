import CNetSNMP

/// Simple calls to libnetsnmp. Use them on the SNMP thread only.
enum SNMPLibrary {
    /// sysUpTime of the master in hundredths of a second, which wraps at 2³² (RFC 3418).
    static var upTime: UInt32 { UInt32(truncatingIfNeeded: netsnmp_get_agent_uptime()) }

    /// Applies a configuration line in the syntax of snmpd.conf.
    static func configure(_ line: String) {
        var text = Array(line.utf8CString)
        netsnmp_config(&text)
    }
}
