#!/usr/bin/env python3
"""Generates the list of arguments and blocks of Terraform's AWS provider, for the resources that ecslint reads.

    generate-provider.py            writes provider.json next to this script; npm fetches the packages into target/provider

The resources and data sources are listed in provider-types.txt. Their arguments come from the npm packages
@cdktf/provider-aws and its successor @cdktn/provider-aws, which are generated from the provider's own schema. A name in
any of these versions is accepted, so that configurations for older providers are supported, too.
"""

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
# One type per line; a data source begins with `data.`.
TYPES = HERE / "provider-types.txt"


def archive(package):
    """Returns the archive of a package, and fetches it if needed."""
    folder = HERE.parent / "target/provider" / re.sub(r"\W", "-", package)
    if not folder.exists():
        folder.mkdir(parents=True)
        subprocess.run(["npm", "pack", "--silent", package], cwd=folder, check=True)
    return next(folder.glob("*.tgz"))


def members(text, start):
    """Returns the entries of the object literal that the function at `start` returns, each with its expression."""
    body = re.compile(r"return \{\n(.*?)\n    \s*\};", re.S).search(text, start)
    return re.findall(r"^\s+(\w+): (.*),$", body[1], re.M) if body else []


def block(text, expression, above=()):
    """Returns the names in the block that an expression creates, or None for a plain argument."""
    made = re.search(r"(?<![.\w])(\w+)ToTerraform", expression.replace("cdktf.", "."))
    if not made or made[1] in above:
        return None
    start = text.find(f"function {made[1]}ToTerraform(struct")
    return None if start < 0 else names(text, start, (*above, made[1]))


def names(text, start, above=()):
    return {name: block(text, expression, above) for name, expression in members(text, start)}


def union(one, other):
    """Returns all names of both."""
    if not one or not other:
        return one or other
    return {name: union(one.get(name), other.get(name)) for name in one.keys() | other.keys()}


def resources(package, wanted):
    """Yields the resources of a package, each with its names and the provider's version."""
    with tarfile.open(archive(package)) as files:
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
                yield kind, names(text, start), version and version[1]


def main():
    wanted, found, newest = set(TYPES.read_text().split()), {}, None
    for package in PACKAGES:
        for kind, arguments, version in resources(package, wanted):
            found[kind] = union(found.get(kind), arguments)
            newest = version or newest
    for kind in sorted(wanted - found.keys()):
        print(f"no package contains {kind}")
    written = {"version": newest, "resources": found}
    (HERE / "provider.json").write_text(json.dumps(written, indent=1, sort_keys=True) + "\n")


main()
