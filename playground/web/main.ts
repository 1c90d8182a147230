// The page: connects the files, the editor, the engine, and the panels.

import type { Diagnostic } from "@codemirror/lint";
import type { Text } from "@codemirror/state";
import examples from "examples";
import { byId, make } from "./dom";
import { Editor, offset } from "./editor";
import { Engine, type Explanation, type File, type Finding, type Fix, type Report } from "./engine";
import { explanation } from "./explain";
import { type Actions, count, findings, summary } from "./findings";
import { look } from "./look";
import { inline } from "./markdown";
import { edit } from "./names";
import { decode, encode } from "./permalink";
import { picture } from "./picture";
import { tabs } from "./tabs";

const engine = new Engine();
const status = byId("status");
const panel = byId("panel");

/** The findings in the texts that are shown; `null` while a changed text is being checked. */
let report: Report | null = null;
/** The picture of these texts; `undefined` if it was not drawn yet. */
let drawn: string | null | undefined;
let explained: { about: string; found: Explanation | null } = { about: "", found: null };

const editor = new Editor(byId("editor"), {
  changed: () => changed(),
  hover: (file, point) => engine.hover(file, point),
  fix: (file, at) => {
    const fix = report?.diagnostics.find((found) => touches(found, file, at) && found.fix)?.fix;
    if (fix) {
      act.fix(fix);
    }
    return fix !== undefined;
  },
});

// The panels at the right. A panel is a tab and the nodes that it shows.

interface Panel {
  label: string;
  show(): Node[];
}

const FINDINGS = 0;
const PICTURE = 1;
const EXPLAIN = 2;
const panels: Panel[] = [
  { label: "Findings", show: () => (report ? findings(report, act) : []) },
  { label: "Picture", show: () => (drawn === undefined ? [] : picture(drawn, goToLine)) },
  { label: "Explain", show: () => explanation(explained.about, explained.found, explain) },
];
let shown = FINDINGS;
const panelTabs = tabs(byId("panels"), panel, (index) => {
  drawn = undefined;
  showPanel(index);
  void draw();
});

function showPanel(index: number): void {
  const isSame = index === shown;
  const { scrollTop, scrollLeft } = panel;
  shown = index;
  document.body.dataset.panel = panels[shown].label;
  showPanelTabs();
  // An explanation does not depend on the texts, and its form may have the focus.
  if (!isSame || shown !== EXPLAIN) {
    panel.replaceChildren(...panels[shown].show());
    panel.scrollTo(isSame ? { top: scrollTop, left: scrollLeft } : { top: 0, left: 0 });
  }
}

function showPanelTabs(): void {
  const findings = report?.diagnostics.length;
  const level = report?.summary.errors ? "error" : "warning";
  panelTabs.show(
    panels.map(({ label }, at) => ({
      label,
      badge: at === FINDINGS && findings ? { text: String(findings), level, meaning: count(findings, "finding") } : undefined,
    })),
    shown,
  );
}

/** Draws the checked files, if the picture is shown. */
async function draw(): Promise<void> {
  const checked = version;
  const svg = shown === PICTURE ? await engine.picture() : null;
  if (checked === version && shown === PICTURE) {
    drawn = svg;
    showPanel(PICTURE);
  }
}

function goToLine(path: string, line: number): void {
  act.go({ path, range: { start: { line, column: 1 }, end: { line, column: 1 } } });
}

async function explain(about: string): Promise<void> {
  explained = { about, found: null };
  showPanel(EXPLAIN);
  if (about.trim()) {
    const found = await engine.explain(about);
    if (explained.about === about) {
      explained = { about, found };
      shown = -1;
      showPanel(EXPLAIN);
      panel.focus();
    }
  }
}

// The tabs of the files.

const fileTabs = tabs(byId("files"), byId("editor"), open, (event, index) => {
  if (event.key === "F2") {
    rename(index);
  } else if (event.key === "Delete") {
    remove(index);
  }
});
byId("files").addEventListener("dblclick", () => rename(editor.current));
byId("add").addEventListener("click", add);
byId("rename").addEventListener("click", () => rename(editor.current));
byId("remove").addEventListener("click", () => remove(editor.current));

function showFiles(): void {
  const badge = (name: string) => {
    const here = report?.diagnostics.filter((found) => found.path === name) ?? [];
    const level = here.some((found) => found.severity === "error") ? "error" : "warning";
    return here.length ? { text: String(here.length), level, meaning: count(here.length, "finding") } : undefined;
  };
  fileTabs.show(editor.files.map(({ name }) => ({ label: name, badge: badge(name) })), editor.current);
  byId<HTMLButtonElement>("remove").disabled = editor.files.length === 1;
}

function open(index: number): void {
  editor.open(index);
  showFiles();
}

function add(): void {
  const names = editor.files.map(({ name }) => name);
  const fresh = ["main.tf", "variables.tf", "task.json", "service.json", "stack.yaml"].find((name) => !names.includes(name));
  editor.add(fresh ?? `file-${names.length + 1}.tf`);
  changed();
  rename(editor.current);
}

