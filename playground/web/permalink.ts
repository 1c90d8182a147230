// Links that contain the files of the page: compressed, after the `#`, which browsers do not send to the server. docs/builder/playground.py
// writes the same format.

import type { File } from "./engine";

const PREFIX = "#1.";

/** Limits of the files in a link, because anybody can write one. */
const MAX_BYTES = 1 << 20;
const MAX_FILES = 64;

/** The fragment of a link to some files. */
export async function encode(files: File[]): Promise<string> {
  const json = JSON.stringify(files.map(({ name, text }) => [name, text]));
  const compressed = new Blob([json]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(compressed).arrayBuffer());
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return PREFIX + btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The files in the fragment of a link; `null` if it has none. Throws if they cannot be read. */
export async function decode(fragment: string): Promise<File[] | null> {
  if (!fragment.startsWith(PREFIX)) {
    return null;
  }
  const binary = atob(fragment.slice(PREFIX.length).replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
  const json = await bounded(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")));
  const files: unknown = JSON.parse(json);
  if (!Array.isArray(files) || files.length === 0 || files.length > MAX_FILES || !files.every(isPair)) {
    throw new Error("the link does not contain files");
  }
  return files.map(([name, text]) => ({ name, text }));
}

function isPair(value: unknown): value is [string, string] {
  return Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === "string");
}

/** The text of a stream. Stops at a limit: a short link can decompress to gigabytes. */
async function bounded(stream: ReadableStream<Uint8Array>): Promise<string> {
  const reader = stream.getReader();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  for (let length = 0; ; ) {
    const { done, value } = await reader.read();
    if (done) {
      return text + decoder.decode();
    }
    length += value.length;
    if (length > MAX_BYTES) {
      await reader.cancel();
      throw new Error("the files in the link are too large");
    }
    text += decoder.decode(value, { stream: true });
  }
}
