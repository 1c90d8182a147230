// The list of findings.

import { button, make } from "./dom";
import type { Finding, Fix, Place, Report } from "./engine";
import { inline } from "./markdown";

/** What the user can do with a finding. */
export interface Actions {
  go(place: Place): void;
  fix(fix: Fix): void;
  fixAll(least: "safe" | "unsafe"): void;
  explain(rule: string): void;
}

/** "1 error", "2 errors". */
export function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}

/** The line that says what was found. */
export function summary({ summary, diagnostics }: Report): string {
  if (summary.files === 0 && diagnostics.length === 0) {
    return "No ECS configuration found";
  }
  const found = [
    summary.errors && count(summary.errors, "error"),
    summary.warnings && count(summary.warnings, "warning"),
  ].filter(Boolean);
  return found.length ? found.join(", ") : "No findings";
}

export function findings(report: Report, act: Actions): Node[] {
  const { diagnostics, summary: of } = report;
  const several = diagnostics.length ? fixes(diagnostics, act) : null;
  const nothing = !diagnostics.length && empty(of.files === 0);
  const all = make("ul", { class: "findings" }, ...diagnostics.map((found) => item(found, act)));
  const undecided =
    of.undecided > 0 &&
    make(
      "p",
      { class: "quiet" },
      `${count(of.undecided, "check")} could not be decided, because a value is unknown before you deploy. `,
      make("a", { href: "../scenarios.html" }, "Unknown values"),
    );
  return [several, nothing, diagnostics.length > 0 && all, undecided].filter((node): node is HTMLElement => Boolean(node));
}

function empty(isUnknown: boolean): Node {
  const text = isUnknown
    ? "These files have no ECS configuration that ecslint reads. Paste a task definition, a service, Terraform, or a CloudFormation template, or start from an example."
    : "Nothing that Amazon ECS would reject.";
  return make("div", { class: "empty" }, make("div", { class: "mark", "aria-hidden": "true" }, isUnknown ? "?" : "✓"), make("p", {}, text));
}

/** The buttons that apply all fixes. */
function fixes(all: Finding[], act: Actions): HTMLElement | null {
  const offered = all.flatMap(({ fix }) => (fix ? [fix] : []));
  const safe = offered.filter((fix) => fix.safe).length;
  const buttons = [
    safe > 0 && button(`Apply ${count(safe, "safe fix").replace(/fixs$/, "fixes")}`, () => act.fixAll("safe"), { class: "primary" }),
    offered.length > safe &&
      button(`Apply all ${offered.length} fixes`.replace("all 1 fixes", "1 fix to review"), () => act.fixAll("unsafe")),
  ];
  return offered.length ? make("div", { class: "all" }, ...buttons) : null;
}

function item(found: Finding, act: Actions): HTMLElement {
  const { severity, message, rule, help, labels, fix } = found;
  return make(
    "li",
    { class: `finding ${severity}` },
    make(
      "p",
      { class: "message" },
      make("span", { class: "severity" }, severity),
      " ",
      ...inline(message),
    ),
    make("p", { class: "where" }, place(found, act), " · ", button(rule, () => act.explain(rule), { class: "link", title: `Explain ${rule}` })),
    labels.length > 0 &&
      make("ul", { class: "labels" }, ...labels.map((label) => make("li", {}, place(label, act), " ", ...inline(label.message)))),
    // The title of a fix often repeats the help.
    help && help !== fix?.title && make("p", { class: "help" }, make("strong", {}, "Help: "), ...inline(help)),
    fix && repair(fix, act),
  );
}

function place(at: Place, act: Actions): HTMLElement {
  const { line, column } = at.range.start;
  return button(`${at.path}:${line}:${column}`, () => act.go(at), { class: "link mono" });
}

function repair(fix: Fix, act: Actions): HTMLElement {
  const label = make("span", {}, ...inline(`Fix: ${fix.title}`));
  const apply = button(label, () => act.fix(fix), { class: "fix" });
  return make("p", {}, apply, !fix.safe && make("span", { class: "quiet" }, " review this fix"));
}
