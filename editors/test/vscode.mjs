// Tests Visual Studio Code (code-server) in a headless Chromium: the finding is underlined and listed in the problems, its fix is
// applied, and another finding is suppressed; hover and completion work; the code lens shows the topology, which follows edits and
// leads to the code. Saves screenshots.
//
// Arguments: the directory in which code-server and playwright-core are installed, the packaged extension, and the directory
// for the screenshots. $ECSLINT is the program, $CHROMIUM the browser.

import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const [tools, extension, pictures] = process.argv.slice(2).map((path) => resolve(path));
const { chromium } = createRequire(join(tools, "package.json"))("playwright-core");
const scratch = mkdtempSync(join(tmpdir(), "ecslint-vscode-"));
const work = join(scratch, "work");
const file = join(work, "task.json");

const TASK = `{
  "family": "web",
  "requiresCompatibilities": ["EC2"],
  "networkMode": "awsvpc",
  "containerDefinitions": [
    {
      "name": "web",
      "image": "nginx:1.27",
      "memory": 128,
      "portMappings": [{ "containerPort": 80, "hostPort": 8080 }],
      "dependsOn": [{ "containerName": "db", "condition": "START" }]
    },
    { "name": "log", "image": "fluent-bit:4", "memory": 128 }
  ]
}
`;

function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

async function until(what, test, seconds = 20) {
  for (let left = seconds * 5; left > 0; left -= 1) {
    if (await test()) {
      return;
    }
    await new Promise((next) => setTimeout(next, 200));
  }
  throw new Error(`never saw ${what}`);
}

const codeServer = [join(tools, "node_modules/code-server"), "--user-data-dir", join(scratch, "data"), "--extensions-dir", join(scratch, "extensions")];

function prepare() {
  mkdirSync(join(scratch, "data/User"), { recursive: true });
  mkdirSync(join(work, ".git"), { recursive: true });
  mkdirSync(pictures, { recursive: true });
  writeFileSync(file, TASK);
  const settings = {
    "ecslint.path": resolve(process.env.ECSLINT),
    "files.autoSave": "afterDelay",
    "files.autoSaveDelay": 200,
    "security.workspace.trust.enabled": false,
    "workbench.startupEditor": "none",
    "json.validate.enable": false,
  };
  writeFileSync(join(scratch, "data/User/settings.json"), JSON.stringify(settings));
  const installed = spawnSync("node", [...codeServer, "--install-extension", extension], { encoding: "utf8" });
  if (installed.status !== 0) {
    throw new Error(`the extension was not installed: ${installed.stderr}`);
  }
}

/** Puts the cursor at a place. */
async function go(page, line, column) {
  await page.keyboard.press("Control+g");
  await page.keyboard.type(`${line}:${column}`);
  await page.keyboard.press("Enter");
}

/** Asks with some keys, as often as it takes, until a text is in what the editor opens. */
async function ask(page, keys, widget, text, picture) {
  const shown = page.locator(widget, { hasText: text });
  await until(`"${text}" in ${widget}`, async () => {
    for (const key of keys) {
      await page.keyboard.press(key);
    }
    await page.waitForTimeout(800);
    if (await shown.count()) {
      return true;
    }
    await page.keyboard.press("Escape");
    return false;
  });
  await page.screenshot({ path: join(pictures, picture) });
  await page.keyboard.press("Escape");
}

/** Opens the menu of quick fixes at a place and takes the one whose title contains a text. */
async function act(page, line, column, title, picture) {
  await go(page, line, column);
  // Open the menu again until it has the actions for the newest text.
  const item = page.locator(".action-widget .monaco-list-row", { hasText: title });
  await until(`the action "${title}"`, async () => {
    await page.keyboard.press("Control+.");
    await page.waitForTimeout(800);
    if (await item.count()) {
      return true;
    }
    await page.keyboard.press("Escape");
    return false;
  });
  await page.screenshot({ path: join(pictures, picture) });
  // Use the keyboard, because an overlay of the menu receives the clicks.
  const focused = page.locator(".action-widget .monaco-list-row.focused", { hasText: title });
  await until(`the focus on "${title}"`, async () => {
    if (await focused.count()) {
      return true;
    }
    await page.keyboard.press("ArrowDown");
    return false;
  });
  await page.keyboard.press("Enter");
}

