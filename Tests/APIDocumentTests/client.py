"""Generates a client from the document at URL/openapi.json with openapi-python-client, and calls its operations.

Usage: client.py URL TOKEN FOLDER. Prints what failed, then the number of operations called; the exit status is 1 if something failed.
"""
import builtins
import importlib
import json
import re
import subprocess
import sys
import urllib.request

from references import resolve

url, token, folder = sys.argv[1:4]
text = urllib.request.urlopen(url + "/openapi.json", timeout=30).read()
with open(folder + "/openapi.json", "wb") as file:
    file.write(text)
# Without the tools that would only format what is generated.
with open(folder + "/config.yaml", "w") as file:
    file.write("post_hooks: []\n")
generated = subprocess.run(
    [sys.executable, "-m", "openapi_python_client", "generate", "--path", folder + "/openapi.json", "--meta", "none",
     "--output-path", folder + "/client", "--config", folder + "/config.yaml"],
    capture_output=True, text=True)
failures = []
# The tool reports what it does not understand as a warning, and leaves it out.
if generated.returncode != 0 or re.search("warning|error", generated.stdout + generated.stderr, re.I):
    failures.append("openapi-python-client: " + generated.stdout + generated.stderr)
sys.path.insert(0, folder)
client = importlib.import_module("client")
anonymous = client.Client(base_url=url, raise_on_unexpected_status=True)
operator = client.AuthenticatedClient(base_url=url, token=token, raise_on_unexpected_status=True)
document = json.loads(text)


def snake(name):
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def function(operation):
    name = snake(operation["operationId"])
    return importlib.import_module(f"client.api.{operation['tags'][0]}.{name}").sync_detailed


def keyword(name):
    """The name of an argument: as the generator does, a built-in name of Python gets an underscore."""
    return snake(name) + ("_" if snake(name) in dir(builtins) and name != "id" else "")


def arguments(operation):
    parameters = [resolve(document, parameter) for parameter in operation.get("parameters", [])]
    return {keyword(one["name"]): one["example"] for one in parameters if one["in"] == "path"}


def body(operation):
    """The example of a body, as the generated client has it."""
    name = operation["operationId"]
    model = getattr(importlib.import_module("client.models"), name[0].upper() + name[1:] + "Body")
    return model.from_dict(operation["requestBody"]["content"]["application/json"]["example"])


called = 0
# Each change without a token, which is refused, and with it. The association and the drain are read below.
for path, method in [
    ("/v1/settings/{agent}", "patch"), ("/v1/associations/{agent}/{peer}/{spi}", "put"), ("/v1/drain/{agent}", "put"),
]:
    change = document["paths"][path][method]
    for caller, expected in [(anonymous, {401}), (operator, {201, 204})]:
        status = function(change)(client=caller, body=body(change), **arguments(change)).status_code
        called += 1
        if status not in expected:
            failures.append(f"{method} {path} as {type(caller).__name__}: {status}; expected {expected}")

for path, item in sorted(document["paths"].items()):
    operation = item.get("get")
    # The generated client would wait for the end of the stream.
    if operation is None or path == "/v1/events":
        continue
    try:
        answer = function(operation)(client=anonymous, **arguments(operation))
        if answer.status_code != 200 or answer.parsed is None:
            failures.append(f"{path}: {answer.status_code} {answer.content[:200]!r}")
    except Exception as error:
        failures.append(f"{path}: {type(error).__name__}: {error}")
    called += 1

print("\n".join(failures))
print(called, "operations")
sys.exit(1 if failures else 0)
