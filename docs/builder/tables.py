"""Pages from tables and schemas: settings, the JSON report, the checks of other linters, and the errors of AWS."""

import csv
import json

from builder.program import ROOT
from builder.text import cell, escaped, table
from builder.topics import TOPICS

# The most likely previous linters, with the version that was compared; all others follow.
FIRST = {
    "cfn-lint": "1.58", "checkov": "3.3", "tflint": "ruleset-aws 0.48", "trivy": "", "KICS": "", "cdk-preflight": "",
    "Security Hub": "",
}


def rows_of(path):
    with open(ROOT / path, encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text, delimiter="\t", quoting=csv.QUOTE_NONE))


def schema_of(name):
    return json.loads((ROOT / "schemas" / name).read_text(encoding="utf-8"))


def settings():
    """Every setting in the schema, and every key of its tables."""
    schema = schema_of("ecslint.schema.json")
    lines = ["## All settings", ""]
    for name, what in schema["properties"].items():
        items = what.get("items", {}).get("properties")
        lines += [f"### `{'[[' + name + ']]' if items else name}`", "", described(schema, what), ""]
        for key, inner in (items or {}).items():
            lines.append(f"- `{key}`: {described(schema, inner)}")
        if items:
            lines.append("")
    return "\n".join(lines)


def described(schema, what):
    """The description of a setting in the schema, with that of its type."""
    kind = schema["definitions"].get(what.get("$ref", "").rsplit("/", 1)[-1], {})
    said = [what.get("description", ""), kind.get("description", "")]
    levels = kind.get("additionalProperties")
    if isinstance(levels, dict):
        said.append("Levels: " + ", ".join(f"`{level}`" for level in levels["enum"]) + ".")
    return escaped(" ".join(part if part.endswith((".", "`")) else part + "." for part in said if part))


def report():
    """Every member of the JSON report, with its path."""
    schema = schema_of("report.schema.json")
    return "\n".join(table(["member", "meaning"], list(members(schema, schema, "", set()))))


def members(schema, what, path, shown):
    """The members of an object below a path. The members of a type are listed once, where it is used first."""
    for name, inner in what["properties"].items():
        item = inner.get("items", {})
        reference = (item if "items" in inner else inner).get("$ref", "").rsplit("/", 1)[-1]
        kind = schema["$defs"].get(reference, item or inner)
        here = path + name + ("[]" if "items" in inner else "")
        said = inner.get("description") or kind.get("description") or ""
        values = ", ".join(f"`{value}`" for value in kind.get("enum", []))
        if said:
            yield [f"`{here}`", f"{escaped(said)} {values}".strip()]
        if "properties" in kind and reference not in shown:
            shown.update(filter(None, [reference]))
            yield from members(schema, kind, here + ".", shown)


def migrating():
    rows = rows_of("tests/peers.tsv")
    lines = []
    for peer in dict.fromkeys([*FIRST, *(row["peer"] for row in rows)]):
        of_it = [row for row in rows if row["peer"] == peer]
        found = sum(1 for row in of_it if row["rules"])
        lines += [f"## {peer} {FIRST.get(peer, '')}".strip(), ""]
        lines += [f"ecslint has a rule for {found} of {len(of_it)} checks.", ""]
        lines += [*table(["check", "ecslint rule"], [peer_row(row) for row in of_it]), ""]
    return "\n".join(lines)


def peer_row(row):
    here = [f"[{name}](rules/{name}.md)" for name in row["rules"].split()] or ["–"]
    note = [cell(row["note"])] if row["note"] else []
    finds = f"<br>{cell(row['finds'])}" if row["finds"] else ""
    return [f"`{row['check']}`{finds}", "<br>".join(here + note)]


def errors(rules):
    """Every known error of AWS, by the topic of the first rule that finds it, with its cause and all of these rules."""
    claims = {}
    for rule in rules:
        for row in rule.front.get("evidence", "").split(","):
            claims.setdefault(row.strip(), []).append(rule.name)
    named = {rule.name: rule for rule in rules}
    topics, other = {topic: [] for topic in TOPICS}, []
    rows = [row for row in rows_of("rules/errors.tsv") if row["answers"]]
    for row in sorted(rows, key=lambda row: row["answers"].lower()):
        finders = [named[name] for name in dict.fromkeys([*row["rules"].split(), *claims.get(row["row"], [])])]
        (topics[finders[0].topics[0]] if finders else other).extend(error(row, finders))
    sections = {TOPICS[topic][0]: lines for topic, lines in topics.items()}
    sections["Errors that do not show in files"] = other
    return "\n".join(line for title, lines in sections.items() if lines for line in [f"## {title}", "", *lines])


def error(row, finders):
    # A `~` before an error says that it has other causes, too.
    first, *more = (answer.removeprefix("~ ") for answer in row["answers"].split(" | "))
    lines = [f"### {escaped(first)}", ""]
    lines += [f"- Also: {escaped(answer)}" for answer in more] + ([""] if more else [])
    lines += [f"{'One cause' if '~ ' in row['answers'] else 'Cause'}: {escaped(row['condition'])}.", ""]
    found = [f"- {rule.link()}: {cell(rule.title)}" for rule in finders]
    return [*lines, *(found or [f"Not visible in files: {escaped(row['reason'])}."]), ""]
