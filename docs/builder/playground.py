"""The playground in the book: links that open the bad examples of a rule page in it, and its files, which playground/build builds."""

import base64
import json
import os
import shutil
import sys
import zlib
from pathlib import Path

from builder.program import ROOT

BUILT = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "playground"
NAMES = {"hcl": "main.tf", "yaml": "stack.yaml"}


def bad_examples(page):
    """The files of each bad example of a rule page: names and texts."""
    examples, current = [], None
    lines = iter(page.splitlines())
    for line in lines:
        if not line.startswith("```"):
            continue
        language, *words = line[3:].split()
        text = "".join(f"{inner}\n" for inner in iter(lambda: next(lines), "```"))
        if words[:1] == ["and"]:
            current.append([words[1], text])
        elif words:
            current = [[words[1] if len(words) > 1 else NAMES.get(language, "task.json"), text]]
            examples += [current] if words[0] == "bad" else []
    return examples


def link(files):
    """An HTML link that opens files in the playground, from a page in a folder of the book. web/permalink.ts reads it."""
    compressor = zlib.compressobj(9, wbits=-15)
    data = json.dumps(files, ensure_ascii=False, separators=(",", ":")).encode()
    data = compressor.compress(data) + compressor.flush()
    fragment = base64.urlsafe_b64encode(data).decode().rstrip("=")
    return f'<a class="try" href="../playground/index.html#1.{fragment}">Open in the playground</a>'


def links(page):
    """The links for the bad examples of a rule page, in their order."""
    return map(link, bad_examples(page))


def copy(book):
    """Copies the built playground into the sources of the book."""
    if (BUILT / "index.html").exists():
        shutil.copytree(BUILT, book / "playground")
    else:
        print("The book has no playground: run playground/build first.", file=sys.stderr)
