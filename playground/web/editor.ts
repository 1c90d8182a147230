// The editor: one state for each file, with its own undo history, and the findings as underlines.

import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic, lintGutter, nextDiagnostic, previousDiagnostic, setDiagnostics } from "@codemirror/lint";
import { EditorState, type Extension, type Text } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  hoverTooltip,
  keymap,
  lineNumbers,
  type Tooltip,
} from "@codemirror/view";
import { make } from "./dom";
import type { Edit, File, Hover, Point } from "./engine";
import { hcl } from "./hcl";
import { json } from "./json";
import { markdown } from "./markdown";
import { colors, theme } from "./theme";
import { yaml } from "./yaml";

/** What the editor needs from the page. */
export interface Page {
  /** A text was changed. */
  changed(): void;
  /** What is at a place. */
  hover(file: string, point: Point): Promise<Hover | null>;
  /** Applies the first fix of the findings at a place. Returns whether there is one. */
  fix(file: string, offset: number): boolean;
}

interface Document {
  name: string;
  state: EditorState;
}

function language(name: string): Extension {
  if (/\.(tf|tofu|tfvars|hcl|tftest)$/.test(name)) {
    return hcl;
  }
  if (/\.(ya?ml|template)$/.test(name)) {
    return yaml;
  }
  return /\.json$/.test(name) ? json : [];
}

/** The offset of a line and a column, which counts characters and not UTF-16 units. */
export function offset(text: Text, { line, column }: Point): number {
  const { from, text: of } = text.line(Math.min(Math.max(line, 1), text.lines));
  const characters = Array.from(of).slice(0, Math.max(column - 1, 0));
  return from + characters.join("").length;
}

function point(text: Text, at: number): Point {
  const line = text.lineAt(at);
  return { line: line.number, column: Array.from(line.text.slice(0, at - line.from)).length + 1 };
}

export class Editor {
  #page: Page;
  #documents: Document[] = [];
  #current = 0;
  #view: EditorView;

  constructor(host: HTMLElement, page: Page) {
    this.#page = page;
    // Below a shadow root, the editor needs no `style` elements, which the page's policy refuses.
    const root = host.attachShadow({ mode: "open" });
    this.#view = new EditorView({ root, parent: root });
  }

  /** The names and texts of all files. */
  get files(): File[] {
    this.#keep();
    return this.#documents.map(({ name, state }) => ({ name, text: state.doc.toString() }));
  }

  get current(): number {
    return this.#current;
  }

  /** The text of a file; `undefined` if there is no such file. */
  text(name: string): Text | undefined {
    this.#keep();
    return this.#documents.find((document) => document.name === name)?.state.doc;
  }

  /** Replaces all files and opens the first one. */
  load(files: File[]): void {
    this.#documents = files.map(({ name, text }) => ({ name, state: this.#state(name, text) }));
    this.#show(0);
  }

  add(name: string): void {
    this.#keep();
    this.#documents.push({ name, state: this.#state(name, "") });
    this.#show(this.#documents.length - 1);
  }

  rename(index: number, name: string): void {
    this.#keep();
    this.#documents[index] = { name, state: this.#state(name, this.#documents[index].state.doc.toString()) };
    this.#show(index);
  }

  remove(index: number): void {
    this.#keep();
    this.#documents.splice(index, 1);
    this.#show(Math.min(index, this.#documents.length - 1));
  }

  open(index: number): void {
    this.#keep();
    this.#show(index);
  }

  focus(): void {
    this.#view.focus();
  }

