// Builds the playground in target/playground; see the script `build`.

import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
const out = join(target, "playground");
const TARGET = "wasm32-unknown-unknown";

/** Removes what the compiler leaves: about a tenth of a module. */
const OPTIMIZER = join(here, "node_modules/.bin/wasm-opt");

/** What modules of the compiler may use. */
const ENABLED = ["bulk-memory", "multivalue", "mutable-globals", "nontrapping-float-to-int", "reference-types", "sign-ext"].map(
  (feature) => `--enable-${feature}`,
);

/** The examples to start from: their titles and directories. */
const EXAMPLES = [
  ["Terraform: Fargate behind a load balancer", "examples/fargate-alb"],
  ["Terraform: production and staging", "examples/terraform-prod-staging"],
  ["CloudFormation: a service on Fargate", "playground/examples/cloudformation"],
  ["JSON: task definition and service", "examples/fargate-public-ip"],
  ["JSON: instances and dynamic ports", "examples/ec2-dynamic-ports"],
  ["JSON: four files of two services", "examples/mongo-flask"],
  ["Nothing to report: Fargate behind a load balancer", "examples/fargate-alb-fixed"],
];

function buildEngine() {
  const run = (program, ...arguments_) => execFileSync(program, arguments_, { cwd: root, stdio: "inherit", env: environment });
  const registry = join(process.env.CARGO_HOME ?? join(homedir(), ".cargo"), "registry/src");
  const flags = ["-Clink-arg=-zstack-size=4194304", `--remap-path-prefix=${registry}=`, `--remap-path-prefix=${root}=`];
  const environment = { ...process.env, CARGO_ENCODED_RUSTFLAGS: flags.join("\x1f") };
  try {
    run("rustup", "target", "add", TARGET);
  } catch {
    console.error("rustup cannot add the target; trying without it");
  }
  const cargo = ["build", "--locked", "--package", "ecslint-playground", "--lib", "--target", TARGET, "--profile", "web"];
  for (const [name, features] of [["ecslint.wasm", ""], ["explain.wasm", "explain"]]) {
    run("cargo", ...cargo, "--features", features);
    run(OPTIMIZER, "-Oz", "--strip-producers", ...ENABLED, join(target, TARGET, "web/ecslint_playground.wasm"), "-o", join(out, name));
  }
}

/** The files of an example, without its expected findings. */
function files(directory) {
  const names = readdirSync(join(root, directory), { recursive: true }).sort();
  return names
    .filter((name) => name !== "findings.txt" && statSync(join(root, directory, name)).isFile())
    .map((name) => [name.replaceAll("\\", "/"), readFileSync(join(root, directory, name), "utf8")]);
}

const examples = {
  name: "examples",
  setup({ onResolve, onLoad }) {
    const contents = {
      examples: { titles: EXAMPLES.map(([title]) => title), first: files(EXAMPLES[0][1]) },
      "all-examples": EXAMPLES.map(([, directory]) => files(directory)),
    };
    onResolve({ filter: /^(all-)?examples$/ }, ({ path }) => ({ path, namespace: "examples" }));
    onLoad({ filter: /.*/, namespace: "examples" }, ({ path }) => ({ contents: JSON.stringify(contents[path]), loader: "json" }));
  },
};

async function buildPage() {
  const options = {
    outdir: out,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2023",
    charset: "utf8",
    legalComments: "none",
    plugins: [examples],
  };
  // What is imported when it is needed becomes a file of its own.
  await build({ ...options, entryPoints: [join(here, "web/main.ts")], splitting: true, chunkNames: "[name]" });
  await build({ ...options, entryPoints: [join(here, "web/worker.ts")] });
  for (const name of ["index.html", "style.css", "icon.svg"]) {
    copyFileSync(join(here, "web", name), join(out, name));
  }
}

mkdirSync(out, { recursive: true });
if (process.argv[2] !== "page") {
  buildEngine();
}
await buildPage();
