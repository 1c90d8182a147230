"""Shared code of the benchmark scripts: builds programs, generates input files, and measures runs."""

import os
import subprocess
import sys
import time
import venv
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ECSLINT = ROOT / "target/dist/ecslint"
PARSE = ROOT / "target/dist/examples/parse"
TREE = ROOT / "target/release/examples/tree"


@dataclass(order=True)
class Cost:
    """The cost of one run. The peak memory is that of its largest process."""

    seconds: float
    processor: float
    megabytes: float


def build():
    """Builds the measured programs like a release, and the generator of input files."""
    for arguments in (["--profile", "dist", "--bins", "--example", "parse"], ["--release", "--example", "tree"]):
        subprocess.run(["cargo", "build", *arguments], cwd=ROOT, check=True)


def tree(name, **amounts):
    """A directory of input files, generated unless it exists. The same amounts always give the same files."""
    words = [f"--{key}={value}" for key, value in amounts.items()]
    directory = ROOT / "target/trees" / "-".join([name, *(str(value) for value in amounts.values())])
    if not directory.exists():
        making = directory.with_name(directory.name + ".making")
        subprocess.run(["rm", "-rf", str(making)], check=True)
        subprocess.run([str(TREE), str(making), *words], check=True)
        making.rename(directory)
    return directory


def size(directory, endings=("",)):
    """The number of files with these suffixes below a directory, and their total size in bytes."""
    files = [path for path in directory.rglob("*") if path.is_file() and path.name.endswith(tuple(endings))]
    return len(files), sum(path.stat().st_size for path in files)


def cost(command, directory, allowed=(0, 1)):
    """Runs a command once. Its output is written to a file, as in a pipeline."""
    with open(ROOT / "target/trees/output", "wb") as out:
        begun = time.perf_counter()
        process = subprocess.Popen([str(word) for word in command], cwd=directory, stdout=out, stderr=out)
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in allowed:
        sys.exit(f"{command[0]} exited with status {process.returncode}; see target/trees/output")
    # macOS counts bytes, Linux kilobytes.
    unit = 1 if sys.platform == "darwin" else 1024
    return Cost(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss * unit / 1e6)


def best(command, directory, runs, allowed=(0, 1)):
    """The best of several runs, because other programs can only slow a run down."""
    costs = [cost(command, directory, allowed) for _ in range(runs)]
    return Cost(
        min(one.seconds for one in costs), min(one.processor for one in costs), max(one.megabytes for one in costs)
    )


def installed(*packages):
    """A virtual environment below target/ with these PyPI packages."""
    home = ROOT / "target/compare/venv"
    if not (home / "bin/pip").exists():
        venv.create(home, with_pip=True)
    subprocess.run([home / "bin/pip", "install", "--quiet", "--disable-pip-version-check", *packages], check=True)
    return home


def machine():
    """A one-line description of the machine."""
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "")
    return f"{len(os.sched_getaffinity(0))} cores, {model}"
