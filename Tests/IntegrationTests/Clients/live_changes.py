"""Prints the changes that a daemon publishes on its control socket as they arrive, with the independent varlink package.

Usage: live_changes.py SOCKET VOCABULARY TOPIC...

Prints "subscribed" after the snapshot, then a JSON object for each change on a line: when it was received in seconds since 1970,
its kind, and its row. Ends with the connection.
"""
import json
import sys
import time

import varlink

socket, vocabulary, *topics = sys.argv[1:]
client = varlink.Client.new_with_address(f"unix:{socket}")
with client.open("org.mipmib.agent") as daemon:
    for update in daemon.Subscribe(topics, int(vocabulary), _more=True):
        received = time.time()
        if update["phase"] == "synced":
            print("subscribed", flush=True)
        if update["phase"] != "live":
            continue
        for change in update["changes"]:
            for kind, row in change.items():
                if row is not None:
                    print(json.dumps({"received": received, "kind": kind, "row": row}), flush=True)
