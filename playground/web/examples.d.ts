/** The examples, which `build.mjs` reads from the repository. */
declare module "examples" {
  const examples: { title: string; files: [name: string, text: string][] }[];
  export default examples;
}
