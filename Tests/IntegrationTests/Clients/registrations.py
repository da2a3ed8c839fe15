"""Lists the Mobile IP messages of a capture in order, as a JSON array of objects, by tshark's fields.

Usage: registrations.py FILE
"""
import json
import subprocess
import sys

command = ["tshark", "-n", "-r", sys.argv[1], "-Y", "mip", "-T", "fields", "-E", "occurrence=f", "-E", "separator=|",
           "-e", "frame.time_epoch", "-e", "ip.src", "-e", "ip.dst", "-e", "udp.payload"]
messages = []
for line in subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines():
    when, source, destination, payload = line.split("|")
    message = bytes.fromhex(payload.replace(":", ""))
    isRequest = message[0] == 1
    messages.append({
        "time": float(when), "source": source, "destination": destination, "isRequest": isRequest,
        "code": None if isRequest else message[1], "lifetime": int.from_bytes(message[2:4], "big"),
        "identification": message[16:24].hex() if isRequest else message[12:20].hex()})
print(json.dumps(messages))
