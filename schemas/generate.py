#!/usr/bin/env python3
"""Writes the JSON Schemas of the ECS requests from the shapes of botocore's API model and the additions in overlay.toml.

    generate.py [--botocore DIRECTORY]          writes *.schema.json next to this script
    generate.py [--botocore DIRECTORY] --diff   prints what the model would change, and writes nothing
"""

import argparse
import gzip
import json
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).parent
MODEL = "data/ecs/2014-11-13/service-2.json.gz"
JSON_TYPES = {"boolean": "boolean", "integer": "integer", "long": "integer", "float": "number", "double": "number"}
# Each request: its file, its title, and the shapes of responses and updates that may have additional members.
REQUESTS = {
    "RegisterTaskDefinitionRequest": ("task-definition", "Amazon ECS task definition", ["TaskDefinition"]),
    "CreateServiceRequest": ("service", "Amazon ECS service", ["Service", "UpdateServiceRequest"]),
    "RegisterDaemonTaskDefinitionRequest": (
        "daemon-task-definition", "Amazon ECS daemon task definition", ["DaemonTaskDefinition"]
    ),
    "CreateDaemonRequest": ("daemon", "Amazon ECS daemon", ["UpdateDaemonRequest"]),
    "CreateExpressGatewayServiceRequest": (
        "express-service", "Amazon ECS Express service",
        ["ECSExpressGatewayService", "UpdateExpressGatewayServiceRequest"],
    ),
    "CreateGatewayRequest": ("gateway", "Amazon ECS gateway", ["UpdateGatewayRequest"]),
    "CreateCapacityProviderRequest": ("capacity-provider", "Amazon ECS capacity provider", ["CapacityProvider"]),
}


class Generator:
    """Makes the schema of one request."""

    def __init__(self, shapes, overlay):
        self.shapes, self.overlay, self.definitions, self.stale = shapes, overlay, {}, set()

    def request(self, name, title, answers, version):
        """The whole schema of a request."""
        self.structure(name)
        own = self.definitions.pop(name)
        extra = {member for answer in answers for member in self.shapes[answer]["members"]} - set(own["properties"])
        head = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$comment": f"Made by schemas/generate.py from botocore {version} and overlay.toml; edit those.",
            "title": title,
        }
        return {**head, **own, "x-answers": sorted(extra), "$defs": dict(sorted(self.definitions.items()))}

    def structure(self, name):
        """Defines an object and all it refers to."""
        if name in self.definitions:
            return
        shape, laid = self.shapes[name], self.overlay.get(name, {})
        schema = self.definitions[name] = {"description": laid.get("_", self.missing(name)), "type": "object"}
        if shape.get("document"):
            del schema["type"]
            return
        schema["properties"] = {
            member: self.member(name, member, reference["shape"], laid.get(member))
            for member, reference in shape["members"].items()
        }
        if "required" in shape:
            schema["required"] = shape["required"]
        if shape.get("union"):
            schema["minProperties"] = schema["maxProperties"] = 1
        schema["additionalProperties"] = False
        self.stale |= {f"{name}.{member}" for member in laid.keys() - shape["members"].keys() - {"_"}}

    def member(self, name, member, shape, laid):
        """A member: its line first, then what the model says, then what prose adds."""
        laid = {"description": laid} if isinstance(laid, str) else dict(laid or {})
        schema = {"description": laid.pop("description", self.missing(f"{name}.{member}")), **self.schema(shape)}
        if "items" in laid:
            laid["items"] = {**schema["items"], **self.named(laid["items"])}
        return {**schema, **laid}

    def named(self, words):
        """Words whose values stand in the tables of lists and patterns."""
        tables = {"enum": "lists", "pattern": "patterns"}
        return {word: self.overlay[tables[word]][value] for word, value in words.items()}

    def schema(self, name):
        """What the model says of a shape."""
        shape = self.shapes[name]
        kind = shape["type"]
        if kind == "structure":
            self.structure(name)
            return {"$ref": f"#/$defs/{name}"}
        if kind == "list":
            limits = {"minItems": shape.get("min") or None, "maxItems": shape.get("max")}
            return {"type": "array", "items": self.schema(shape["member"]["shape"]), **given(limits)}
        if kind == "map":
            return {"type": "object", "additionalProperties": self.schema(shape["value"]["shape"])}
        if kind == "string":
            # The model's patterns use Unicode classes that validators do not support consistently.
            limits = {"minLength": shape.get("min") or None, "maxLength": shape.get("max")}
            return {"type": "string", **given({"enum": shape.get("enum"), **limits})}
        return {"type": JSON_TYPES[kind], **given({"minimum": shape.get("min"), "maximum": shape.get("max")})}

    def missing(self, what):
        """A placeholder for a description that is missing in overlay.toml."""
        return Undescribed(what)


class Undescribed(str):
    """The name of something that overlay.toml says nothing of."""


def given(words):
    """The words that have a value."""
    return {word: value for word, value in words.items() if value is not None}


def undescribed(schema):
    """Everything in the schema that overlay.toml says nothing of."""
    if isinstance(schema, Undescribed):
        yield schema
    for inner in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else []:
        yield from undescribed(inner)


def facts(schema, path=""):
    """The schema as a flat table, for comparing; the words of people are no part of it."""
    if isinstance(schema, dict):
        for key, inner in schema.items():
            if key not in ("description", "$comment", "x-rule", "x-absence") or isinstance(inner, dict):
                yield from facts(inner, f"{path}/{key}")
    elif isinstance(schema, list):
        for inner in schema:
            yield from facts(inner, path)
    else:
        yield f"{path.removeprefix('/').replace('$defs/', '').replace('/properties', '')} {json.dumps(schema)}"


def botocore(directory):
    """The directory of botocore, and its version."""
    if directory is None:
        import botocore as installed

        return Path(installed.__file__).parent, installed.__version__
    text = (Path(directory) / "__init__.py").read_text()
    return Path(directory), text.split("__version__ = '")[1].split("'")[0]


def main():
    """Writes the schemas, or says what would change."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--botocore", help="the directory of the package, where it is not installed")
    parser.add_argument("--diff", action="store_true", help="say what the model would change")
    arguments = parser.parse_args()
    directory, version = botocore(arguments.botocore)
    with gzip.open(directory / MODEL) as model:
        shapes = json.load(model)["shapes"]
    overlay = tomllib.loads((HERE / "overlay.toml").read_text())
    lacking, stale = set(), set()
    for request, (stem, title, answers) in REQUESTS.items():
        generator = Generator(shapes, overlay)
        schema = generator.request(request, title, answers, version)
        path = HERE / f"{stem}.schema.json"
        lacking |= set(undescribed(schema))
        stale |= generator.stale
        if arguments.diff:
            before, after = set(facts(json.loads(path.read_text()))), set(facts(schema))
            for mark, lines in (("-", before - after), ("+", after - before)):
                print("".join(f"{mark} {stem}: {line}\n" for line in sorted(lines)), end="")
        elif not lacking | stale:
            path.write_text(json.dumps(schema, indent=2, ensure_ascii=False) + "\n")
    if lacking | stale:
        said = {"nothing of": lacking, "something of what is gone:": stale}
        sys.exit("\n".join(f"overlay.toml says {what} {', '.join(sorted(names))}" for what, names in said.items() if names))


if __name__ == "__main__":
    main()
