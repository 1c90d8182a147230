// The engine in the browser reports what the program reports, for every example.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { directoryExamples, pageExamples } from "./examples.mjs";
import { program, site } from "./site.mjs";

const examples = [...pageExamples(), ...directoryExamples()];
let browser;
let native;

before(async () => {
  assert.ok(existsSync(program), `build ${program} first, or set ECSLINT`);
  native = reports();
  browser = await site();
});
after(() => browser.close());

/** Runs the program on an example. */
function report({ files }, directory) {
  for (const { name, text } of files) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
  return new Promise((done) => {
    execFile(program, ["check", "--quiet", "--format", "json"], { cwd: directory, maxBuffer: 1 << 26 }, (_, output) => done(output));
  });
}

/** The reports of the program for all examples, two at a time. */
async function reports() {
  const scratch = mkdtempSync(join(tmpdir(), "ecslint-playground-"));
  const all = [];
  let next = 0;
  const work = async () => {
    for (let index = next++; index < examples.length; index = next++) {
      all[index] = await report(examples[index], mkdtempSync(join(scratch, "example-")));
    }
  };
  await Promise.all([work(), work()]);
  rmSync(scratch, { recursive: true, force: true });
  return all;
}

test("the findings of every example are those of the program", async () => {
  const page = await browser.open();
  // The worker of the page, with all examples one after the other: caches of one must not change the next.
  const found = await page.evaluate(async (all) => {
    const module = await WebAssembly.compileStreaming(fetch("ecslint.wasm"));
    const worker = new Worker("worker.js", { type: "module" });
    worker.postMessage({ module });
    const answers = [];
    for (const files of all) {
      const request = JSON.stringify({ request: "check", files, today: Math.floor(Date.now() / 86_400_000) });
      worker.postMessage({ id: 1, request });
      answers.push(await new Promise((done) => worker.addEventListener("message", ({ data }) => done(data.answer ?? data.error), { once: true })));
    }
    return answers;
  }, examples.map(({ files }) => files));
  const expected = await native;
  const different = examples.filter((_, index) => found[index] !== expected[index]).map(({ title }) => title);
  const first = examples.findIndex((_, index) => found[index] !== expected[index]);
  assert.equal(found[first], expected[first], `${different.length} differ: ${different.join(", ")}`);
  assert.ok(examples.length > 700 && expected.every((report) => report.includes('"version": 1')));
  const bad = examples.filter(({ verdict }) => verdict === "bad").length;
  console.log(`${examples.length} examples, ${bad} of them bad: identical reports`);
});
