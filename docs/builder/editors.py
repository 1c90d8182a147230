"""The setup of each editor, from the table in editors/README.md and the files that it links to."""

import re

from builder.program import ROOT
from builder.rules import REPOSITORY

LANGUAGES = {".lua": "lua", ".vim": "vim", ".toml": "toml", ".el": "lisp", ".json": "json", ".sublime-settings": "json"}


def editors():
    text = (ROOT / "editors/README.md").read_text(encoding="utf-8")
    _, table, below = re.split(r"((?:^\|.*\n)+)", text, maxsplit=1, flags=re.MULTILINE)
    lines = []
    for row in table.splitlines()[2:]:
        editor, setup = (part.strip() for part in row.strip("|").split(" | ", 1))
        lines += [f"## {editor}", "", linked(setup[:1].upper() + setup[1:]) + ".", ""]
        for path in re.findall(r"\]\((\S+?)\)", setup):
            lines += shown(ROOT / "editors" / path)
    return "\n".join([*lines, "## How this is tested", "", linked(below.strip())])


def shown(path):
    """A file of settings as a block of code, or the text of a README file."""
    if path.name == "README.md":
        text = path.read_text(encoding="utf-8").split("\n", 1)[1]
        return [text.replace("\n## ", "\n### ").strip(), ""]
    language = LANGUAGES.get(path.suffix) if path.is_file() else None
    return [f"```{language}", path.read_text(encoding="utf-8").strip(), "```", ""] if language else []


def linked(text):
    """Text of editors/README.md, with links to the repository."""
    return re.sub(r"\]\((?!https)(\S+?)\)", rf"]({REPOSITORY}/blob/main/editors/\1)", text)
