"""A Zabbix server with its database and its web interface, from Debian's packages, and its API."""

import gzip
import json
import pathlib
import re
import urllib.request

from room import Program, RoomError, eventually, folder, run

data = pathlib.Path("/usr/share/zabbix-server-pgsql")
# What a server needs of its initial data. The rest, 99 % of it, are Zabbix's own templates.
needed_tables = {
    "role", "role_rule", "users", "usrgrp", "users_groups", "hstgrp", "config", "config_autoreg_tls", "regexps", "expressions",
    "graph_theme", "globalmacro",
}


class Database:
    """PostgreSQL in the room, reached by a Unix socket only."""

    def __init__(self):
        binaries = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))[-1]
        self.home = folder / "postgresql"
        self.home.mkdir()
        run("chown", "postgres:postgres", self.home)
        as_owner = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        run(*as_owner, binaries / "initdb", "-A", "trust", "-U", "zabbix", "-N", "-E", "UTF8", "--locale=C", "-D", self.home / "data",
            within=180)
        # Nothing here needs to survive a crash.
        settings = {
            "listen_addresses": "", "unix_socket_directories": self.home, "fsync": "off", "synchronous_commit": "off",
            "full_page_writes": "off", "autovacuum": "off", "shared_buffers": "64MB", "max_connections": "60",
        }
        words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        self.program = Program("postgres", [binaries / "postgres", "-D", self.home / "data"] + words, user="postgres")
        self.program.says("ready to accept connections")
        self.execute("CREATE DATABASE zabbix", "postgres")
        self.execute(gzip.decompress((data / "schema.sql.gz").read_bytes()).decode())
        text = gzip.decompress((data / "data.sql.gz").read_bytes()).decode()
        statements = re.split(r"^(?=INSERT INTO )", text, flags=re.MULTILINE)
        wanted = [s for s in statements if s.startswith("INSERT INTO ") and s.split(" ", 3)[2] in needed_tables]
        self.execute("".join(wanted).replace("COMMIT;", ""))

    def execute(self, text, database="zabbix"):
        words = ["psql", "-q", "-t", "-A", "-v", "ON_ERROR_STOP=1", "-h", self.home, "-U", "zabbix", database]
        return run(*words, *(["-1"] if database == "zabbix" else []), text=text)


class Zabbix:
    """The server, the web interface and a session of its API."""

    def __init__(self):
        self.database = Database()
        self.traps = folder / "zabbix-traps.log"
        self.traps.touch()
        # Hides Debian's configuration, so that the web interface finds the room's at the place where it looks for it.
        run("mount", "-t", "tmpfs", "etc", "/etc/zabbix")
        settings = pathlib.Path("/etc/zabbix/zabbix.conf.php")
        settings.write_text(f"""<?php
$DB['TYPE'] = 'POSTGRESQL'; $DB['SERVER'] = '{self.database.home}'; $DB['PORT'] = '0'; $DB['DATABASE'] = 'zabbix';
$DB['USER'] = 'zabbix'; $DB['PASSWORD'] = ''; $DB['SCHEMA'] = ''; $DB['ENCRYPTION'] = false; $DB['DOUBLE_IEEE754'] = true;
$ZBX_SERVER = '127.0.0.1'; $ZBX_SERVER_PORT = '10051'; $ZBX_SERVER_NAME = 'room'; $IMAGE_FORMAT_DEFAULT = IMAGE_FORMAT_PNG;
""")
        configuration = folder / "zabbix_server.conf"
        configuration.write_text(f"""AllowRoot=1
LogType=console
PidFile={folder}/zabbix_server.pid
SocketDir={folder}
ListenIP=127.0.0.1
DBHost={self.database.home}
DBName=zabbix
DBUser=zabbix
CacheUpdateFrequency=1
Timeout=2
UnreachablePeriod=2
UnreachableDelay=1
UnavailableDelay=1
StartPollers=3
StartPollersUnreachable=1
StartPreprocessors=1
StartHistoryPollers=2
StartLLDProcessors=2
StartDBSyncers=1
StartTimers=1
StartEscalators=1
StartAlerters=1
StartTrappers=1
StartPingers=0
StartDiscoverers=0
StartHTTPPollers=0
StartSNMPTrapper=1
SNMPTrapperFile={self.traps}
""")
        self.server = Program("zabbix_server", ["zabbix_server", "-f", "-c", configuration])
        limits = {"post_max_size": "64M", "max_execution_time": "300", "max_input_time": "300", "memory_limit": "512M"}
        words = [word for name, value in limits.items() for word in ("-d", f"{name}={value}")]
        self.web = Program("php", ["php"] + words + ["-S", "127.0.0.1:8080", "-t", "/usr/share/zabbix"])
        self.session = None
        self.session = eventually("a session of Zabbix's API", self.log_in)

    def log_in(self):
        try:
            return self.call("user.login", {"username": "Admin", "password": "zabbix"})
        except OSError:
            return None

    def call(self, method, parameters):
        body = {"jsonrpc": "2.0", "method": method, "params": parameters, "id": 1, "auth": self.session}
        request = urllib.request.Request(
            "http://127.0.0.1:8080/api_jsonrpc.php", json.dumps(body).encode(), {"Content-Type": "application/json-rpc"})
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=120) as answer:
            text = answer.read().decode()
        try:
            result = json.loads(text)
        except ValueError:
            raise RoomError(f"{method}: {text[:2000]}") from None
        if "error" in result:
            raise RoomError(f"{method}: {result['error']['data']}")
        return result["result"]

    def import_template(self, text):
        """What the web interface does with an uploaded file: new elements are created, existing ones updated, others deleted."""
        full = {"createMissing": True, "updateExisting": True}
        rules = {name: full for name in ("templates", "valueMaps")}
        rules["groups"] = full
        for name in ("items", "discoveryRules", "triggers", "graphs", "templateDashboards"):
            rules[name] = {**full, "deleteMissing": True}
        rules["templateLinkage"] = {"createMissing": True}
        self.call("configuration.import", {"format": "yaml", "rules": rules, "source": text})
