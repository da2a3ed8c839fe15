"""The agents that Zabbix watches: a home agent, a foreign agent and a mobile node behind one snmpd, on a machine of their own."""

import json
import os
import signal

from room import Program, eventually, folder, repository, run

programs = os.environ.get("MIP_PROGRAMS", str(repository / ".build/debug"))
key = "00112233445566778899aabbccddeeff"
wrong_key = "ffeeddccbbaa99887766554433221100"
server_address = "192.0.2.1"
agent_address = "192.0.2.2"
# Small, so that a few nodes fill the table.
maximum_bindings = 20


class Agents:
    """The machine "agents", connected to Zabbix's by a cable that can be pulled, and the machine "node" with the mobile node."""

    def __init__(self):
        for name in ("agents", "node"):
            run("ip", "netns", "add", name)
            run("ip", "-n", name, "link", "set", "lo", "up")
        self.cable("zabbix", None, f"{server_address}/24", "zabbix", "agents", f"{agent_address}/24")
        self.cable("home0", "agents", "10.1.0.1/24", "home0", "node", None, other="eth0")
        for name, text in self.files().items():
            path = folder / name
            path.write_text(text)
            path.chmod(0o600)
        self.daemons = {}
        self.start("home", "mip-agentd")
        self.start("foreign", "mip-agentd")
        for name in ("home", "foreign"):
            self.daemons[name].says("serving")
        self.daemons["node"] = Program(
            "node", [f"{programs}/mip-node", "run", "--config", folder / "node.yaml"], network="node")
        self.snmpd = Program(
            "snmpd", ["snmpd", "-f", "-C", "-c", folder / "snmpd.conf", "-Lo", f"udp:{agent_address}:161"], network="agents")
        self.start("mip-mibd", "mip-mibd")
        for name in ("public", "home", "foreign", "node"):
            eventually(f"the MIB with the community {name}", lambda: "INTEGER: 3" in self.status(name))
        # The node is at home and hears its home agent.

    def cable(self, name, network, address, peer, peer_network, peer_address, other=None):
        """A pair of interfaces, one in each of two namespaces."""
        near = ["ip"] + (["-n", network] if network else [])
        end = other or f"{peer}-peer"
        run(*near, "link", "add", name, "type", "veth", "peer", "name", end, "netns", peer_network)
        if address:
            run(*near, "address", "add", address, "dev", name)
        if peer_address:
            run("ip", "-n", peer_network, "address", "add", peer_address, "dev", end)
        run(*near, "link", "set", name, "up")
        run("ip", "-n", peer_network, "link", "set", end, "up")

    def start(self, name, program):
        if name in self.daemons:
            self.daemons[name].start()
        else:
            self.daemons[name] = Program(
                name, [f"{programs}/{program}", "--config", folder / f"{name}.yaml"], network="agents")

    def kill(self, name):
        self.daemons[name].end(signal.SIGKILL)

    def status(self, community):
        """mipExtSourceStatus in the context that a community reads."""
        words = ["snmpget", "-v2c", "-c", community, "-t1", "-r0", "-Ot", agent_address, ".1.3.6.1.4.1.8072.9999.9999.44.1.1.8.0"]
        try:
            return run(*words)
        except Exception:
            return ""

    def register(self, first, count, with_key="node.key", deregister=False, flags="D", nai=None):
        """Mobile nodes that register with the home agent, from a co-located care-of address."""
        words = [
            f"{programs}/mip-node", "register", "--home-agent", "127.10.0.1", "--spi", "256", "--key-file", folder / with_key,
            "--care-of-address", "127.50.0.1", "--flags", flags, "--first-home-address", first, "--count", count,
        ] + (["--deregister"] if deregister else []) + (["--nai-template", nai] if nai else [])
        return Program("register", words, network="agents").process.wait(timeout=30)

    def revoke(self):
        """Ends every binding of the home agent, as an operator would."""
        socket = ["--socket", folder / "home.sock"]
        for row in run(f"{programs}/mip-mib", "bindings", *socket, "--output", "ndjson").splitlines():
            run(f"{programs}/mip-mib", "revoke", json.loads(row)["homeAddress"], *socket, "--yes")

    def files(self):
        association = f"{{spi: 256, key: {key}}}"
        return {
            "node.key": key + "\n", "wrong.key": wrong_key + "\n",
            "home.yaml": f"""
name: home
control: {folder}/home.sock
state: {folder}/home.state
homeAgent:
  addresses: [127.10.0.1, 10.1.0.1]
  homeNetworks: [127.40.0.0/16, 10.1.0.0/24]
  maximumBindings: {maximum_bindings}
interfaces:
  - name: home0
    advertise: {{maximumInterval: 4, minimumInterval: 3, lifetime: 12}}
securityAssociations:
  - {{peer: 127.40.0.0/16, spi: 256, key: {key}}}
  - {{peer: 10.1.0.10, spi: 256, key: {key}}}
""",
            "foreign.yaml": f"""
name: foreign
control: {folder}/foreign.sock
foreignAgent:
  addresses: [127.20.0.1]
  careOfAddresses: [127.20.0.1]
""",
            "node.yaml": f"""
name: node
control: {folder}/node.sock
interface: eth0
home: {{agent: 10.1.0.1, address: 10.1.0.10, network: 10.1.0.0/24}}
association: {association}
lifetime: 60
""",
            "mip-mibd.yaml": f"""
agents:
  - {{name: home, control: {folder}/home.sock}}
  - {{name: foreign, control: {folder}/foreign.sock}}
  - {{name: node, control: {folder}/node.sock}}
grace: 1
runtimeDirectory: {folder}/runtime
stateFile: {folder}/mip-mibd.json
snmp:
  agentx: {{socket: "unix:{folder}/agentx"}}
""",
            "snmpd.conf": f"""
agentXSocket unix:{folder}/agentx
master agentx
agentXTimeout 1
agentXRetries 1
view all included .1
rocommunity public {server_address} -V all
rocommunity home {server_address} -V all home
rocommunity foreign {server_address} -V all foreign
rocommunity node {server_address} -V all node
sysName router
createUser zabbix SHA-256 authentication AES privacy-text
rouser zabbix priv -V all
trap2sink {server_address} public
""",
        }
