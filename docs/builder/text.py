"""Markdown text."""

import sys


def fill(path, name, text):
    """Replaces the marker in a page with generated text."""
    page = path.read_text(encoding="utf-8")
    mark = f"<!-- {name} -->"
    if mark not in page:
        sys.exit(f"{path.name} has no marker {mark}")
    path.write_text(page.replace(mark, text.strip()), encoding="utf-8")


def cell(text):
    return escaped(text).replace("|", "\\|")


def escaped(text):
    """Escapes angle brackets outside code, which would be HTML."""
    parts = text.split("`")
    return "`".join(part if index % 2 else part.replace("<", "&lt;") for index, part in enumerate(parts))


def table(head, rows):
    """The lines of a table."""
    lines = [head, ["---"] * len(head), *rows]
    return ["| " + " | ".join(line) + " |" for line in lines]
