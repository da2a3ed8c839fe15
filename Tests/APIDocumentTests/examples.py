"""Makes every request that the examples of the document at URL/openapi.json describe, and checks the answers against the document.

Usage: examples.py URL TOKEN [FILE]. If a file is given, writes the answers to it in the form in which the document shows them. Prints the
failures, then the number of requests made; the exit status is 1 if there were failures.
"""
import copy
import json
import sys
import urllib.error
import urllib.parse
import urllib.request

from jsonschema import Draft202012Validator, FormatChecker

from references import resolve

base, token = sys.argv[1:3]
failures = []
made = 0
answers = {}


def send(method, path, body=None, headers={}):
    global made
    made += 1
    data = None if body is None else json.dumps(body).encode()
    fields = {"Authorization": "Bearer " + token, **headers}
    if data is not None:
        fields["Content-Type"] = "application/json"
    request = urllib.request.Request(base + path, data, fields, method=method)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read()


document = json.loads(send("GET", "/openapi.json")[2])


def closed(schema):
    """The schema without additional properties: every member returned must be described."""
    if isinstance(schema, dict):
        result = {name: closed(value) for name, value in schema.items()}
        if "properties" in result and "additionalProperties" not in result:
            result["additionalProperties"] = False
        return result
    return [closed(item) for item in schema] if isinstance(schema, list) else schema


components = closed(document["components"])


def whole(schema):
    """The schema of whole rows, where the original also allows partial rows."""
    schema = copy.deepcopy(schema)
    inner = schema["items"] if schema.get("type") == "array" else schema
    if "anyOf" in inner and inner["anyOf"][1].get("$ref", "").endswith("Part"):
        first = inner["anyOf"][0]
        inner.clear()
        inner.update(first)
    return schema


def check(name, operation, status, headers, body, is_whole):
    answer = operation["responses"].get(str(status))
    if answer is None or status >= 400:
        return failures.append(f"{name}: {status} {body[:300]!r}")
    answer = resolve(document, answer)
    content = answer.get("content")
    if content is None:
        if body:
            failures.append(f"{name}: a body that is not described: {body[:100]!r}")
        return
    kind = headers.get("Content-Type", "").split(";")[0]
    if kind not in content:
        return failures.append(f"{name}: the type {kind} is not described")
    schema = content[kind].get("schema")
    if kind != "application/json" or schema is None:
        return
    schema = closed(whole(schema) if is_whole else schema)
    validator = Draft202012Validator(
        {**schema, "components": components}, format_checker=FormatChecker()
    )
    for error in list(validator.iter_errors(json.loads(body)))[:3]:
        failures.append(f"{name}: {error.json_path}: {error.message[:300]}")


def shape(value):
    """The members of a value regardless of their values; for lists, those of the first element."""
    if isinstance(value, dict):
        return {name: shape(inner) for name, inner in value.items()}
    return [shape(value[0])] if isinstance(value, list) and value else None


def short(value):
    """The value with every long list cut to two elements, for readability."""
    if isinstance(value, dict):
        return {name: short(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [short(inner) for inner in (value[:2] if len(value) > 5 and isinstance(value[0], dict) else value)]
    return value


def show(path, operation, text):
    """Stores an answer for the document, and compares it with the one that the document shows."""
    value = json.loads(text)
    if isinstance(value, list):
        value = value[:1]
    answers[path] = short(value)
    content = resolve(document, operation["responses"]["200"])["content"]["application/json"]
    if "example" not in content:
        return failures.append(f"GET {path}: the document shows no answer")
    if path != "/v1/events" and shape(content["example"]) != shape(value):
        failures.append(f"GET {path}: the document shows a different answer; run with MIP_WRITE_GOLDEN=1 to write this one")
    check(f"the answer shown for {path}", operation, 200, {"Content-Type": "application/json"}, json.dumps(content["example"]), True)


def run(method, path, operation):
    template = path
    parameters = [resolve(document, parameter) for parameter in operation.get("parameters", [])]
    for parameter in parameters:
        if parameter["in"] == "path":
            text = urllib.parse.quote(str(parameter["example"]), safe="")
            path = path.replace("{" + parameter["name"] + "}", text)
    body = operation.get("requestBody")
    body = body and body["content"]["application/json"]["example"]
    name = f"{method} {path}"
    headers = {"Accept": "application/json"} if path == "/v1/events" else {}
    if method != "GET":
        query = "&".join(
            f"{parameter['name']}={urllib.parse.quote(parameter['example'], safe='')}"
            for parameter in parameters if parameter["in"] == "query" and "example" in parameter
        )
        trial, *rest = send(method, path + "?validate=true" + ("&" + query if query else ""), body)
        # The examples of selections are only tried: they would remove the rows that other examples are about.
        answer = (trial, *rest) if query else send(method, path, body)
        if trial != answer[0]:
            failures.append(f"{name}: {trial} with validate=true, {answer[0]} without")
        return check(name, operation, *answer, True)
    if body is None:
        status, fields, text = send(method, path, None, headers)
        check(name, operation, status, fields, text, True)
        if fields.get("Content-Type") == "application/json" and path != "/openapi.json":
            show(template, operation, text)
        if status == 200 and "ETag" in fields:
            again = send(method, path, None, {"If-None-Match": fields["ETag"]})[0]
            if again != 304:
                failures.append(f"{name}: {again} for a row that has not changed")
        if status == 200 and path.startswith("/v1/") and text.strip() in (b"[]", b"[\n]") and path != "/v1/events":
            failures.append(f"{name}: the list is empty")
    for parameter in parameters:
        if parameter["in"] == "query" and "example" in parameter:
            value = parameter["example"]
            value = ",".join(value) if isinstance(value, list) else str(value)
            query = f"{parameter['name']}={urllib.parse.quote(value, safe='')}"
            answer = send(method, f"{path}?{query}", None, headers)
            check(f"{name}?{query}", operation, *answer, parameter["name"] != "fields")


# Rows are created first, so that they can be read and changed, and removed last.
for method in ["post", "put", "get", "patch", "delete"]:
    for path, item in sorted(document["paths"].items()):
        if method in item:
            run(method.upper(), path, item[method])
        for found in item:
            assert found in ["post", "put", "get", "patch", "delete"], found

if len(sys.argv) > 3:
    with open(sys.argv[3], "w") as file:
        # Times, process IDs and ports of this run mean nothing to a reader, but their form does.
        json.dump(answers, file, indent=1, sort_keys=True)
        file.write("\n")
print("\n".join(failures))
print(made, "requests")
sys.exit(1 if failures else 0)
