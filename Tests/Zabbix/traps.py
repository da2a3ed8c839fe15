"""snmptrapd and snmptt, which write the notifications of snmpd into the file that Zabbix reads."""

import pathlib
import re

from agents import server_address
from room import Program, folder


class Traps:
    def __init__(self, events, destination):
        """`events` is the file for snmptt, `destination` the file that Zabbix reads."""
        settings = {
            "mode": "standalone", "net_snmp_perl_enable": "0", "log_enable": "1", "log_file": destination, "log_system_enable": "0",
            "unknown_trap_log_enable": "0", "syslog_enable": "0", "syslog_system_enable": "0", "statistics_interval": "0",
            "date_time_format": "%H:%M:%S %Y/%m/%d", "translate_log_trap_oid": "0",
            # Debian does not install what it would need.
            "ipv6_enable": "0",
        }
        text = pathlib.Path("/etc/snmp/snmptt.ini").read_text()
        for name, value in settings.items():
            text = re.sub(rf"^#?\s*{name}\s*=.*$", f"{name} = {value}", text, flags=re.MULTILINE)
        text = re.sub(r"^snmptt_conf_files = <<END.*?^END$", f"snmptt_conf_files = <<END\n{events}\nEND", text, flags=re.M | re.S)
        (folder / "snmptt.ini").write_text(text)
        (folder / "snmptrapd.conf").write_text(
            f"authCommunity execute public\ntraphandle default /usr/sbin/snmptt --ini={folder}/snmptt.ini\n")
        self.program = Program("snmptrapd", [
            "snmptrapd", "-f", "-C", "-c", folder / "snmptrapd.conf", "-Lo", "-On", "-m", "", f"udp:{server_address}:162"])
