/** The examples, which `build.mjs` reads from the repository. */
type Files = [name: string, text: string][];

/** What the page shows at first. */
declare module "examples" {
  const examples: { titles: string[]; first: Files };
  export default examples;
}

/** The files of each example, loaded when one is chosen. */
declare module "all-examples" {
  const files: Files[];
  export default files;
}
