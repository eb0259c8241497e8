import type { Limits } from "./options.ts";

/** Does the index-th piece of work and says how many bytes came back. */
export type Work = (index: number, client: number) => Promise<number>;
export type Measurement = { clients: number; count: number; p50: number; p95: number; perSecond: number; bytes: number };

/** Each client asks again as soon as it has its answer. The warm-up is not counted. */
export async function measure(work: Work, { clients, limits }: { clients: number; limits: Limits }): Promise<Measurement> {
  await run(work, { clients, requests: Math.max(clients, Math.min(50, limits.requests)), seconds: Math.min(3, limits.seconds) });
  const startedAt = performance.now();
  const { times, bytes } = await run(work, { clients, ...limits });
  const elapsed = (performance.now() - startedAt) / 1_000;
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
  return { clients, count: times.length, p50: at(0.5), p95: at(0.95), perSecond: times.length / elapsed, bytes: bytes / times.length };
}

async function run(work: Work, { clients, requests, seconds }: { clients: number } & Limits) {
  const deadline = performance.now() + seconds * 1_000;
  const times: number[] = [];
  let [next, bytes] = [0, 0];

  async function repeat(client: number) {
    while (next < requests && performance.now() < deadline) {
      const index = next;
      next += 1;
      const startedAt = performance.now();
      const received = await work(index, client);
      times.push(performance.now() - startedAt);
      bytes += received;
    }
  }

  await Promise.all(Array.from({ length: clients }, (_, client) => repeat(client)));
  return { times, bytes };
}
