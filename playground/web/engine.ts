// The engine: sends requests to the worker. The types are those of schemas/report.schema.json and playground/src.

export interface File {
  name: string;
  text: string;
}

export interface Point {
  line: number;
  column: number;
}

export interface Range {
  start: Point;
  end: Point;
}

export interface Place {
  path: string;
  range: Range;
}

export interface Edit extends Place {
  text: string;
}

export interface Fix {
  title: string;
  safe: boolean;
  edits: Edit[];
}

export interface Finding extends Place {
  rule: string;
  category: string;
  severity: "error" | "warning";
  message: string;
  help?: string;
  labels: (Place & { message: string })[];
  fix?: Fix;
}

export interface Report {
  diagnostics: Finding[];
  summary: { files: number; errors: number; warnings: number; undecided: number; scenarios: string[] };
}

export interface Hover {
  from: number;
  to: number;
  markdown: string;
}

export interface Fixed {
  count: number;
  files: File[];
}

export interface Page {
  kind: "rule";
  name: string;
  category: string;
  level: string;
  since: string;
  fix: string | null;
  text: string;
}

export interface Cause {
  answer: string | null;
  exact: boolean;
  rules: [name: string, title: string][];
  uncovered: [condition: string, reason: string] | null;
}

export type Explanation = Page | { kind: "errors"; causes: Cause[] };

/** Time after which a request is given up, in milliseconds. */
const TIMEOUT = 20_000;

interface Waiting {
  settle(answer: string): void;
  fail(error: Error): void;
  timer: number;
}

/** A WebAssembly module in a worker. A worker that panics or does not end is replaced. */
class Module {
  /** The page compiles the module, so that another worker can have it, too. */
  #module: Promise<WebAssembly.Module>;
  #waiting = new Map<number, Waiting>();
  #next = 0;
  #worker: Promise<Worker>;

  constructor(url: string) {
    this.#module = WebAssembly.compileStreaming(fetch(url));
    this.#worker = this.#start();
  }

  /** Answers a request. Rejects if the module stops. */
  async ask<T>(request: string): Promise<T> {
    const worker = await this.#worker;
    const id = (this.#next += 1);
    const answer = new Promise<string>((settle, fail) => {
      const timer = setTimeout(() => this.#fail("it takes too long"), TIMEOUT);
      this.#waiting.set(id, { settle, fail, timer });
    });
    worker.postMessage({ id, request });
    return JSON.parse(await answer) as T;
  }

  #start(): Promise<Worker> {
    const worker = new Worker("worker.js", { type: "module" });
    worker.addEventListener("message", ({ data }) => this.#receive(data));
    worker.addEventListener("error", () => this.#fail("the worker cannot be loaded"));
    return this.#module.then((module) => {
      worker.postMessage({ module });
      return worker;
    });
  }

  #receive({ id, answer, error }: { id: number; answer?: string; error?: string }): void {
    const waiting = this.#waiting.get(id);
    if (answer === undefined) {
      this.#fail(`the engine stopped (${error})`);
    } else if (waiting) {
      this.#waiting.delete(id);
      clearTimeout(waiting.timer);
      waiting.settle(answer);
    }
  }

  /** Fails all requests, and starts a new worker. */
  #fail(why: string): void {
    const failed = [...this.#waiting.values()];
    this.#waiting.clear();
    void this.#worker.then((worker) => worker.terminate());
    // Without requests, the worker failed before it was used, and so would the next one.
    this.#worker = failed.length ? this.#start() : Promise.reject(new Error(why));
    this.#worker.catch(() => {});
    for (const { fail, timer } of failed) {
      clearTimeout(timer);
      fail(new Error(why));
    }
  }
}

/** The engine. Explanations have a module of their own, which is loaded when it is needed. */
export class Engine {
  #checks = new Module("ecslint.wasm");
  #explanations: Module | undefined;

  check(files: File[]): Promise<Report> {
    const today = Math.floor(Date.now() / 86_400_000);
    return this.#checks.ask(JSON.stringify({ request: "check", files, today }));
  }

  hover(file: string, { line, column }: Point): Promise<Hover | null> {
    return this.#checks.ask(JSON.stringify({ request: "hover", file, line, column }));
  }

  /** The files after all fixes that are at least this safe. */
  fix(least: "safe" | "unsafe"): Promise<Fixed | null> {
    return this.#checks.ask(JSON.stringify({ request: "fix", least }));
  }

  /** The picture of the checked files, as SVG. */
  picture(): Promise<string | null> {
    return this.#checks.ask(JSON.stringify({ request: "picture" }));
  }

  explain(about: string): Promise<Explanation> {
    this.#explanations ??= new Module("explain.wasm");
    return this.#explanations.ask(about);
  }
}
