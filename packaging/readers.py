"""Parses the reports of `packaging/readers`, and checks that all of them contain the same number of findings."""

import json
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
counts = {"sarif": found, "fingerprints": len(prints), "junit": len(failures), "checkstyle": len(errors), "rdjson": len(rdjson), "gitlab": len(gitlab)}
assert found > 0 and set(counts.values()) == {found}, counts
print(f"{found} findings in each report.")
