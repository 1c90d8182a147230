"""Parses the reports of `packaging/readers`, and checks that all of them contain the same number of findings."""

import html.parser
import json
import re
import sys
import xml.etree.ElementTree
from pathlib import Path

import junitparser

reports = Path(sys.argv[1])
sarif = json.loads((reports / "sarif").read_text(encoding="utf-8"))
found = len(sarif["runs"][0]["results"])
prints = {tuple(result["partialFingerprints"].values()) for result in sarif["runs"][0]["results"]}

judged = json.loads((reports / "judgement").read_text(encoding="utf-8"))["runs"][0]
complaints = [f"{result['ruleId']}: {result['message']}" for result in judged.get("results", [])]
assert not complaints, "\n".join(complaints)

suites = list(junitparser.JUnitXml.fromfile(str(reports / "junit")))
failures = [case for suite in suites for case in suite if case.result]
assert sum(suite.failures for suite in suites) == len(failures)
assert all(isinstance(case.result[0], junitparser.Failure) for case in failures)

checkstyle = xml.etree.ElementTree.parse(reports / "checkstyle").getroot()
errors = [error for file in checkstyle.iter("file") if file.get("name") for error in file.iter("error")]
assert all(error.get("severity") in ("error", "warning") and int(error.get("line")) > 0 for error in errors)

rdjson = json.loads((reports / "rdjson").read_text(encoding="utf-8"))["diagnostics"]
gitlab = json.loads((reports / "gitlab").read_text(encoding="utf-8"))
sonarqube = json.loads((reports / "sonarqube").read_text(encoding="utf-8"))
known = {rule["id"] for rule in sonarqube["rules"] if rule["engineId"] and rule["cleanCodeAttribute"] and rule["impacts"]}
assert all(issue["ruleId"] in known and issue["primaryLocation"]["textRange"]["startLine"] > 0 for issue in sonarqube["issues"])

jsonl = [json.loads(line) for line in (reports / "jsonl").read_text(encoding="utf-8").splitlines()]

# The grammar of service messages: a bar escapes itself, quotes, and brackets.
message = re.compile(r"##teamcity\[(\w+)( \w+='([^|'\[\]\n]|\|[|'\[\]nr])*')+\]")
teamcity = [message.fullmatch(line)[1] for line in (reports / "teamcity").read_text(encoding="utf-8").splitlines()]


class Page(html.parser.HTMLParser):
    """Checks that elements are closed in order, and counts findings."""

    def __init__(self):
        super().__init__()
        self.open, self.findings = [], 0

    def handle_starttag(self, tag, attrs):
        self.findings += tag == "details"
        if tag not in ("meta",):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag


page = Page()
page.feed((reports / "html").read_text(encoding="utf-8"))
assert not page.open, page.open
counts = {"sonarqube": len(sonarqube["issues"]), "jsonl": len(jsonl), "teamcity": teamcity.count("inspection"), "html": page.findings, "sarif": found, "fingerprints": len(prints), "junit": len(failures), "checkstyle": len(errors), "rdjson": len(rdjson), "gitlab": len(gitlab)}
assert found > 0 and set(counts.values()) == {found}, counts
print(f"{found} findings in each report.")
