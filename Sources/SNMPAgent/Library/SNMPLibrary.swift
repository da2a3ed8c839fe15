import CNetSNMP

/// Small questions to libnetsnmp. On the SNMP thread only.
enum SNMPLibrary {
    /// sysUpTime of the master in hundredths of a second; 2³² of them wrap (RFC 3418).
    static var upTime: UInt32 { UInt32(truncatingIfNeeded: netsnmp_get_agent_uptime()) }

    /// Reads a line as of snmpd.conf.
    static func configure(_ line: String) {
        var text = Array(line.utf8CString)
        netsnmp_config(&text)
    }
}
