// Serves the built playground to a headless Chromium, and records what must not happen: errors, and requests to other servers.

import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
export const built = join(target, "playground");
export const program = process.env.ECSLINT ?? join(target, "debug/ecslint");
export const pictures = join(target, "playground-pictures");

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** Starts a server for the playground. */
async function serve() {
  const server = createServer((request, response) => {
    const path = join(built, normalize(new URL(request.url, "http://localhost").pathname.replace(/^\/playground\//, "/")));
    const file = existsSync(path) && statSync(path).isDirectory() ? join(path, "index.html") : path;
    if (!existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
    createReadStream(file).pipe(response);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return server;
}

/** Opens a browser. `open` opens the page with a fragment; `problems` are errors and requests to other servers. */
export async function site() {
  const server = await serve();
  const origin = `http://127.0.0.1:${server.address().port}`;
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
  const problems = [];
  const requests = [];
  const open = async (fragment = "", options = {}) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, permissions: ["clipboard-read", "clipboard-write"], ...options });
    const page = await context.newPage();
    page.on("console", (message) => ["error", "warning"].includes(message.type()) && problems.push(message.text()));
    page.on("pageerror", (error) => problems.push(String(error)));
    page.on("request", (request) => requests.push(request.url()));
    await page.goto(`${origin}/playground/index.html${fragment}`);
    await checked(page);
    return page;
  };
  const close = async () => {
    await browser.close();
    server.close();
  };
  return { origin, open, close, problems, requests };
}

/** Waits until the newest text is checked. */
export async function checked(page) {
  await page.waitForFunction(() => document.body.dataset.state === "checked");
}
