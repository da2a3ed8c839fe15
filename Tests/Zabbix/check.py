"""Checks the templates in the real Zabbix: what it finds, that nothing is unsupported, and that each fault raises exactly its alert."""

import collections
import signal
import sys
import time

import room

room.enter()

from agents import Agents, agent_address, maximum_bindings
from room import RoomError, eventually, repository, run
from traps import Traps
from zabbix import Zabbix

began = time.monotonic()
template = repository / "docs/monitoring/zabbix/mobile-ipv4-agent.yaml"
events = repository / "docs/monitoring/zabbix/snmptt.conf.mip-mib-zabbix"
# The windows of the template, so short that an alert takes seconds to come and to go.
macros = {
    "MIP.INTERVAL": "2s", "MIP.ROWS.INTERVAL": "3s", "MIP.DISCOVERY.INTERVAL": "4s", "MIP.SNMP.WINDOW": "5s", "MIP.DATA.WINDOW": "15s",
    "MIP.DOWN.WINDOW": "5s", "MIP.DISABLED.WINDOW": "5s", "MIP.VIOLATIONS.WINDOW": "7s", "MIP.DENIED.WINDOW": "7s",
    "MIP.CAPACITY.WINDOW": "3s", "MIP.RESTART.WINDOW": "6s", "MIP.NODE.WINDOW": "20s",
}


def say(text):
    print(f"{time.monotonic() - began:6.1f} s  {text}", flush=True)


