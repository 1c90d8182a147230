// Packages the extension once for each platform, with the program in it: `node pack.mjs PROGRAMS OUT`. PROGRAMS has the unpacked
// archives of a release, `ecslint-<target>/ecslint`.

import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";

const [programs, out] = process.argv.slice(2).map((path) => resolve(path));
const here = import.meta.dirname;
const platforms = JSON.parse(readFileSync(join(here, "../../npm/platforms.json"), "utf8"));
const server = join(here, "server");
mkdirSync(out, { recursive: true });
for (const [platform, target] of Object.entries(platforms)) {
  const name = platform.startsWith("win32") ? "ecslint.exe" : "ecslint";
  const program = join(programs, `ecslint-${target}`, name);
  if (!existsSync(program)) {
    console.error(`${platform}: there is no ${program}`);
    process.exit(1);
  }
  rmSync(server, { recursive: true, force: true });
  mkdirSync(server);
  copyFileSync(program, join(server, name));
  chmodSync(join(server, name), 0o755);
  const options = ["--no-dependencies", "--skip-license", "--target", platform, "--out", out];
  const done = spawnSync("npx", ["vsce", "package", ...options], { cwd: here, stdio: "inherit", shell: process.platform === "win32" });
  if (done.status !== 0) {
    process.exit(1);
  }
}
rmSync(server, { recursive: true });
