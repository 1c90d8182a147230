#!/usr/bin/env node
// Packs a package for each platform whose program exists, and the main package, which selects among them:
//   node npm/pack.mjs PROGRAMS OUT
// PROGRAMS contains a directory `ecslint-TARGET` for each target, as in the release archives.
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const [programs, out] = process.argv.slice(2).map((path) => resolve(path));
if (!programs || !out) {
  console.error("usage: node npm/pack.mjs PROGRAMS OUT");
  process.exit(2);
}

const main = JSON.parse(readFileSync(join(here, "ecslint/package.json"), "utf8"));
const platforms = JSON.parse(readFileSync(join(here, "platforms.json"), "utf8"));
const scratch = mkdtempSync(join(tmpdir(), "ecslint-npm-"));
mkdirSync(out, { recursive: true });

function pack(directory) {
  execFileSync("npm", ["pack", "--silent", "--pack-destination", out], { cwd: directory, stdio: "inherit" });
}

for (const [platform, target] of Object.entries(platforms)) {
  const [os, cpu] = platform.split("-");
  const name = os === "win32" ? "ecslint.exe" : "ecslint";
  const program = join(programs, `ecslint-${target}`, name);
  if (!existsSync(program)) {
    console.error(`skipped ${platform}: ${program} does not exist`);
    continue;
  }
  const directory = join(scratch, platform);
  mkdirSync(directory);
  copyFileSync(program, join(directory, name));
  chmodSync(join(directory, name), 0o755);
  const { version, license, repository } = main;
  const description = `The ecslint program for ${platform}`;
  const manifest = { name: `@ecslint/${platform}`, version, description, license, repository, os: [os], cpu: [cpu] };
  writeFileSync(join(directory, "package.json"), JSON.stringify({ ...manifest, files: [name], preferUnplugged: true }));
  pack(directory);
}
pack(join(here, "ecslint"));
