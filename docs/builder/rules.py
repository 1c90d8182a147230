"""The pages of the rules, their index, and a page for each topic."""

import re
import sys

from builder import playground
from builder.program import ROOT
from builder.text import cell, table
from builder.topics import TOPICS

REPOSITORY = "https://github.com/ecslint/ecslint"
VERDICTS = {"bad": "Reported", "good": "Not reported", "unknown": "Unknown, so not reported"}
# A rule about a request applies to every format, so an example in JSON is enough.
LANGUAGES = {"Terraform": ("hcl", "json"), "CloudFormation": ("yaml", "json"), "JSON": ("json",)}


class Rule:
    """A rule: what the program says about it, and its page."""

    def __init__(self, listed):
        self.name, self.title, self.category = listed["name"], listed["title"], listed["category"]
        self.level, self.since, self.fix = listed["level"], listed["since"], listed["fix"] or ""
        text = (ROOT / "rules" / f"{self.name}.md").read_text(encoding="utf-8")
        _, front, body = text.split("---\n", 2)
        self.front = dict(line.split(": ", 1) for line in front.splitlines())
        self.body = body.strip()
        self.topics = self.front.get("topic", "").split(", ")
        unknown = [topic for topic in self.topics if topic not in TOPICS]
        if unknown:
            sys.exit(f"rules/{self.name}.md: unknown topic `{unknown[0]}`: expected one of {', '.join(TOPICS)}")

    def formats(self):
        """The formats in which the problem occurs."""
        bad = {line[3:].split()[0] for line in self.body.splitlines() if re.match(r"```\w+ bad", line)}
        derived = [name for name, languages in LANGUAGES.items() if bad.intersection(languages)]
        return self.front["formats"].split(", ") if "formats" in self.front else derived

    def link(self, base=""):
        return f"[{self.name}]({base}rules/{self.name}.md)"


def sentence(title):
    return title[:1].upper() + title[1:]


def rule_page(rule):
    """A rule page, with headings instead of the annotations that its fences have for the tests."""
    out, waiting, section = [], [], "Why"
    links = playground.links(rule.body)
    for block in blocks(rule.body.splitlines()[1:]):
        if block[0].startswith("See ") and section != "Why":
            out, waiting, section = [*out, *waiting, "## References", ""], [], "References"
        if not block[0].startswith("```"):
            waiting += [*(line.replace("](../", f"]({REPOSITORY}/blob/main/") for line in block), ""]
            continue
        language, *words = block[0][3:].split()
        if words and words[0] in VERDICTS and VERDICTS[words[0]] != section:
            if section == "Why":
                # The text before the first example describes the rule.
                out, waiting = [*out, *waiting], []
            section = VERDICTS[words[0]]
            out += [f"## {section}", ""]
        out += [*waiting, *fence(language, words, block[1:], next(links) if words[:1] == ["bad"] else "")]
        waiting = []
    return "\n".join([*head(rule), *out, *waiting]).strip() + "\n"


def head(rule):
    topics = ", ".join(f"[{TOPICS[topic][0]}](../topics/{topic}.md)" for topic in rule.topics)
    facts = [topics, f"{rule.category} ({rule.level})", *([f"{rule.fix} fix"] if rule.fix else [])]
    facts += [", ".join(rule.formats()), f"since {rule.since}"]
    lines = [f"# {rule.name}", "", f"**{sentence(rule.title)}**", "", " · ".join(facts), "", "## Why", ""]
    return lines


def blocks(lines):
    """The paragraphs and fenced blocks of a page, each as its lines. A fenced block has no closing fence."""
    block, fenced = [], False
    for line in lines:
        if fenced and line == "```" or not fenced and not line:
            if block:
                yield block
            block, fenced = [], False
        else:
            fenced = fenced or line.startswith("```")
            block.append(line)
    if block:
        yield block


def fence(language, words, code, link):
    """A fenced block below a line that says what it is, with a link that opens it."""
    name = words[1] if len(words) > 1 else None
    if language == "text":
        return ["ecslint reports:", "", "```findings", *code, "```", ""]
    what = f"with `{name}`:" if words[:1] == ["and"] else f"**{format_of(language, name, code)}**" + (f", `{name}`:" if name else ":")
    return [f"{what} {link}".strip(), "", "```" + language, *code, "```", ""]


def format_of(language, name, code):
    text = "\n".join(code)
    if language == "hcl":
        return "Terragrunt" if name and name.endswith("terragrunt.hcl") else "Terraform"
    if re.search(r'^\s*"?Resources"?:', text, re.MULTILINE):
        return "CloudFormation"
    if (name or "").endswith((".tf.json", ".tofu.json")):
        return "Terraform"
    return language.upper()


def rule_index(rules):
    """All rules in one table, which the script `rules.js` can filter."""
    head = ["rule", "topic", "category", "level", "fix", "format"]
    rows = [
        [
            f"{rule.link()}<br>{cell(rule.title)}",
            ", ".join(f"[{TOPICS[topic][0]}](topics/{topic}.md)" for topic in rule.topics),
            rule.category, rule.level, rule.fix, ", ".join(rule.formats()),
        ]
        for rule in rules
    ]
    topics = "|".join(title for title, _ in TOPICS.values())
    filters = f'<div class="rule-table">\n<div id="rule-filter" data-topics="{topics}"></div>\n'
    return "\n".join([filters, *table(head, rows), "", "</div>"])


def topic_page(topic, rules):
    title, about = TOPICS[topic]
    of_it = [rule for rule in rules if topic in rule.topics]
    rows = [[rule.link("../"), cell(rule.title), rule.category, rule.level, rule.fix] for rule in of_it]
    lines = [f"# {title}", "", about, "", *table(["rule", "reports", "category", "level", "fix"], rows)]
    return "\n".join(lines) + "\n"
