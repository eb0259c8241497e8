import { once } from "node:events";
import { createServer, type RequestListener, type ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterEach, expect, test } from "vitest";
import { until } from "#testing/worker-process.ts";
import { inOnePiece } from "./in-one-piece.ts";

let stop = () => {};
afterEach(() => stop());

type Seen = (text: string) => Promise<void>;

/** What a client gets for one request, piece by piece. `seen` waits until the client has this text, while the answer is still open. */
async function receive(answer: (response: ServerResponse, seen: Seen) => unknown, method = "GET"): Promise<string[]> {
  const pieces: string[] = [];
  const seen: Seen = (text) => until(async () => pieces.join("").includes(text)).then(() => {});
  const listener: RequestListener = (_request, response) => void answer(response, seen);
  const server = createServer(inOnePiece(listener)).listen(0, "127.0.0.1");
  stop = () => server.close();
  await once(server, "listening");
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  socket.write(`${method} / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
  for await (const piece of socket) pieces.push(String(piece));
  return pieces;
}

const bodyOf = (pieces: string[]) => pieces.join("").split("\r\n\r\n").slice(1).join("\r\n\r\n");

test("what is written part by part arrives at once, with its head and its length", async () => {
  const pieces = await receive(async (response) => {
    response.flushHeaders();
    response.write("one, ");
    await null;
    response.write(Buffer.from("zwölf, "));
    response.end("end");
  });
  expect(pieces).toHaveLength(1);
  expect(bodyOf(pieces)).toBe("one, zwölf, end");
  expect(pieces[0]).toMatch(/content-length: 16\r\n/i);
});

test("what takes longer is not held back", async () => {
  const pieces = await receive(async (response, seen) => {
    response.write("early ");
    await seen("early");
    response.write("later ");
    await seen("later");
    response.end("end");
  });
  expect(pieces.length).toBeGreaterThanOrEqual(3);
});

test("headers that are wanted at once are sent, though nothing follows yet", async () => {
  const [first = ""] = await receive(async (response, seen) => {
    response.flushHeaders();
    await seen("200 OK");
    response.end("end");
  });
  expect(first).not.toContain("end");
});

test("what is large is passed on whole, and whoever writes it hears when to wait", async () => {
  const part = Buffer.alloc(64 * 1024, "x");
  let waits = 0;
  const pieces = await receive(async (response) => {
    for (let count = 0; count < 64; count += 1) {
      if (response.write(part)) continue;
      waits += 1;
      await once(response, "drain");
    }
    response.end();
  });
  expect(pieces.join("").match(/x/g)).toHaveLength(64 * part.length);
  expect(waits).toBeGreaterThan(0);
});

test("an answer without a body has none, and its end is told", async () => {
  let isDone = false;
  const pieces = await receive((response) => {
    response.statusCode = 304;
    response.end(() => {
      isDone = true;
    });
  });
  expect(pieces.join("")).toMatch(/^HTTP\/1\.1 304/);
  expect(bodyOf(pieces)).toBe("");
  expect(isDone).toBe(true);
});

test("a HEAD request gets the head alone", async () => {
  const pieces = await receive((response) => {
    response.write("body");
    response.end();
  }, "HEAD");
  expect(pieces.join("")).toMatch(/^HTTP\/1\.1 200/);
  expect(bodyOf(pieces)).toBe("");
});