function rename(index: number): void {
  const names = editor.files.map(({ name }) => name);
  const others = names.filter((_, other) => other !== index);
  edit(byId("files").children[index] as HTMLElement, names[index], others, (name) => {
    if (name !== null && name !== names[index]) {
      editor.rename(index, name);
      changed();
    }
    showFiles();
    editor.focus();
  });
}

function remove(index: number): void {
  if (editor.files.length > 1) {
    editor.remove(index);
    changed();
  }
}

// Checks. One check runs at a time; a text that changes meanwhile is checked after it.

let version = 0;
let isChecking = false;

function changed(): void {
  version += 1;
  showFiles();
  keepLink();
  void check();
}

async function check(): Promise<void> {
  if (isChecking) {
    return;
  }
  isChecking = true;
  for (let checked = -1; checked !== version; ) {
    checked = version;
    const started = performance.now();
    try {
      const found = await engine.check(editor.files);
      if (checked === version) {
        received(found, performance.now() - started);
      }
    } catch (error) {
      status.textContent = `Not checked: ${(error as Error).message}.`;
      document.body.dataset.state = "failed";
    }
  }
  isChecking = false;
}

function received(found: Report, milliseconds: number): void {
  const [first] = found.diagnostics;
  // Of files that were just opened, show the first finding.
  if (report === null && first) {
    editor.scroll(first.path, first.range.start);
  }
  report = found;
  editor.underline((name, text) => found.diagnostics.filter(({ path }) => path === name).map((one) => diagnostic(one, text)));
  showFiles();
  showPanel(shown);
  void draw();
  const files = editor.files.length;
  status.textContent = `${summary(found)} in ${count(files, "file")} · ${Math.max(1, Math.round(milliseconds))} ms`;
  // For tests.
  document.body.dataset.state = "checked";
  document.body.dataset.checked = String(performance.now());
}

function touches(found: Finding, file: string, at: number): boolean {
  const text = editor.text(file);
  return found.path === file && text !== undefined && offset(text, found.range.start) <= at && at <= offset(text, found.range.end);
}

/** A finding as the editor underlines it. */
function diagnostic(found: Finding, text: Text): Diagnostic {
  const { severity, message, rule, help, fix } = found;
  const from = offset(text, found.range.start);
  return {
    from,
    to: Math.max(from, offset(text, found.range.end)),
    severity,
    message,
    source: rule,
    renderMessage: () =>
      make("div", {}, ...inline(message), help && help !== fix?.title && make("p", {}, ...inline(`Help: ${help}`))),
    actions: fix ? [{ name: `Fix: ${fix.title.replaceAll("`", "")}`, apply: () => act.fix(fix) }] : [],
  };
}

const act: Actions = {
  go: ({ path, range }) => {
    editor.reveal(path, range.start, range.end);
    showFiles();
  },
  fix: (fix: Fix) => editor.apply(fix.edits),
  fixAll: async (least) => {
    const fixed = await engine.fix(least);
    if (fixed) {
      editor.replace(fixed.files);
    }
  },
  explain: (rule) => void explain(rule),
};

// Examples and links.

const choice = byId<HTMLSelectElement>("examples");
choice.append(make("option", { value: "" }, "Choose …"), ...examples.titles.map((title, index) => make("option", { value: index }, title)));
choice.addEventListener("change", async () => {
  if (choice.value) {
    const index = Number(choice.value);
    choice.value = "";
    const { default: all } = await import("all-examples");
    load(all[index].map(([name, text]) => ({ name, text })));
  }
});

function load(files: File[]): void {
  report = null;
  editor.load(files);
  shown = FINDINGS;
  changed();
}

/** The longest fragment that the address gets while the user types. */
const MAX_FRAGMENT = 20_000;
let linkTimer: number | undefined;

/** Keeps the files in the address, so that reloading the page does not lose them. */
function keepLink(): void {
  clearTimeout(linkTimer);
  linkTimer = setTimeout(async () => {
    const fragment = await encode(editor.files);
    history.replaceState(null, "", fragment.length > MAX_FRAGMENT ? location.pathname : fragment);
  }, 400);
}

const share = byId<HTMLButtonElement>("share");
share.addEventListener("click", async () => {
  clearTimeout(linkTimer);
  const fragment = await encode(editor.files);
  history.replaceState(null, "", fragment);
  const label = share.textContent;
  share.textContent = await navigator.clipboard.writeText(location.href).then(
    () => "Copied",
    () => "See the address bar",
  );
  setTimeout(() => (share.textContent = label), 2000);
});

async function start(): Promise<void> {
  try {
    const linked = await decode(location.hash);
    byId("notice").hidden = true;
    load(linked ?? examples.first.map(([name, text]) => ({ name, text })));
  } catch (error) {
    load([{ name: "main.tf", text: "" }]);
    const notice = byId("notice");
    notice.textContent = `The link cannot be read: ${(error as Error).message}.`;
    notice.hidden = false;
  }
}

window.addEventListener("hashchange", () => void (location.hash && start()));
look(byId("theme"));
showPanel(FINDINGS);
void start();