async function drive(page, port) {
  await page.goto(`http://127.0.0.1:${port}/?folder=${work}`);
  await page.locator(".monaco-workbench").waitFor({ timeout: 60_000 });
  await page.keyboard.press("Control+p");
  await page.locator(".quick-input-widget input").waitFor();
  await page.keyboard.type("task.json");
  await page.locator(".quick-input-list .monaco-list-row", { hasText: "task.json" }).first().waitFor();
  await page.keyboard.press("Enter");
  await page.locator(".squiggly-error").first().waitFor({ timeout: 60_000 });
  console.log("vscode: the finding is underlined");

  await page.keyboard.press("Control+Shift+M");
  const problem = page.locator(".markers-panel .monaco-list-row", { hasText: "awsvpc-port-mismatch" });
  await problem.first().waitFor({ timeout: 20_000 });
  await page.screenshot({ path: join(pictures, "1-problems.png") });
  console.log("vscode: the finding is listed in the problems, with its rule");
  await page.keyboard.press("Control+1");

  await act(page, 10, 60, "set `hostPort` to 80", "2-quick-fix.png");
  await until("the fix in the file", () => readFileSync(file, "utf8") === TASK.replace("8080", "80"));
  await problem.first().waitFor({ state: "detached", timeout: 20_000 });
  console.log("vscode: the quick fix applies");

  await act(page, 11, 43, "Ignore unknown-dependency", "3-ignore.png");
  const other = page.locator(".markers-panel .monaco-list-row", { hasText: "unknown-dependency" });
  await other.first().waitFor({ state: "detached", timeout: 20_000 });
  await page.screenshot({ path: join(pictures, "4-ignored.png") });
  console.log("vscode: another finding is suppressed in ecslint.toml, which takes effect immediately");

  await go(page, 4, 6);
  await ask(page, ["Control+k", "Control+i"], ".monaco-hover", "Valid values: bridge", "5-hover.png");
  console.log("vscode: hover describes a key");

  await go(page, 4, 20);
  await ask(page, ["Control+Space"], ".suggest-widget .monaco-list-row", "awsvpc", "6-words.png");
  await go(page, 11, 41);
  await ask(page, ["Control+Space"], ".suggest-widget .monaco-list-row", "log", "7-names.png");
  await go(page, 8, 29);
  await ask(page, ["Control+Space"], ".suggest-widget .monaco-list-row", "essential", "8-keys.png");
  console.log("vscode: completion offers enum values, the task's names, and keys");

  await topology(page);
}

/** Opens the picture from the code lens, changes the code, and goes from the picture to the code. */
async function topology(page) {
  await page.locator(".codelens-decoration a", { hasText: "Show topology" }).first().click();
  const picture = page.frameLocator("iframe.webview").frameLocator("iframe");
  const container = picture.locator(".node.container .name");
  await container.first().waitFor({ timeout: 20_000 });
  await until("both containers", async () => (await container.count()) === 2);
  await page.screenshot({ path: join(pictures, "9-topology.png") });
  console.log("vscode: the code lens shows the topology");

  writeFileSync(file, readFileSync(file, "utf8").replace('"name": "log"', '"name": "router"'));
  await picture.locator(".node.container .name", { hasText: "router" }).waitFor({ timeout: 20_000 });
  console.log("vscode: the topology follows edits");

  await picture.locator(".node.container a.place", { hasText: "router" }).click();
  await until("the line of the container", async () => (await page.locator(".statusbar-item", { hasText: "Ln 13" }).count()) > 0);
  await page.screenshot({ path: join(pictures, "10-code.png") });
  console.log("vscode: a click in the topology goes to the code");
}

let server;
let browser;
try {
  prepare();
  const port = await freePort();
  server = spawn("node", [...codeServer, "--bind-addr", `127.0.0.1:${port}`, "--auth", "none", "--disable-telemetry", "--disable-update-check", work], { stdio: "ignore" });
  await until("code-server", () => fetch(`http://127.0.0.1:${port}/healthz`).then((answer) => answer.ok, () => false));
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  try {
    await drive(page, port);
  } catch (error) {
    await page.screenshot({ path: join(pictures, "failed.png") });
    throw error;
  }
} finally {
  await browser?.close();
  server?.kill();
  rmSync(scratch, { recursive: true, force: true });
}
