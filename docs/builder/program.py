"""The ecslint program: its rules, its help, and what it prints for the examples on pages."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from builder import terminal
from builder.text import cell, escaped, table

ROOT = Path(__file__).resolve().parents[2]
FENCE = r"```(\w+)\n(.*?)```\n"


class Program:
    def __init__(self, path):
        self.path = Path(path).resolve()

    def run(self, *arguments):
        environment = {**os.environ, "COLUMNS": "1000", "NO_COLOR": "1"}
        done = subprocess.run([self.path, *arguments], cwd=ROOT, capture_output=True, check=True, env=environment)
        return done.stdout.decode("utf-8")

    def rules(self):
        return json.loads(self.run("rules", "--format", "json"))

    def commands(self):
        """Each command with its description, in the order of the help."""
        listed = self.run("--help").split("Commands:\n", 1)[1].split("\n\n", 1)[0]
        pairs = (line.split(None, 1) for line in listed.splitlines())
        return {name: about for name, about in pairs}

    def session(self, commands, directory, status):
        """What a terminal shows after some shell commands in a directory; the last of them must end with a status."""
        environment = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
        path = f"{self.path.parent}{os.pathsep}{os.environ['PATH']}"
        environment.update(FORCE_COLOR="1", PATH=path)
        shown = ""
        for command in commands:
            done = subprocess.run(
                ["sh", "-c", command], cwd=directory, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
            )
            shown += f"$ {command}\n" + done.stdout.decode("utf-8")
        if done.returncode != status:
            sys.exit(f"`{commands[-1]}` ended with status {done.returncode}, not {status}:\n{shown}")
        return shown


def with_output(page, program):
    """A page in which each block of commands after `<!-- run -->` is followed by what the commands print.

    `<!-- run: examples/fargate-alb -->` runs them in a copy of that directory. Without one, they run in a directory with the
    blocks of the page so far that follow `<!-- file: NAME -->`. `status 1` after it states how the last command ends."""
    scratch = tempfile.TemporaryDirectory()
    mark = re.compile(r"<!-- (file|run)(?:: (\S+))?(?: status (\d))? -->\n+" + FENCE, re.DOTALL)

    def shown(match):
        kind, name, status, language, text = match.groups()
        if kind == "file":
            file = Path(scratch.name) / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
            return f"`{name}`:\n\n```{language}\n{text}```\n"
        lines = text.splitlines()
        if not all(line.startswith("$ ") for line in lines):
            sys.exit(f"not a command: {text}")
        with tempfile.TemporaryDirectory() as copy:
            directory = Path(copy) / "copy"
            shutil.copytree(ROOT / name if name else scratch.name, directory)
            return terminal.html(program.session([line[2:] for line in lines], directory, int(status or 0)))

    return mark.sub(shown, page)


def command_index(commands):
    rows = [[f"[ecslint {name}](commands/{name}.md)", cell(about)] for name, about in commands.items()]
    return "\n".join(["# The commands", "", *table(["command", "description"], rows)]) + "\n"


def command_page(name, text):
    """The help of a command, with a heading for each argument and option."""
    about, rest = text.split("\n\n", 1)
    lines = [f"# ecslint {name}", "", about, ""]
    title, values = None, False
    for line in rest.splitlines():
        words = line.strip()
        indent = len(line) - len(line.lstrip())
        option = re.fullmatch(r"\s{2,6}((-|\[|<).*?)(\s{2,}(.*))?", line)
        if line.startswith("Usage: "):
            lines += ["```text", words.removeprefix("Usage: "), "```", ""]
        elif indent == 0 and words:
            title, values = words.rstrip(":"), False
            lines += [f"## {title}", ""]
        elif option and indent <= 6 and title:
            values = False
            lines += [f"### `{option[1]}`", ""] + ([escaped(option[4]), ""] if option[4] else [])
        elif words == "Possible values:":
            values = True
            lines += [words, ""]
        elif values and words.startswith("- "):
            value, _, meaning = words[2:].partition(":")
            lines.append(f"- `{value.strip()}`" + (f": {escaped(meaning.strip())}" if meaning else ""))
        elif words:
            default = re.fullmatch(r"\[(default|possible values): (.*)\]", words)
            lines += [f"{default[1].capitalize()}: `{default[2]}`" if default else escaped(words), ""]
        elif values:
            lines.append("")
            values = False
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"
