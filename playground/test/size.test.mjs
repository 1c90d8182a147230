// Everything that the page loads, compressed as a server does, fits into the budget.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { brotliCompressSync, constants } from "node:zlib";
import { built, site } from "./site.mjs";

/** 1.5 MiB. */
const BUDGET = 1.5 * 1024 * 1024;

let browser;
before(async () => {
  browser = await site();
});
after(() => browser.close());

test("the page loads at most 1.5 MB", async () => {
  await browser.open();
  const names = [...new Set(browser.requests.map((url) => new URL(url).pathname.replace("/playground/", "")))];
  const sizes = names.map((name) => {
    const bytes = readFileSync(join(built, name));
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    return brotliCompressSync(bytes, { params }).length;
  });
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const list = names.map((name, index) => `${name} ${sizes[index]}`).join(", ");
  console.log(`${total} bytes with brotli: ${list}`);
  assert.ok(total <= BUDGET, `${total} bytes: ${list}`);
});
