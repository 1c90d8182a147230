#!/usr/bin/env python3
"""Writes the arguments and blocks in Terraform's AWS provider for the resources that ecslint reads: their names, which
are required, and which blocks are single.

    generate-provider.py            writes provider.json next to this script; npm fetches the packages into target/provider

The resources and data sources are those of provider-types.txt. Their arguments come from the npm packages
@cdktf/provider-aws and its successor @cdktn/provider-aws, which are generated from the provider's own schema. A name
is accepted if any of these versions has it, so that configurations for older providers are supported too. It is
required if all versions require it, and removed if the newest major version does not have it. A block is single if the
newest version accepts it at most once.
"""

import gzip
import io
import json
import re
import subprocess
import tarfile
from pathlib import Path

HERE = Path(__file__).parent
# Versions 3 to 6 of the provider; the last package is the newest.
PACKAGES = [
    *(f"@cdktf/provider-aws@{major}" for major in (0, 1, 5, 9, 12, 15, 18, 19, 21)),
    "@cdktn/provider-aws@25.7.0",
]
# Those of the newest major version.
CURRENT = PACKAGES[-2:]
# One type per line; a data source begins with `data.`.
TYPES = HERE / "provider-types.txt"


def archive(package):
    """The package's archive, fetched unless it is there."""
    folder = HERE.parent / "target/provider" / re.sub(r"\W", "-", package)
    if not folder.exists():
        folder.mkdir(parents=True)
        subprocess.run(["npm", "pack", "--silent", package], cwd=folder, check=True)
    return next(folder.glob("*.tgz"))


def members(text, start):
    """The entries of the object literal that the function beginning at `start` returns, each with its expression."""
    body = re.compile(r"return \{\n(.*?)\n    \s*\};", re.S).search(text, start)
    return re.findall(r"^\s+(\w+): (.*),$", body[1], re.M) if body else []


class Source:
    """The code of a resource, with its type declarations."""

    def __init__(self, code, types):
        self.code = code
        self.interfaces = dict(re.findall(r"export interface (\w+)\b.*?\{\n(.*?)\n\}", types, re.S))

    def declared(self, interface):
        """The members of an interface: the name in camel case, `?` if it is optional, and the type."""
        found = re.findall(r"readonly (\w+)(\??): (.*)", self.interfaces.get(interface, ""))
        return {name: (optional, kind) for name, optional, kind in found}

    def block(self, expression, above=()):
        """The block that an expression makes, or None for a plain argument."""
        made = re.search(r"(?<![.\w])(\w+)ToTerraform", expression.replace("cdktf.", "."))
        if not made or made[1] in above:
            return None
        start = self.code.find(f"function {made[1]}ToTerraform(struct")
        interface = made[1][0].upper() + made[1][1:]
        return None if start < 0 else self.arguments(start, interface, (*above, made[1]))

    def arguments(self, start, interface, above=()):
        """The arguments and blocks of the object that is made at `start`, by name."""
        declared, found = self.declared(interface), {}
        for name, expression in members(self.code, start):
            camel = re.search(r"(?:this\._|struct!?\.)(\w+)", expression)
            optional, kind = declared.get(camel and camel[1], ("?", "[]"))
            block = self.block(expression, above)
            found[name] = {
                "block": block,
                "is_required": not optional,
                # The first packages declare every block as a list.
                "is_single": block is not None and "[]" not in kind,
            }
        return found


def names(arguments):
    """The names alone; None for a plain argument."""
    return {name: None if it["block"] is None else names(it["block"]) for name, it in arguments.items()}


def union(one, other):
    """All names of both."""
    if not one or not other:
        return one or other
    return {name: union(one.get(name), other.get(name)) for name in one.keys() | other.keys()}


def removed(ever, now, path):
    """The names that the newest versions do not have any more, for the resource and each block in it, by path."""
    found = {path: ever.keys() - now.keys()}
    for name in ever.keys() & now.keys():
        if ever[name] and now[name]:
            found |= removed(ever[name], now[name], f"{path}/{name}")
    return found


def facts(arguments, key, path):
    """The names of the arguments with a fact, for the resource and each block in it, by path."""
    own = {name for name, it in arguments.items() if it[key]}
    found = {path: own}
    for name, it in arguments.items():
        if it["block"] is not None:
            found |= facts(it["block"], key, f"{path}/{name}")
    return found


def resources(package, wanted):
    """The resources of a package, each with its arguments, and the provider's version."""
    # Seeking in a compressed archive would decompress it again from its start.
    plain = io.BytesIO(gzip.decompress(archive(package).read_bytes()))
    with tarfile.open(fileobj=plain) as files:
        types = {}
        for member in files:
            if member.name.endswith(".d.ts"):
                types[member.name.removesuffix(".d.ts")] = member
        for member in files:
            if not member.name.endswith(".js"):
                continue
            text = files.extractfile(member).read().decode()
            kind = re.search(r"""terraformResourceType: ['"](\w+)['"]""", text)
            start = text.find("    synthesizeAttributes() {")
            if not kind or start < 0:
                continue
            kind = f"data.{kind[1]}" if "/data-aws-" in member.name else kind[1]
            version = re.search(r"providerVersion: '([\d.]+)'", text)
            if kind in wanted:
                declared = files.extractfile(types[member.name.removesuffix(".js")]).read().decode()
                interface = re.search(r"export interface (\w+Config) extends", declared)
                source = Source(text, declared)
                yield kind, source.arguments(start, interface[1] if interface else ""), version and version[1]


def main():
    wanted, found, newest = set(TYPES.read_text().split()), {}, None
    required, single, current = {}, {}, {}
    for package in PACKAGES:
        for kind, arguments, version in resources(package, wanted):
            found[kind] = union(found.get(kind), names(arguments))
            newest = version or newest
            if package in CURRENT:
                current[kind] = union(current.get(kind), names(arguments))
            # What every version with this resource or block requires.
            for path, own in facts(arguments, "is_required", kind).items():
                required[path] = required.get(path, own) & own
            # What the newest version with this resource or block accepts at most once.
            single |= facts(arguments, "is_single", kind)
    for kind in sorted(wanted - found.keys()):
        print(f"no package has {kind}")
    listed = lambda facts: {path: sorted(own) for path, own in facts.items() if own}
    gone = {}
    for kind in found.keys() & current.keys():
        gone |= removed(found[kind], current[kind], kind)
    written = {
        "version": newest,
        "resources": found,
        "required": listed(required),
        "single": listed(single),
        "removed": listed(gone),
    }
    (HERE / "provider.json").write_text(json.dumps(written, indent=1, sort_keys=True) + "\n")


main()
