#!/usr/bin/env node
// Starts the program that npm has installed for this platform. Nothing is downloaded here, and no script runs on install.
"use strict";

const { spawn } = require("node:child_process");

const platform = `${process.platform}-${process.arch}`;
const name = process.platform === "win32" ? "ecslint.exe" : "ecslint";

function program() {
  try {
    return require.resolve(`@ecslint/${platform}/${name}`);
  } catch {
    console.error(
      `ecslint: @ecslint/${platform} is not installed: either ${platform} is not supported, ` +
        "or npm was configured to omit optional dependencies.",
    );
    process.exit(2);
  }
}

const child = spawn(program(), process.argv.slice(2), { stdio: "inherit" });
// The terminal sends signals to the program too. This process ends after it, with its status.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => child.kill(signal));
}
child.on("error", (error) => {
  console.error(`ecslint: ${error.message}`);
  process.exit(2);
});
child.on("exit", (code, signal) => {
  if (signal) {
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  } else {
    process.exit(code ?? 2);
  }
});
