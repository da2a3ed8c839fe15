"""Compares our MIP-MIB with an independent table of RFC 2006: the compiled module in Debian's python3-pysnmp4-mibs.

Usage: smidump -f python MIP-MIB | rfc2006_objects.py [COMPILED MODULE]

Every node of RFC 2006 must be in our module with the same name, OID, access, type, range and index; an enumeration or a set of bits may
have additional labels, but no label may have changed; groups and notifications must have the same members. Prints each difference and
exits with 1 if there are any, with 3 if the compiled module is not installed.

Neither module is executed: the compiled one is read as a syntax tree, ours as the Python literal that smidump prints.
"""
import ast
import pathlib
import sys

COMPILED = "/usr/lib/python3/dist-packages/pysnmp_mibs/MIP-MIB.py"
ACCESS = {"noaccess": "noaccess", "readonly": "readonly", "readwrite": "readwrite", "readcreate": "readwrite", "notifyonly": "notifyonly"}
"""smidump's Python output does not distinguish read-create from read-write."""
WRITTEN_AS = {"Integer": "Enumeration"}
CORRECTED = {"mipSecViolatorAddress": "notifyonly"}
"""libsmi's copy of the module, from which the compiled one was made, gives this access where other copies of RFC 2006 have read-only.
A readable object serves managers with either copy."""


def calls(node):
    """The chain of calls `f(…).g(…)` from the inside out: (name, positional arguments)."""
    chain = []
    while isinstance(node, ast.Call):
        function = node.func
        name = function.attr if isinstance(function, ast.Attribute) else function.id
        chain.append((name, node.args, node.keywords))
        node = function.value if isinstance(function, ast.Attribute) else None
    return chain[::-1]


def compiled_syntax(node):
    chain = calls(node)
    name, labels, bounds = chain[0][0], {}, None
    for step, _, keywords in chain[1:]:
        if step != "subtype":
            continue
        for keyword in keywords:
            constraint, arguments, _ = calls(keyword.value)[0]
            if keyword.arg == "namedValues":
                labels = {pair.elts[0].value: pair.elts[1].value for pair in arguments}
            elif constraint in ("ValueRangeConstraint", "ValueSizeConstraint"):
                bounds = tuple(ast.literal_eval(argument) for argument in arguments)
    return WRITTEN_AS.get(name, name), labels, bounds


def compiled_module(path):
    nodes, types = {}, {}
    for statement in ast.parse(path.read_text()).body:
        if isinstance(statement, ast.ClassDef):
            for inner in statement.body:
                if isinstance(inner, ast.Assign) and inner.targets[0].id == "namedValues":
                    types[statement.name] = {pair.elts[0].value: pair.elts[1].value for pair in inner.value.args}
        if not (isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name)):
            continue
        chain = calls(statement.value)
        if not chain or not chain[0][1] or not isinstance(chain[0][1][0], ast.Tuple):
            continue
        arguments = chain[0][1]
        node = {"oid": ".".join(str(number) for number in ast.literal_eval(arguments[0]))}
        if len(arguments) > 1:
            node["syntax"] = compiled_syntax(arguments[1])
        for step, step_arguments, _ in chain[1:]:
            if step == "setMaxAccess":
                node["access"] = ACCESS[step_arguments[0].value]
            elif step == "setIndexNames":
                node["index"] = [ast.literal_eval(index)[2] for index in step_arguments]
            elif step == "setObjects":
                node["members"] = {member[1] for member in ast.literal_eval(step_arguments[0].value)}
        nodes[statement.targets[0].id] = node
    return nodes, types


def our_module(text):
    body = ast.parse(text).body
    module = next((ast.literal_eval(s.value) for s in body if isinstance(s, ast.Assign) and isinstance(s.value, ast.Dict)), None)
    if module is None:
        sys.exit("smidump has printed no module: it cannot read MIP-MIB")
    nodes = {module["moduleName"]: {}}
    for section in ("nodes", "notifications", "groups", "compliances"):
        nodes.update(module.get(section, {}))
    return nodes, module["typedefs"]


def labels(described):
    return {name: int(value["number"]) for name, value in described.items() if isinstance(value, dict) and value.get("nodetype") == "namednumber"}


def our_syntax(node):
    described = node["syntax"]["type"]
    bounds = described.get("range")
    return described.get("name") or described["basetype"], labels(described), bounds and (int(bounds["min"]), int(bounds["max"]))


def differences(theirs, their_types, ours, our_types):
    for name, wanted in theirs.items():
        if name not in ours:
            yield f"{name} ({wanted['oid']}) is missing"
            continue
        found = ours[name]
        if found.get("oid") != wanted["oid"]:
            yield f"{name} is at {found.get('oid')}; in RFC 2006 at {wanted['oid']}"
        if "access" in wanted and found.get("access") != wanted["access"] != CORRECTED.get(name):
            yield f"{name} is {found.get('access')}; in RFC 2006 {wanted['access']}"
        if "index" in wanted and found.get("linkage") != wanted["index"]:
            yield f"{name} has the index {found.get('linkage')}; in RFC 2006 {wanted['index']}"
        if "members" in wanted and "members" in found and set(found["members"]) != wanted["members"]:
            yield f"{name} has different members than in RFC 2006: {', '.join(sorted(set(found['members']) ^ wanted['members']))}"
        if "objects" in found and "members" in wanted and set(found["objects"]) != wanted["members"]:
            yield f"{name} carries different objects than in RFC 2006: {', '.join(sorted(set(found['objects']) ^ wanted['members']))}"
        if "syntax" in wanted:
            kind, named, bounds = our_syntax(found)
            their_kind, their_named, their_bounds = wanted["syntax"]
            if kind.lower() != their_kind.lower():
                yield f"{name} is of type {kind}; in RFC 2006 {their_kind}"
            if bounds != their_bounds and (bounds or their_bounds) and not named and their_bounds != (0, 4294967295):
                yield f"{name} has the range {bounds}; in RFC 2006 {their_bounds}"
            yield from changed_labels(name, their_named, named)
    for name, named in their_types.items():
        yield from changed_labels(name, named, labels(our_types.get(name, {})))


def changed_labels(name, wanted, found):
    for label, number in wanted.items():
        if found.get(label) != number:
            yield f"{name} has {label}({found.get(label, 'absent')}); in RFC 2006 {label}({number})"


def main():
    path = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else COMPILED)
    if not path.exists():
        print(f"{path} does not exist; install Debian's python3-pysnmp4-mibs")
        return 3
    theirs, their_types = compiled_module(path)
    if len(theirs) < 170:
        print(f"cannot read {path}: only {len(theirs)} nodes found")
        return 1
    found = list(differences(theirs, their_types, *our_module(sys.stdin.read())))
    for line in found:
        print(line)
    if not found:
        print(f"{len(theirs)} nodes of RFC 2006 agree")
    return 1 if found else 0


sys.exit(main())
