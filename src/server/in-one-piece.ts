import type { RequestListener, ServerResponse } from "node:http";

const mostMilliseconds = 10;
const mostBytes = 256 * 1024;

/**
 * Sends an answer in one piece where it is complete soon. Next writes its head first and then each part as it is drawn; each
 * write is a call of the system and wakes up the client, together a tenth of a page's time. What takes longer, or is
 * larger, goes on as it is written.
 */
export function inOnePiece(next: RequestListener): RequestListener {
  return (request, response) => {
    gather(response);
    return next(request, response);
  };
}

type Callback = (error?: Error | null) => void;

function gather(response: ServerResponse): void {
  const waiting: Buffer[] = [];
  let bytes = 0;
  let areHeadersWanted = false;
  let patience: NodeJS.Timeout | undefined;

  function add(chunk: string | Uint8Array, encoding?: BufferEncoding | Callback): void {
    const part = typeof chunk === "string" ? Buffer.from(chunk, typeof encoding === "string" ? encoding : "utf8") : Buffer.from(chunk);
    waiting.push(part);
    bytes += part.length;
  }

  /** From here on everything is written as it comes. */
  function letGo(): void {
    clearTimeout(patience);
    response.off("close", letGo);
    for (const method of ["write", "end", "flushHeaders"] as const) Reflect.deleteProperty(response, method);
  }

  function flush(): boolean {
    letGo();
    if (response.destroyed) return false;
    if (waiting.length > 0) return response.write(Buffer.concat(waiting));
    if (areHeadersWanted) response.flushHeaders();
    return true;
  }

  response.once("close", letGo);
  response.flushHeaders = () => {
    areHeadersWanted = true;
    patience ??= setTimeout(flush, mostMilliseconds);
  };
  response.write = (chunk: string | Uint8Array, ...rest: [(BufferEncoding | Callback)?, Callback?]) => {
    patience ??= setTimeout(flush, mostMilliseconds);
    add(chunk, rest[0]);
    const done = rest.find((one) => typeof one === "function");
    if (done) process.nextTick(done);
    return bytes < mostBytes || flush();
  };
  response.end = ((chunk?: unknown, ...rest: unknown[]) => {
    letGo();
    const done = [chunk, ...rest].find((one) => typeof one === "function") as (() => void) | undefined;
    if (typeof chunk === "string" || chunk instanceof Uint8Array) add(chunk, rest[0] as BufferEncoding | undefined);
    return waiting.length > 0 ? response.end(Buffer.concat(waiting), done) : response.end(done);
  }) as ServerResponse["end"];
}
