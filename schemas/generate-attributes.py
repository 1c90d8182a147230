#!/usr/bin/env python3
"""Writes three files for the resource types in types.rs: cloudformation-attributes.tsv has the attributes that Fn::GetAtt returns,
cloudformation-required.tsv the properties that CloudFormation requires, and cloudformation-properties.tsv those that it knows, by
the path of the object that has them. Types with a request schema of their own are not in the last one.

    generate-attributes.py CFNLINT

CFNLINT is a directory that has the Python package cfn-lint, which contains CloudFormation's schemas of all types.
"""

import pathlib
import re
import sys

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, sys.argv[1])

from cfnlint.schema import PROVIDER_SCHEMA_MANAGER, ResourceNotFoundError  # noqa: E402

# Their requests are checked with the schemas of the API. Templates of AWS give a task set `AwsvpcConfiguration`, which its schema does not
# have.
CHECKED = ["TaskDefinition", "Service", "CapacityProvider", "ExpressGatewayService", "DaemonTaskDefinition", "Daemon", "TaskSet"]


def resolved(node, schema, seen):
    """The definition that a node refers to, and the references to it; None if it contains itself."""
    while "$ref" in node:
        if node["$ref"] in seen:
            return None, seen
        seen = [*seen, node["$ref"]]
        target = schema
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        node = target
    return node, seen


def properties(path, node, schema, seen):
    """Each object that has only certain properties: its path, and their names."""
    node, seen = resolved(node, schema, seen)
    if node and "items" in node:
        yield from properties(path, node["items"], schema, seen)
    elif node and node.get("additionalProperties") is False and "properties" in node:
        yield path, sorted(node["properties"])
        for name, inner in node["properties"].items():
            yield from properties(f"{path}.{name}" if path else name, inner, schema, seen)


source = (HERE / "../src/frontend/cloudformation/types.rs").read_text()
lines = []
required = []
known = []
for kind in sorted(set(re.findall(r'"(AWS::\w+::\w+)"', source))):
    try:
        schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", kind)
    except ResourceNotFoundError:
        continue
    lines.append("\t".join([kind, " ".join(sorted(schema.get_atts))]) + "\n")
    if names := schema.schema.get("required"):
        required.append("\t".join([kind, " ".join(sorted(names))]) + "\n")
    if kind.removeprefix("AWS::ECS::") not in CHECKED:
        for path, names in properties("", schema.schema, schema.schema, []):
            known.append("\t".join([kind, path, " ".join(names)]) + "\n")
(HERE / "cloudformation-properties.tsv").write_text("".join(known))
(HERE / "cloudformation-required.tsv").write_text("".join(required))
(HERE / "cloudformation-attributes.tsv").write_text("".join(lines))
