// The examples of the rule pages, and the directories with examples, as files of a project.

import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { root } from "./site.mjs";

const NAMES = { hcl: "main.tf", yaml: "stack.yaml" };

/** The examples of a page: their verdicts and files. */
function ofPage(page) {
  const examples = [];
  for (const [, info, text] of page.matchAll(/^```(.+)\n([\s\S]*?)^```$/gm)) {
    const [language, verdict, name] = info.split(" ");
    if (verdict === "and") {
      examples.at(-1).files.push({ name, text });
    } else if (verdict) {
      examples.push({ verdict, files: [{ name: name ?? NAMES[language] ?? "task.json", text }] });
    }
  }
  return examples;
}

/** All examples of the rule pages. */
export function pageExamples() {
  const pages = readdirSync(join(root, "rules")).filter((name) => name.endsWith(".md")).sort();
  return pages.flatMap((page) =>
    ofPage(readFileSync(join(root, "rules", page), "utf8")).map((example, index) => ({
      ...example,
      title: `${basename(page, ".md")} ${index + 1} (${example.verdict})`,
    })),
  );
}

/** The directories with examples, without their expected findings. */
export function directoryExamples() {
  const directories = readdirSync(join(root, "examples")).map((name) => `examples/${name}`);
  return [...directories, "playground/examples/cloudformation"].map((directory) => {
    const names = readdirSync(join(root, directory), { recursive: true });
    const files = names
      .filter((name) => name !== "findings.txt" && statSync(join(root, directory, name)).isFile())
      .map((name) => ({ name, text: readFileSync(join(root, directory, name), "utf8") }));
    return { title: directory, verdict: "", files };
  });
}
