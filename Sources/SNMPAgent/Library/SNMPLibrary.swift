import CNetSNMP

/// Simple calls to libnetsnmp. Use them on the SNMP thread only.
enum SNMPLibrary {
    /// Sets the library's sysUpTime, in hundredths of a second. The library adds it to notifications.
    static func setUpTime(_ hundredths: UInt32) { netsnmp_set_agent_uptime(UInt(hundredths)) }

    /// Applies a configuration line in the syntax of snmpd.conf.
    static func configure(_ line: String) {
        var text = Array(line.utf8CString)
        netsnmp_config(&text)
    }
}