class Check:
    def __init__(self):
        self.missing = []
        self.zabbix = Zabbix()
        say("Zabbix serves")
        self.agents = Agents()
        self.traps = Traps(events, self.zabbix.traps)
        say("agents serve")
        self.call = self.zabbix.call
        self.failures = []

    def hosts(self):
        return {host["name"]: host["hostid"] for host in self.call("host.get", {"output": ["name"]})}

    def items(self, **parameters):
        return self.call("item.get", {
            "output": ["key_", "name", "state", "error", "lastclock", "lastvalue", "type", "units"], "selectHosts": ["name"],
            "templated": False, **parameters})

    def open_problems(self):
        """The problems of this moment, as (host, name)."""
        triggers = self.call("trigger.get", {
            "output": ["description"], "selectHosts": ["name"], "filter": {"value": 1}, "monitored": True, "skipDependent": True,
            "expandDescription": True})
        return sorted((t["hosts"][0]["name"], t["description"]) for t in triggers)

    def raised(self, since):
        """Every problem that has begun since an event, as (host, name), whether or not it is over."""
        found = self.call("event.get", {
            "output": ["eventid", "name"], "selectHosts": ["name"], "source": 0, "object": 0, "value": 1, "eventid_from": since + 1})
        return sorted({(e["hosts"][0]["name"], e["name"]) for e in found if e["hosts"]})

    def latest_event(self):
        found = self.call("event.get", {"output": ["eventid"], "sortfield": "eventid", "sortorder": "DESC", "limit": 1})
        return int(found[0]["eventid"]) if found else 0

    def expect(self, what, condition, detail=""):
        say(f"{'ok   ' if condition else 'WRONG'} {what}{'' if condition else f': {detail}'}")
        if not condition:
            self.failures.append(what)

    def fault(self, what, alerts, cause, mend, mended=(), within=30.0):
        """A fault raises its alerts and no others, and they end when it does, perhaps with a notice."""
        since = self.latest_event()
        cause()
        try:
            eventually(what, lambda: set(alerts) <= set(self.open_problems()), within, 0.3)
            time.sleep(2)
        except RoomError:
            pass
        raised = self.raised(since)
        self.expect(f"{what} raises {', '.join(f'{name} ({host})' for host, name in alerts)} and nothing else",
                    raised == sorted(alerts), raised)
        since = self.latest_event()
        mend()
        try:
            eventually(f"the end of {what}", lambda: not self.open_problems() and set(mended) <= set(self.raised(since)), within, 0.3)
        except RoomError:
            pass
        self.expect(f"the alert ends with its cause: {what}", not self.open_problems(), self.open_problems())
        self.expect(f"nothing else follows: {what}", self.raised(since) == sorted(mended), self.raised(since))

    # MARK: - The steps

    def import_templates(self):
        text = template.read_text()
        try:
            self.zabbix.import_template(text.replace("type: SNMP_AGENT", "type: SNMP_AGNET", 1))
            self.expect("Zabbix refuses a template with a mistake", False, "it was imported")
        except RoomError as error:
            self.expect("Zabbix refuses a template with a mistake", "unexpected constant" in str(error), error)
        self.zabbix.import_template(text)
        self.zabbix.import_template(text)
        say("ok    Zabbix imports the templates, also over themselves")

    def create_host(self, name, details, more={}):
        """A host whose agents are to be found, with the short windows."""
        template, = self.call("template.get", {"output": [], "filter": {"name": "Mobile IPv4 agents by SNMP"}})
        group, = self.call("hostgroup.get", {"output": [], "filter": {"name": "Mobile IP agents"}})
        self.call("host.create", {
            "host": name, "groups": [group], "templates": [template],
            "macros": [{"macro": f"{{${macro}}}", "value": value} for macro, value in {**macros, **more}.items()],
            "interfaces": [{
                "type": 2, "main": 1, "useip": 1, "ip": agent_address, "dns": "", "port": "161", "details": details}],
        })

    def discover(self):
        self.create_host("router", {"version": 2, "bulk": 1, "community": "{$MIP.COMMUNITY}"})
        self.create_host("secured", {
            "version": 3, "bulk": 1, "securityname": "zabbix", "securitylevel": 2, "authprotocol": 3, "authpassphrase": "authentication",
            "privprotocol": 1, "privpassphrase": "privacy-text", "contextname": "{$MIP.CONTEXT}"},
            {"MIP.HOST": "secured"})
        expected = {host if agent is None else f"{host}: {agent}"
                    for host in ("router", "secured") for agent in (None, "home", "foreign", "node")}
        try:
            eventually("hosts", lambda: expected <= set(self.hosts()), 60, 0.5)
        except RoomError:
            pass
        found = set(self.hosts())
        self.expect("each agent behind the SNMP entity becomes a host, by SNMPv2c and SNMPv3", found == expected, found)

        def names():
            return {i["hosts"][0]["name"]: i["lastvalue"] for i in self.items(search={"key_": "mip[mipExtAgentName]"})}
        wanted = {name: name.split(": ")[1] for name in expected if ": " in name}
        try:
            eventually("names", lambda: names() == wanted, 60, 0.5)
        except RoomError:
            pass
        self.expect("the host of each agent reads that agent", names() == wanted, names())
        # One host is enough for the rest, and each request by SNMPv3 costs Zabbix much.
        self.call("host.delete", [i for name, i in self.hosts().items() if name.startswith("secured")])
        self.expect("mobile nodes register", self.agents.register("127.40.0.1", 3) == 0)
        roles = {"home": "haRegMobilityBindingCount", "foreign": "faRegVisitorCount", "node": "mnState"}

        def complete():
            items = self.items()
            for agent, key in roles.items():
                if not any(i["hosts"][0]["name"] == f"router: {agent}" and key in i["key_"] for i in items):
                    return None
            # Traps come later, and the offset of a clock with the first message from it.
            self.missing = missing = [
                i for i in items if i["type"] != "17" and i["lastclock"] == "0" and i["state"] == "0"
                and "ClockOffset" not in i["key_"]]
            return items if not missing and any("Binding 127.40.0.3" in i["name"] for i in items) else None
        try:
            items = eventually("a value of every item", complete, 90, 1)
        except RoomError as error:
            counts = collections.Counter(i["hosts"][0]["name"] for i in self.items())
            missing = [(i["hosts"][0]["name"], i["key_"]) for i in self.missing][:20]
            rules = self.call("discoveryrule.get", {"output": ["key_", "state", "error"], "templated": False, "filter": {"state": 1}})
            raise RoomError(f"{error}; without a value: {missing}; items: {dict(counts)}; unsupported rules: {rules}") from None
        counts = dict(collections.Counter(i["hosts"][0]["name"] for i in items))
        say(f"      items: {counts}")
        self.expect("nothing is raised while hosts are added", not self.raised(0), self.raised(0))
        home = {i["key_"]: i for i in items if i["hosts"][0]["name"] == "router: home"}
        bindings = home["mip[haRegMobilityBindingCount,0]"]["lastvalue"]
        self.expect("values are those of the agent", bindings == "3", bindings)
        names = [i["name"] for i in items]
        for kind in ("Binding 127.40.0.1 at 127.50.0.1", "Association with 127.40.0.0/16, SPI 256", "Capacity: bindings in use"):
            self.expect(f"discovery finds {kind}", any(kind in name for name in names),
                        [name for name in names if kind.split()[0] in name])
        self.expect("a foreign agent has no item of a home agent", not any(
            "[ha" in i["key_"] for i in items if i["hosts"][0]["name"] == "router: foreign"))

    def healthy(self):
        since = self.latest_event()
        self.agents.register("127.40.0.1", 3)
        # A binding ends while its items still exist.
        self.agents.register("127.40.0.3", 1, deregister=True)
        time.sleep(6)
        bad = [(i["hosts"][0]["name"], i["key_"], i["error"]) for i in self.items() if i["state"] == "1"]
        self.expect("no item of a healthy agent is unsupported", not bad, bad)
        rules = self.call("discoveryrule.get", {"output": ["key_", "state", "error"], "templated": False})
        bad = [(r["key_"], r["error"]) for r in rules if r["state"] == "1" or r["error"]]
        self.expect("no rule of a healthy agent is unsupported", not bad, bad)
        unknown = self.call("trigger.get", {"output": ["description", "error"], "filter": {"state": 1}, "monitored": True})
        self.expect("every trigger of a healthy agent can be decided", not unknown, unknown)
        self.expect("a healthy system raises no alert", not self.raised(since), self.raised(since))

    def faults(self):
        agents, router = self.agents, "router"
        home = f"{router}: home"
        self.fault(
            "a wrong key", [(home, "Security violations")], lambda: agents.register("127.40.0.50", 3, with_key="wrong.key"),
            lambda: None)
        self.fault(
            "a full table", [(home, "Few or no more bindings fit")], lambda: agents.register("127.40.1.1", maximum_bindings + 2),
            lambda: agents.revoke())
        self.fault(
            "an encapsulation that is not offered", [(home, "Home agent denies registrations")],
            lambda: agents.register("127.40.2.1", 5, flags="DG"), lambda: None)
        self.fault(
            "a killed agent", [(home, "Agent is down")], lambda: agents.kill("home"),
            lambda: agents.start("home", "mip-agentd"), mended=[(home, "Agent has restarted")])
        self.fault(
            "a dead host", [(router, "Host does not answer SNMP")], lambda: run("ip", "link", "set", "zabbix", "down"),
            lambda: run("ip", "link", "set", "zabbix", "up"))
        self.fault(
            "a stopped mip-mibd", [(f"{router}: {name}", "No data from mip-mibd") for name in ("foreign", "home", "node")],
            lambda: agents.daemons["mip-mibd"].end(signal.SIGTERM), lambda: agents.start("mip-mibd", "mip-mibd"), within=50)

    def trap(self, name, host="router: home"):
        """The latest line in the item of a notification."""
        item, = [i for i in self.items(search={"key_": f"- {name} "}) if i["hosts"][0]["name"] == host]
        return item["lastvalue"]

    def notifications(self):
        for name in ("mipExtRegistered", "mipExtDeregistered", "mipExtRegistrationDenied", "mipExtRevoked", "mipExtCapacityRisingAlarm",
                     "mipExtAgentUnreachable", "mipAuthFailure2"):
            self.expect(f"the trap {name} reaches its item through snmptt", name in self.trap(name), self.trap(name))
        self.expect("a trap of one agent does not reach another", not self.trap("mipExtRegistered", "router: foreign"))
        forged = "ZBXTRAP 192.0.2.2 x - mipExtExpired agent=home"
        self.agents.register("127.40.9.9", 1, with_key="wrong.key", nai=f"x {forged} @y")
        eventually("the denial", lambda: "127.40.9.9" in self.trap("mipExtRegistrationDenied"), 20, 0.5)
        self.expect("an identifier cannot forge a trap", not self.trap("mipExtExpired"), self.trap("mipExtExpired"))

    def run(self):
        self.import_templates()
        self.discover()
        self.healthy()
        self.faults()
        self.notifications()
        if self.failures:
            print(f"\n{self.zabbix.server.output()[-3000:]}")
            sys.exit(f"FAILED: {len(self.failures)} of the checks above are wrong")
        say("Zabbix raises exactly one alert for each fault, and none for a healthy system")


check = Check()
try:
    check.run()
except RoomError as error:
    print(f"\n{check.zabbix.server.output()[-3000:]}")
    sys.exit(f"FAILED: {error}")
