import { promises as dns, type LookupAddress } from "node:dns";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { env } from "#env.ts";
import { isPublicAddress } from "./public-address.ts";
import { hostOf, whyNotPublicUrl } from "./public-url.ts";

const timeoutMilliseconds = 10_000;
const mostAnswerBytes = 4_096;

export type PublicRequest = { url: string; headers: Record<string, string>; body: string };
export type PublicAnswer = { status: number; text: string };
export type Resolve = (host: string) => Promise<LookupAddress[]>;

/**
 * POSTs to an address that somebody else chose. The name is resolved once, every address it stands for must be public,
 * and the connection goes to what was checked, so that a name cannot be pointed elsewhere in between. Redirects are an
 * answer like any other. Throws a sentence that may be shown to whoever chose the address.
 */
export async function publicFetch(
  { url: text, headers, body }: PublicRequest,
  { resolve = resolveName, timeout = timeoutMilliseconds }: { resolve?: Resolve; timeout?: number } = {},
): Promise<PublicAnswer> {
  const whyNot = whyNotPublicUrl(text);
  if (whyNot) throw new Error(whyNot);
  const url = new URL(text);
  const signal = AbortSignal.timeout(timeout);
  try {
    const addresses = await unlessAborted(checkedAddresses(url, resolve), signal);
    return await send({ url, headers, body, addresses, signal });
  } catch (error) {
    throw signal.aborted ? new Error(`No answer within ${timeout / 1_000} seconds.`, { cause: error }) : error;
  }
}

async function checkedAddresses(url: URL, resolve: Resolve): Promise<LookupAddress[]> {
  const host = hostOf(url);
  const family = isIP(host);
  const addresses = family ? [{ address: host, family }] : await resolve(host);
  if (addresses.length === 0) throw new Error(notFound(host));
  const refused = env().WEBHOOK_ALLOW_PRIVATE ? undefined : addresses.find(({ address }) => !isPublicAddress(address));
  if (refused) throw new Error(notFound(host));
  return addresses;
}

async function resolveName(host: string): Promise<LookupAddress[]> {
  try {
    return await dns.lookup(host, { all: true });
  } catch (error) {
    throw new Error(notFound(host), { cause: error });
  }
}

/** One sentence for both, or the answer would tell which names our own network knows. */
function notFound(host: string): string {
  return `${host} cannot be found on the public internet.`;
}

type Checked = { url: URL; headers: Record<string, string>; body: string; addresses: LookupAddress[]; signal: AbortSignal };

function send({ url, headers, body, addresses, signal }: Checked): Promise<PublicAnswer> {
  const lookup: LookupFunction = (_host, options, done) =>
    options.all ? done(null, addresses) : done(null, addresses[0]?.address ?? "", addresses[0]?.family);
  const request = url.protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      method: "POST",
      // A connection of an agent could be one that was opened to another address before.
      agent: false,
      lookup,
      signal,
      headers: { ...headers, "content-length": String(Buffer.byteLength(body)) },
    });
    sent.once("response", (answer) => readAnswer(answer).then(resolve, reject));
    sent.once("error", (error: NodeJS.ErrnoException) =>
      reject(new Error(`No connection: ${error.code ?? error.message}.`, { cause: error })),
    );
    sent.end(body);
  });
}

async function readAnswer(answer: IncomingMessage): Promise<PublicAnswer> {
  const parts: Buffer[] = [];
  let size = 0;
  // Leaving the loop closes the connection, whatever else would come.
  for await (const part of answer as AsyncIterable<Buffer>) {
    parts.push(part);
    size += part.byteLength;
    if (size >= mostAnswerBytes) break;
  }
  return { status: answer.statusCode ?? 0, text: Buffer.concat(parts).subarray(0, mostAnswerBytes).toString("utf8") };
}

function unlessAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
    work.then(resolve, reject);
  });
}
