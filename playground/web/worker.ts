// Runs the WebAssembly module in a thread of its own, so that typing never waits for a check. The first message is the module; the
// others are requests.

interface Engine {
  memory: WebAssembly.Memory;
  reserve(length: number): number;
  answer(): number;
  answered(): number;
}

let engine: Promise<Engine>;

/** Answers a request. Throws if the engine panics; then the page starts a new worker. */
async function ask(request: string): Promise<string> {
  const { memory, reserve, answer, answered } = await engine;
  const bytes = new TextEncoder().encode(request);
  // The memory can grow with each call, which replaces its buffer.
  const at = reserve(bytes.length);
  new Uint8Array(memory.buffer, at, bytes.length).set(bytes);
  const length = answer();
  const to = answered();
  return new TextDecoder().decode(new Uint8Array(memory.buffer, to, length));
}

type Message = { module: WebAssembly.Module } | { id: number; request: string };

addEventListener("message", async ({ data }: MessageEvent<Message>) => {
  if ("module" in data) {
    engine = WebAssembly.instantiate(data.module).then((instance) => instance.exports as unknown as Engine);
    return;
  }
  try {
    postMessage({ id: data.id, answer: await ask(data.request) });
  } catch (error) {
    postMessage({ id: data.id, error: String(error) });
  }
});
