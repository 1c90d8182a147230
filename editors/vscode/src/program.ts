// Finds the program: the one in the settings, or else the one on PATH, or else the one that is bundled with the extension.

import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";

const NAME = process.platform === "win32" ? "ecslint.exe" : "ecslint";

export async function program(extension: string, setting: string | undefined): Promise<string | undefined> {
  if (setting !== undefined && setting !== "") {
    return setting.replace(/^~(?=[/\\])/, homedir());
  }
  const directories = (process.env["PATH"] ?? "").split(delimiter).filter((directory) => directory !== "");
  for (const candidate of [...directories.map((directory) => join(directory, NAME)), join(extension, "server", NAME)]) {
    if (await isProgram(candidate)) {
      return candidate;
    }
  }
  return undefined;
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