  /** Opens a file at a range. */
  reveal(name: string, start: Point, end: Point): void {
    const index = this.#documents.findIndex((document) => document.name === name);
    if (index < 0) {
      return;
    }
    if (index !== this.#current) {
      this.open(index);
    }
    const { doc } = this.#view.state;
    const anchor = offset(doc, start);
    this.#view.dispatch({
      selection: { anchor, head: Math.max(anchor, offset(doc, end)) },
      effects: EditorView.scrollIntoView(anchor, { y: "center" }),
    });
    this.focus();
  }

  /** Scrolls to a place without moving the cursor. */
  scroll(name: string, start: Point): void {
    if (this.#documents[this.#current]?.name === name) {
      const at = offset(this.#view.state.doc, start);
      this.#view.dispatch({ effects: EditorView.scrollIntoView(at, { y: "center" }) });
    }
  }

  /** Underlines findings. */
  underline(diagnostics: (file: string, text: Text) => Diagnostic[]): void {
    this.#keep();
    for (const [index, document] of this.#documents.entries()) {
      const change = setDiagnostics(document.state, diagnostics(document.name, document.state.doc));
      if (index === this.#current) {
        this.#view.dispatch(change);
      } else {
        document.state = document.state.update(change).state;
      }
    }
  }

  /** Applies edits, each as one step of the history of its file. */
  apply(edits: Edit[]): void {
    this.#keep();
    for (const [index, document] of this.#documents.entries()) {
      const { doc } = document.state;
      const changes = edits
        .filter((edit) => edit.path === document.name)
        .map(({ range, text }) => ({ from: offset(doc, range.start), to: offset(doc, range.end), insert: text }));
      this.#change(index, changes);
    }
  }

  /** Replaces texts of files, each as one step of the history of its file. */
  replace(files: File[]): void {
    this.#keep();
    for (const { name, text } of files) {
      const index = this.#documents.findIndex((document) => document.name === name);
      if (index >= 0) {
        this.#change(index, [difference(this.#documents[index].state.doc.toString(), text)]);
      }
    }
  }

  #change(index: number, changes: { from: number; to: number; insert: string }[]): void {
    if (changes.length === 0) {
      return;
    }
    if (index === this.#current) {
      this.#view.dispatch({ changes, userEvent: "input.fix" });
    } else {
      const document = this.#documents[index];
      document.state = document.state.update({ changes, userEvent: "input.fix" }).state;
      this.#page.changed();
    }
  }

  /** Keeps the state of the open file, which the view replaces with each change. */
  #keep(): void {
    const document = this.#documents[this.#current];
    if (document) {
      document.state = this.#view.state;
    }
  }

  #show(index: number): void {
    this.#current = index;
    this.#view.setState(this.#documents[index].state);
  }

  #state(name: string, text: string): EditorState {
    const fix = () => this.#page.fix(name, this.#view.state.selection.main.head);
    return EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        lintGutter(),
        highlightActiveLineGutter(),
        highlightSpecialChars(),
        history(),
        drawSelection(),
        EditorState.tabSize.of(2),
        indentOnInput(),
        bracketMatching(),
        highlightActiveLine(),
        syntaxHighlighting(colors),
        theme,
        language(name),
        hoverTooltip((view, at) => this.#hover(name, view, at), { hoverTime: 250 }),
        keymap.of([
          { key: "F8", run: nextDiagnostic, shift: previousDiagnostic },
          { key: "Mod-.", run: fix },
          ...defaultKeymap,
          ...historyKeymap,
        ]),
        EditorView.contentAttributes.of({ "aria-label": name, spellcheck: "false", tabindex: "0" }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) {
            this.#page.changed();
          }
        }),
      ],
    });
  }

  async #hover(name: string, view: EditorView, at: number): Promise<Tooltip | null> {
    const { doc } = view.state;
    const shown = await this.#page.hover(name, point(doc, at));
    if (!shown || view.state.doc !== doc) {
      return null;
    }
    const dom = make("div", { class: "hover" }, ...markdown(shown.markdown));
    return { pos: shown.from, end: shown.to, above: true, create: () => ({ dom }) };
  }
}

/** The smallest change from one text to another. */
function difference(before: string, after: string): { from: number; to: number; insert: string } {
  let from = 0;
  while (from < before.length && before[from] === after[from]) {
    from += 1;
  }
  let [to, end] = [before.length, after.length];
  while (to > from && end > from && before[to - 1] === after[end - 1]) {
    to -= 1;
    end -= 1;
  }
  return { from, to, insert: after.slice(from, end) };
}
