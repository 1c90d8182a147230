#!/usr/bin/env python3
"""Compares the models of published modules with the modules' own sources. It is not a part of `cargo test`, because it needs
checkouts of the modules.

    tests/models/compare.py ECSLINT CHECKOUTS [CALL...]

CHECKOUTS/<owner>/<name> are git repositories. Each file in `calls` names the repository, the tags, and the call: the same call
is evaluated once with the source on disk and once with the model, and every modelled argument whose known value differs is
reported. The table at the end has, for each tag, the number of resources and of values:

    same      known in both, with the same value
    differs   known in both, with different values, or a value that the source leaves unset
    open      not known in the model; this is always allowed
    more      known in the model, but not from the source: the evaluator cannot compute it there
    extra     resources that the model has and the source does not
    left out  resources of the source that the model does not have
"""

import io
import json
import pathlib
import subprocess
import sys
import tarfile
import tempfile

CALLS = pathlib.Path(__file__).parent / "calls"


def header(path):
    """The repository, the tags, and the other repositories that the first lines of a file name."""
    lines = [line[1:].split() for line in path.read_text().splitlines() if line.startswith("#")]
    repository, *tags = lines[0]
    others = [line[1:] for line in lines[1:] if line and line[0] == "uses"]
    return repository, tags, others


def extract(checkouts, repository, tag, target):
    archive = subprocess.run(
        ["git", "-C", checkouts / repository, "archive", tag], capture_output=True, check=True
    ).stdout
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        tar.extractall(target, filter="data")


def shown(binary, directory):
    run = subprocess.run([binary, "show", "."], cwd=directory, capture_output=True, text=True, check=True)
    return {resource["address"]: resource["request"] for resource in json.loads(run.stdout or "[]") if "address" in resource}


def is_unknown(value):
    return isinstance(value, dict) and "$unknown" in value


def is_hidden(value):
    return isinstance(value, str) and "********" in value


def is_unset(value):
    return value in (None, "", [], {})


def is_open(value):
    return is_unknown(value) or isinstance(value, list) and value and all(map(is_unknown, value))


class Count:
    def __init__(self):
        self.same = self.differs = self.open = self.more = self.extra = self.left_out = 0
        self.lines = []

    def compare(self, path, real, model):
        """Compares a value; `model` is what the model has."""
        if model == real:
            self.same += 1
        elif is_open(model) or model is None and is_unknown(real):
            self.open += 1
        elif is_hidden(model) or is_hidden(real):
            # The source marks its outputs as sensitive.
            self.same += 1
        elif is_unknown(real):
            self.more += 1
            self.lines.append(f"    more: {path}: {json.dumps(model)[:90]}, the source: {json.dumps(real)[:90]}")
        elif isinstance(model, dict) and isinstance(real, dict):
            for key, value in model.items():
                if not key.startswith("$"):
                    self.compare(f"{path}.{key}", real.get(key), value)
            self.open += sum(key not in model and not key.startswith("$") for key in real)
        elif isinstance(model, list) and isinstance(real, list) and len(model) == len(real):
            for index, (one, other) in enumerate(zip(real, model)):
                self.compare(f"{path}[{index}]", one, other)
        elif model == real or is_unset(model) and is_unset(real) or str(model) == str(real):
            self.same += 1
        else:
            self.differs += 1
            self.lines.append(f"  DIFFERS: {path}: {json.dumps(model)[:150]}, the source: {json.dumps(real)[:150]}")


def compare(binary, checkouts, path, tag):
    repository, _, others = header(path)
    with tempfile.TemporaryDirectory() as temporary:
        modelled, real = pathlib.Path(temporary, "model"), pathlib.Path(temporary, "real")
        text = path.read_text().replace("VERSION", tag.lstrip("v"))
        for directory in (modelled, real):
            directory.mkdir()
            (directory / ".git").mkdir()
            (directory / "main.tf").write_text(text)
        modules = real / ".terraform" / "modules"
        extract(checkouts, repository, tag, modules / "m")
        listed = []
        for call in subprocess.run(["grep", "-oP", r'^module "\K[^"]+', "main.tf"], cwd=real, capture_output=True, text=True).stdout.split():
            part = text.split(f'module "{call}"')[1].split("source")[1].split('"')[1].partition("//")[2]
            listed.append({"Key": call, "Dir": f".terraform/modules/m/{part}".rstrip("/")})
            for name, other, other_tag in others:
                extract(checkouts, other, other_tag, modules / name)
                listed.append({"Key": f"{call}.{name}", "Dir": f".terraform/modules/{name}"})
        (modules / "modules.json").write_text(json.dumps({"Modules": listed}))
        ours, theirs = shown(binary, modelled), shown(binary, real)
    count = Count()
    for address in sorted(ours.keys() | theirs.keys()):
        if address not in theirs:
            count.extra += 1
            count.lines.append(f"  EXTRA: {address}")
        elif address not in ours:
            count.left_out += 1
            count.lines.append(f"    left out: {address}")
        else:
            count.compare(address, theirs[address], ours[address])
    print(f"{path.stem} {tag}")
    print("\n".join(count.lines))
    return count, len(ours)


def main():
    binary, checkouts = sys.argv[1], pathlib.Path(sys.argv[2])
    names = sys.argv[3:]
    rows = []
    for path in sorted(CALLS.glob("*.tf")):
        if names and path.stem not in names:
            continue
        for tag in header(path)[1]:
            count, resources = compare(binary, checkouts, path, tag)
            rows.append((f"{path.stem} {tag}", resources, count))
    print("| module | resources | same | differs | open | more | extra | left out |")
    print("|---|---|---|---|---|---|---|---|")
    for name, resources, count in rows:
        numbers = [resources, count.same, count.differs, count.open, count.more, count.extra, count.left_out]
        print(f"| {name} | " + " | ".join(map(str, numbers)) + " |")
    return any(count.differs or count.extra for _, _, count in rows)


if __name__ == "__main__":
    sys.exit(main())
